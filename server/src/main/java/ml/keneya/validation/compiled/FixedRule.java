package ml.keneya.validation.compiled;

import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Element;
import org.jspecify.annotations.Nullable;

/** A value that stands in the definition. */
sealed interface FixedRule extends Rule {

    /** A value without children must be the same. */
    record Primitive(String value) implements FixedRule {

        @Override
        public Opinion of(Place place) {
            if (!value.equals(place.element().primitiveValue())) {
                return Opinion.REFUSE;
            }
            // A fixed value is fixed with its extensions: none.
            return Opinion.sureIf(
                    place.element() instanceof Element element && !element.hasExtension() && !element.hasId());
        }
    }

    /** A coding must have at least this system and code. */
    record CodingPattern(@Nullable String system, @Nullable String code) implements FixedRule {

        @Override
        public Opinion of(Place place) {
            Base element = place.element();
            return Opinion.acceptIf(element instanceof Coding coding
                    && (system == null || system.equals(coding.getSystem()))
                    && (code == null || code.equals(coding.getCode())));
        }
    }
}
