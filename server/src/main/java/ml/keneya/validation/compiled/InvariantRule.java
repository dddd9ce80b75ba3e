package ml.keneya.validation.compiled;

import java.util.List;
import ml.keneya.validation.compiled.PathExpression.Scope;

/** A rule in FHIRPath. */
record InvariantRule(String key, PathExpression expression) implements Rule {

    @Override
    public Opinion of(Place place) {
        try {
            List<?> result = expression.of(List.of(place.element()), new Scope(place.element(), place.record()));
            if (result.size() == 1 && result.get(0) instanceof Boolean holds) {
                return Opinion.acceptIf(holds);
            }
            // As in FHIRPath: nothing does not hold, and whatever is no truth value and there does.
            return result.isEmpty() ? Opinion.REFUSE : Opinion.UNSURE;
        } catch (Unsure unsure) {
            return Opinion.UNSURE;
        }
    }
}
