package ml.keneya.validation;

import java.util.List;
import ml.keneya.fhir.Refusal;
import org.hl7.fhir.r4.model.Bundle;

/** What whoever takes delivery of bundles asks of the envelope, so that {@code $validate} can ask it too. */
@FunctionalInterface
public interface EnvelopeRules {

    /** Empty when the envelope is as it should be. */
    List<Refusal> check(Bundle bundle);
}
