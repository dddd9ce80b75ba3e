package ml.keneya.validation.compiled;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import ml.keneya.validation.compiled.CompilesPath.Days;
import org.hl7.fhir.r5.fhirpath.ExpressionNode.Operation;
import org.jspecify.annotations.Nullable;

/** The operators of FHIRPath, with its three truth values: true, false, and nothing. */
final class PathOperators {

    private PathOperators() {}

    static PathExpression type(Operation operation, PathExpression left, String type) {
        return operation == Operation.Is
                ? (focus, scope) -> PathFunctions.is(left.of(focus, scope), type)
                : (focus, scope) -> PathFunctions.ofType(left.of(focus, scope), type);
    }

    static PathExpression of(Operation operation, PathExpression left, PathExpression right) {
        return switch (operation) {
            case And ->
                (focus, scope) -> {
                    Boolean first = Values.truth(left.of(focus, scope));
                    return Boolean.FALSE.equals(first)
                            ? Values.FALSE
                            : and(first, Values.truth(right.of(focus, scope)));
                };
            case Or ->
                (focus, scope) -> {
                    Boolean first = Values.truth(left.of(focus, scope));
                    return Boolean.TRUE.equals(first) ? Values.TRUE : or(first, Values.truth(right.of(focus, scope)));
                };
            case Implies ->
                (focus, scope) -> {
                    Boolean first = Values.truth(left.of(focus, scope));
                    return Boolean.FALSE.equals(first)
                            ? Values.TRUE
                            : implies(first, Values.truth(right.of(focus, scope)));
                };
            case Xor ->
                (focus, scope) -> {
                    Boolean first = Values.truth(left.of(focus, scope));
                    Boolean second = Values.truth(right.of(focus, scope));
                    return first == null || second == null ? List.of() : Values.of(!first.equals(second));
                };
            case Equals -> (focus, scope) -> equal(left.of(focus, scope), right.of(focus, scope), true);
            case NotEquals -> (focus, scope) -> equal(left.of(focus, scope), right.of(focus, scope), false);
            case LessThan -> comparison(left, right, order -> order < 0);
            case LessOrEqual -> comparison(left, right, order -> order <= 0);
            case Greater -> comparison(left, right, order -> order > 0);
            case GreaterOrEqual -> comparison(left, right, order -> order >= 0);
            case In -> (focus, scope) -> in(left.of(focus, scope), right.of(focus, scope));
            case Union -> (focus, scope) -> union(left.of(focus, scope), right.of(focus, scope));
            case Plus -> (focus, scope) -> sum(left.of(focus, scope), right.of(focus, scope));
            default -> throw Unsure.because();
        };
    }

    private static List<?> and(@Nullable Boolean first, @Nullable Boolean second) {
        if (Boolean.FALSE.equals(second)) {
            return Values.FALSE;
        }
        return first == null || second == null ? List.of() : Values.TRUE;
    }

    private static List<?> or(@Nullable Boolean first, @Nullable Boolean second) {
        if (Boolean.TRUE.equals(second)) {
            return Values.TRUE;
        }
        return first == null || second == null ? List.of() : Values.FALSE;
    }

    private static List<?> implies(@Nullable Boolean first, @Nullable Boolean second) {
        if (second == null) {
            return List.of();
        }
        if (second) {
            return Values.TRUE;
        }
        return first == null ? List.of() : Values.FALSE;
    }

    private static List<?> equal(List<?> left, List<?> right, boolean wanted) {
        if (left.isEmpty() || right.isEmpty()) {
            return List.of();
        }
        if (left.size() != right.size()) {
            return Values.of(!wanted);
        }
        boolean equal = true;
        for (int index = 0; index < left.size(); index++) {
            equal &= Values.areEqual(left.get(index), right.get(index));
        }
        return Values.of(equal == wanted);
    }

    private static PathExpression comparison(PathExpression left, PathExpression right, IntPredicate holds) {
        return (focus, scope) -> {
            List<?> first = left.of(focus, scope);
            List<?> second = right.of(focus, scope);
            if (first.isEmpty() || second.isEmpty()) {
                return List.of();
            }
            Integer order = Values.compare(only(first), only(second));
            return order == null ? List.of() : Values.of(holds.test(order));
        };
    }

    private static List<?> in(List<?> left, List<?> right) {
        if (left.isEmpty()) {
            return List.of();
        }
        Object item = only(left);
        return Values.of(right.stream().anyMatch(each -> Values.areEqual(item, each)));
    }

    private static List<?> union(List<?> left, List<?> right) {
        if (left.isEmpty() || right.isEmpty()) {
            return PathFunctions.distinct(left.isEmpty() ? right : left);
        }
        List<Object> all = new ArrayList<>(left);
        all.addAll(right);
        return PathFunctions.distinct(all);
    }

    private static List<?> sum(List<?> left, List<?> right) {
        if (left.isEmpty() || right.isEmpty()) {
            return List.of();
        }
        Object first = Values.of(only(left));
        Object second = Values.of(only(right));
        if (first instanceof Moment moment && second instanceof Days days) {
            return List.of(moment.plusDays(days.number()));
        }
        if (first instanceof BigDecimal number && second instanceof BigDecimal added) {
            return List.of(number.add(added));
        }
        throw Unsure.because();
    }

    private static Object only(List<?> items) {
        if (items.size() != 1) {
            throw Unsure.because();
        }
        return items.get(0);
    }
}
