package ml.keneya.views.definition;

import java.util.List;
import org.hl7.fhir.r4.model.Base;
import org.jspecify.annotations.Nullable;

/** A compiled FHIRPath expression. */
@FunctionalInterface
interface Expression {

    /** @param focus the element it stands on; absent in the row of nulls that {@code forEachOrNull} makes */
    List<Base> evaluate(@Nullable Base focus, Scope scope);
}
