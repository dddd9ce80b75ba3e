package ml.keneya.views.definition;

import java.util.ArrayList;
import java.util.List;
import ml.keneya.views.definition.CompiledView.RowSource;
import org.hl7.fhir.r4.model.Base;
import org.jspecify.annotations.Nullable;

/** The rows of all branches, one branch after the other. */
record Union(List<RowSource> branches) implements RowSource {

    @Override
    public List<@Nullable Object[]> rows(@Nullable Base focus, Scope scope) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (RowSource branch : branches) {
            rows.addAll(branch.rows(focus, scope));
        }
        return rows;
    }
}
