package ml.keneya.validation.compiled;

import java.util.List;
import ml.keneya.validation.compiled.Terminology.Binding;
import ml.keneya.validation.compiled.Terminology.Code;
import ml.keneya.validation.compiled.Terminology.Form;
import ml.keneya.validation.compiled.Terminology.Question;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r5.model.Enumerations.BindingStrength;
import org.jspecify.annotations.Nullable;

/**
 * Codes that exist and, where the element is bound, stand in its value set.
 *
 * @param inConcept for the codings of a concept, which are asked for on their own only where they are bound
 */
record CodedRule(Terminology terminology, @Nullable Binding binding, boolean inConcept) implements Rule {

    @Override
    public Opinion of(Place place) {
        Base element = place.element();
        if (element instanceof CodeableConcept concept) {
            List<Code> codes = concept.getCoding().stream()
                    .map(coding ->
                            new Code(coding.getSystem(), coding.getVersion(), coding.getCode(), coding.getDisplay()))
                    .toList();
            return answer(Form.CONCEPT, codes);
        }
        if (element instanceof Coding coding) {
            return inConcept && binding == null
                    ? Opinion.ACCEPT
                    : answer(
                            Form.CODING,
                            List.of(new Code(
                                    coding.getSystem(), coding.getVersion(), coding.getCode(), coding.getDisplay())));
        }
        if (element instanceof Quantity quantity) {
            return of(quantity);
        }
        if (binding != null && element instanceof PrimitiveType<?> code) {
            if (!code.hasValue()) {
                return Opinion.acceptIf(binding.strength() != BindingStrength.REQUIRED);
            }
            return answer(Form.CODE, List.of(new Code(null, null, code.getValueAsString(), null)));
        }
        return Opinion.sureIf(binding == null);
    }

    /** Its unit; kinds of quantities other than the plain one have rules of their own. */
    private Opinion of(Quantity quantity) {
        if (binding != null) {
            return Opinion.UNSURE;
        }
        boolean coded = "Quantity".equals(quantity.fhirType()) && quantity.hasSystem() && quantity.hasCode();
        return coded
                ? answer(
                        Form.CODING,
                        List.of(new Code(quantity.getSystem(), null, quantity.getCode(), quantity.getUnit())))
                : Opinion.ACCEPT;
    }

    private Opinion answer(Form form, List<Code> codes) {
        return Opinion.sureIf(terminology.isSilentOn(new Question(form, binding, codes)));
    }
}
