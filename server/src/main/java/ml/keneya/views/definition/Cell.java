package ml.keneya.views.definition;

import java.util.ArrayList;
import java.util.List;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.views.definition.ViewDefinition.Path;
import org.hl7.fhir.r4.model.Base;
import org.jspecify.annotations.Nullable;

/** Makes the value of one column. */
record Cell(ViewColumn column, Path path, Expression expression) {

    /** @return a text, a list of texts, or null */
    @Nullable
    Object value(@Nullable Base focus, Scope scope) {
        List<Base> values = expression.evaluate(focus, scope);
        if (column.collection()) {
            List<String> texts = new ArrayList<>(values.size());
            for (Base each : values) {
                String text = text(each);
                if (text != null) {
                    texts.add(text);
                }
            }
            return texts;
        }
        if (values.isEmpty()) {
            return null;
        }
        if (values.size() > 1) {
            throw new RefusedException(
                    Refusal.of(RefusalCode.VIEW_SEVERAL_VALUES, column.name()).at(path.place()));
        }
        return text(values.get(0));
    }

    private @Nullable String text(Base value) {
        try {
            return column.type().text(value);
        } catch (IllegalArgumentException unfitting) {
            throw new RefusedException(Refusal.of(RefusalCode.VIEW_VALUE, value.fhirType(), column.name())
                    .at(path.place()));
        }
    }
}
