package ml.keneya.views.definition;

import java.util.ArrayList;
import java.util.List;
import ml.keneya.views.definition.CompiledView.RowSource;
import org.hl7.fhir.r4.model.Base;
import org.jspecify.annotations.Nullable;

/**
 * The rows of each element that a path finds.
 *
 * @param orNull whether there is a row of nulls when it finds none
 */
record ForEach(Expression path, boolean orNull, RowSource body) implements RowSource {

    @Override
    public List<@Nullable Object[]> rows(@Nullable Base focus, Scope scope) {
        List<Base> elements = path.evaluate(focus, scope);
        if (elements.isEmpty()) {
            return orNull ? body.rows(null, scope.at(0)) : List.of();
        }
        if (elements.size() == 1) {
            return body.rows(elements.get(0), scope.at(0));
        }
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (int index = 0; index < elements.size(); index++) {
            rows.addAll(body.rows(elements.get(index), scope.at(index)));
        }
        return rows;
    }
}
