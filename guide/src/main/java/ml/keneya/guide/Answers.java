package ml.keneya.guide;

import org.hl7.fhir.r4.model.OperationOutcome;

/** What the exchange answers to {@code $validate} of an example. */
@FunctionalInterface
public interface Answers {

    /** @param language {@code fr} or {@code en} */
    OperationOutcome to(Example example, String language);
}
