package ml.keneya.conformance;

import org.hl7.fhir.r4.model.ElementDefinition;
import org.hl7.fhir.r4.model.StructureDefinition;

/**
 * Takes out of FHIR's own definitions what explains them to a reader of its pages: definitions in prose, comments,
 * examples, mappings to other standards, rules in XPath. It takes memory twice, in HAPI's model and in the validator's,
 * and nothing here reads it.
 */
final class LeavesExplanationsOut {

    private LeavesExplanationsOut() {}

    static void of(StructureDefinition definition) {
        definition.setText(null);
        definition.setMapping(null);
        definition.setContact(null);
        // Each of FHIR's own has a snapshot, which is all that anything here reads.
        definition.setDifferential(null);
        definition.getSnapshot().getElement().forEach(LeavesExplanationsOut::of);
    }

    private static void of(ElementDefinition element) {
        element.setDefinition(null);
        element.setComment(null);
        element.setRequirements(null);
        element.setAlias(null);
        element.setExample(null);
        element.setMapping(null);
        // Rules are read in FHIRPath; the validator's model keeps the XPath of each in an extension.
        element.getConstraint().forEach(rule -> rule.setXpath(null));
    }
}
