package ml.keneya.validation.compiled;

import java.util.List;
import org.hl7.fhir.r4.model.Resource;

/** A FHIRPath expression, compiled: elements of the model, texts, numbers, moments and truth values in and out. */
@FunctionalInterface
interface PathExpression {

    /** @throws Unsure where its result is not known */
    List<?> of(List<?> focus, Scope scope);

    /**
     * What an expression may refer to besides its focus.
     *
     * @param self {@code $this}
     * @param record {@code %resource}
     */
    record Scope(Object self, Resource record) {

        Scope with(Object item) {
            return new Scope(item, record);
        }
    }
}
