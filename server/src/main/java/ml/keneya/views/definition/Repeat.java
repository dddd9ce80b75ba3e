package ml.keneya.views.definition;

import java.util.ArrayList;
import java.util.List;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.views.definition.CompiledView.RowSource;
import org.hl7.fhir.r4.model.Base;
import org.jspecify.annotations.Nullable;

/** The rows of every element that the paths reach when they are followed again and again, depth first. */
record Repeat(List<Expression> paths, RowSource body) implements RowSource {

    /** Deeper than any record may be nested (decision 20): only a path that does not descend gets here. */
    private static final int DEEPEST = 200;

    @Override
    public List<@Nullable Object[]> rows(@Nullable Base focus, Scope scope) {
        List<Base> reached = new ArrayList<>();
        follow(focus, scope, reached, 0);
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (int index = 0; index < reached.size(); index++) {
            rows.addAll(body.rows(reached.get(index), scope.at(index)));
        }
        return rows;
    }

    private void follow(@Nullable Base from, Scope scope, List<Base> reached, int depth) {
        if (depth > DEEPEST) {
            throw new RefusedException(Refusal.of(RefusalCode.VIEW_ENDLESS));
        }
        for (Expression path : paths) {
            for (Base each : path.evaluate(from, scope)) {
                reached.add(each);
                follow(each, scope, reached, depth + 1);
            }
        }
    }
}
