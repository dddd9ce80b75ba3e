package ml.keneya.views.definition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import ml.keneya.views.definition.CompiledView.RowSource;
import org.hl7.fhir.r4.model.Base;
import org.jspecify.annotations.Nullable;

/** Puts the rows of several parts beside each other, each with each; a part without rows leaves none. */
record Product(List<RowSource> parts) implements RowSource {

    @Override
    public List<@Nullable Object[]> rows(@Nullable Base focus, Scope scope) {
        List<@Nullable Object[]> rows = List.of();
        for (int index = 0; index < parts.size(); index++) {
            List<@Nullable Object[]> next = parts.get(index).rows(focus, scope);
            rows = index == 0 ? next : beside(rows, next);
            if (rows.isEmpty()) {
                return rows;
            }
        }
        return rows;
    }

    private static List<@Nullable Object[]> beside(List<@Nullable Object[]> left, List<@Nullable Object[]> right) {
        List<@Nullable Object[]> rows = new ArrayList<>(left.size() * right.size());
        for (@Nullable Object[] first : left) {
            for (@Nullable Object[] second : right) {
                @Nullable Object[] row = Arrays.copyOf(first, first.length + second.length);
                System.arraycopy(second, 0, row, first.length, second.length);
                rows.add(row);
            }
        }
        return rows;
    }
}
