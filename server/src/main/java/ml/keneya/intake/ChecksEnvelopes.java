package ml.keneya.intake;

import java.util.List;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusedException;
import ml.keneya.validation.EnvelopeRules;
import org.hl7.fhir.r4.model.Bundle;
import org.springframework.stereotype.Component;

/** Lends the rules for envelopes to {@code $validate}, so that it says what delivery would say. */
@Component
class ChecksEnvelopes implements EnvelopeRules {

    private final BundleRules rules = new BundleRules(IntakeLimits.ENTRIES);

    @Override
    public List<Refusal> check(Bundle bundle) {
        try {
            rules.check(bundle);
            return List.of();
        } catch (RefusedException refused) {
            return refused.refusals();
        }
    }
}
