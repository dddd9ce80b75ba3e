package ml.keneya.fhir;

import ca.uhn.fhir.context.FhirContext;

/** What filters answer with, for tests of filters without the server around them. */
public final class AnswersAheadForTests {

    private AnswersAheadForTests() {}

    public static AnswersAhead inFrench() {
        return new AnswersAhead(FhirContext.forR4Cached());
    }
}
