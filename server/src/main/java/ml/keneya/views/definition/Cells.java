package ml.keneya.views.definition;

import java.util.ArrayList;
import java.util.List;
import ml.keneya.views.definition.CompiledView.RowSource;
import org.hl7.fhir.r4.model.Base;
import org.jspecify.annotations.Nullable;

/** The columns of one select: always one row. */
record Cells(List<Cell> cells) implements RowSource {

    @Override
    public List<@Nullable Object[]> rows(@Nullable Base focus, Scope scope) {
        @Nullable Object[] row = new @Nullable Object[cells.size()];
        for (int index = 0; index < row.length; index++) {
            row[index] = cells.get(index).value(focus, scope);
        }
        List<@Nullable Object[]> rows = new ArrayList<>(1);
        rows.add(row);
        return rows;
    }
}
