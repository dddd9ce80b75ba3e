package ml.keneya.validation.compiled;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r5.fhirpath.ExpressionNode;
import org.hl7.fhir.r5.fhirpath.ExpressionNode.Kind;

/** The functions of FHIRPath that FHIR's definitions and ours use. */
final class PathFunctions {

    /** Types that others are kinds of: what the engine says of these is left to it. */
    private static final Map<String, Set<String>> KINDS = Map.of(
            "Quantity", Set.of("Age", "Count", "Distance", "Duration", "Money", "SimpleQuantity", "MoneyQuantity"),
            "string", Set.of("code", "id", "markdown"),
            "uri", Set.of("url", "canonical", "oid", "uuid"),
            "integer", Set.of("positiveInt", "unsignedInt"));

    /** Comparing each with each may not hold a worker. */
    private static final int MOST_COMPARED = 100;

    private final CompilesPath compiler;
    private final Clock clock;

    PathFunctions(CompilesPath compiler, Clock clock) {
        this.compiler = compiler;
        this.clock = clock;
    }

    PathExpression compile(ExpressionNode node) {
        List<ExpressionNode> given = node.getParameters();
        return switch (node.getFunction()) {
            case Exists -> given.isEmpty() ? (focus, scope) -> Values.of(!focus.isEmpty()) : exists(given.get(0));
            case Empty -> (focus, scope) -> Values.of(focus.isEmpty());
            case Not ->
                (focus, scope) -> {
                    Boolean truth = Values.truth(focus);
                    return truth == null ? List.of() : Values.of(!truth);
                };
            case Where -> where(given.get(0));
            case All -> all(given);
            case AllFalse ->
                (focus, scope) -> Values.of(focus.stream().noneMatch(item -> Values.isTrue(List.of(item))));
            case Select -> select(given.get(0));
            case Count -> (focus, scope) -> List.of(BigDecimal.valueOf(focus.size()));
            case HasValue -> (focus, scope) -> Values.of(focus.size() == 1 && hasValue(focus.get(0)));
            case StartsWith -> ofTexts(given, String::startsWith);
            case EndsWith -> ofTexts(given, String::endsWith);
            case Contains -> ofTexts(given, String::contains);
            case Matches -> matches(given.get(0));
            case ToString -> (focus, scope) -> focus.isEmpty() ? List.of() : List.of(written(focus));
            case Length ->
                (focus, scope) -> focus.isEmpty()
                        ? List.of()
                        : List.of(BigDecimal.valueOf(Values.text(focus).length()));
            case Substring -> substring(given);
            case Distinct -> (focus, scope) -> distinct(focus);
            case IsDistinct -> (focus, scope) -> Values.of(distinct(focus).size() == focus.size());
            case OfType, As -> {
                String type = typeName(given.get(0));
                yield (focus, scope) -> ofType(focus, type);
            }
            case Is -> {
                String type = typeName(given.get(0));
                yield (focus, scope) -> is(focus, type);
            }
            case Iif -> iif(given);
            case Trace -> (focus, scope) -> focus;
            case Today -> (focus, scope) -> List.of(Moment.day(LocalDate.now(clock)));
            case Now -> (focus, scope) -> List.of(Moment.at(OffsetDateTime.now(clock)));
            case Intersect -> intersect(given.get(0));
            default -> throw Unsure.because();
        };
    }

    private PathExpression exists(ExpressionNode criteria) {
        PathExpression criterion = compiler.whole(criteria, true);
        return (focus, scope) -> {
            boolean found = false;
            // As the engine does it, to the last, so that whatever is unsure about one of them makes us unsure.
            for (Object item : focus) {
                found |= Values.isTrue(criterion.of(List.of(item), scope.with(item)));
            }
            return Values.of(found);
        };
    }

    private PathExpression where(ExpressionNode criteria) {
        PathExpression criterion = compiler.whole(criteria, true);
        return (focus, scope) -> {
            List<Object> found = new ArrayList<>();
            for (Object item : focus) {
                if (Values.isTrue(criterion.of(List.of(item), scope.with(item)))) {
                    found.add(item);
                }
            }
            return found;
        };
    }

    private PathExpression all(List<ExpressionNode> given) {
        PathExpression criterion = compiler.whole(given.get(0), true);
        return (focus, scope) -> {
            for (Object item : focus) {
                if (!Values.isTrue(criterion.of(List.of(item), scope.with(item)))) {
                    return Values.FALSE;
                }
            }
            return Values.TRUE;
        };
    }

    private PathExpression select(ExpressionNode projection) {
        PathExpression projected = compiler.whole(projection, true);
        return (focus, scope) -> {
            List<Object> all = new ArrayList<>();
            focus.forEach(item -> all.addAll(projected.of(List.of(item), scope.with(item))));
            return all;
        };
    }

    private PathExpression ofTexts(List<ExpressionNode> given, BiPredicate<String, String> holds) {
        PathExpression argument = compiler.whole(given.get(0), true);
        return (focus, scope) -> {
            if (focus.isEmpty()) {
                return List.of();
            }
            String part = Values.text(argument.of(List.of(scope.self()), scope));
            if (part.isEmpty()) {
                throw Unsure.because();
            }
            return Values.of(holds.test(Values.text(focus), part));
        };
    }

    /** Only with a pattern that stands in the expression, so that it is compiled once. */
    private static PathExpression matches(ExpressionNode given) {
        if (given.getKind() != Kind.Constant || given.getConstant().primitiveValue() == null) {
            throw Unsure.because();
        }
        try {
            Pattern pattern = Pattern.compile("(?s)" + given.getConstant().primitiveValue());
            return (focus, scope) -> focus.isEmpty()
                    ? List.of()
                    : Values.of(pattern.matcher(Values.text(focus)).find());
        } catch (PatternSyntaxException wrong) {
            throw Unsure.because();
        }
    }

    private PathExpression substring(List<ExpressionNode> given) {
        if (given.size() != 1) {
            throw Unsure.because();
        }
        PathExpression start = compiler.whole(given.get(0), true);
        return (focus, scope) -> {
            String text = Values.text(focus);
            if (!(start.of(focus, scope).get(0) instanceof BigDecimal first) || first.intValue() >= text.length()) {
                throw Unsure.because();
            }
            return List.of(text.substring(first.intValue()));
        };
    }

    private PathExpression iif(List<ExpressionNode> given) {
        PathExpression condition = compiler.whole(given.get(0), true);
        PathExpression then = compiler.whole(given.get(1), true);
        PathExpression otherwise = given.size() < 3 ? (focus, scope) -> List.of() : compiler.whole(given.get(2), true);
        return (focus, scope) -> {
            if (focus.size() > 1) {
                throw Unsure.because();
            }
            PathExpression.Scope inside = focus.isEmpty() ? scope : scope.with(focus.get(0));
            return Values.isTrue(condition.of(focus, inside)) ? then.of(focus, scope) : otherwise.of(focus, scope);
        };
    }

    /** Codings that share neither system nor code are surely different; more than that is left to the engine. */
    private PathExpression intersect(ExpressionNode other) {
        PathExpression second = compiler.whole(other, true);
        return (focus, scope) -> {
            List<?> others = second.of(List.of(scope.self()), scope);
            if (focus.size() > MOST_COMPARED || others.size() > MOST_COMPARED) {
                throw Unsure.because();
            }
            for (Object one : focus) {
                for (Object another : others) {
                    if (!(one instanceof Coding left) || !(another instanceof Coding right) || alike(left, right)) {
                        throw Unsure.because();
                    }
                }
            }
            return List.of();
        };
    }

    private static boolean alike(Coding left, Coding right) {
        return left.getCode() == null || left.getCode().equals(right.getCode());
    }

    static List<?> distinct(List<?> items) {
        if (items.size() < 2) {
            return items;
        }
        if (items.size() > MOST_COMPARED) {
            throw Unsure.because();
        }
        List<Object> found = new ArrayList<>();
        for (Object item : items) {
            if (found.stream().noneMatch(each -> Values.areEqual(each, item))) {
                found.add(item);
            }
        }
        return found;
    }

    static List<?> ofType(List<?> items, String type) {
        return items.stream().filter(item -> isOf(item, type)).toList();
    }

    static List<?> is(List<?> items, String type) {
        if (items.isEmpty()) {
            return List.of();
        }
        if (items.size() > 1) {
            throw Unsure.because();
        }
        return Values.of(isOf(items.get(0), type));
    }

    private static boolean isOf(Object item, String type) {
        if (!(item instanceof Base base) || KINDS.getOrDefault(type, Set.of()).contains(base.fhirType())) {
            throw Unsure.because();
        }
        return base.fhirType().equals(type);
    }

    /** Only the plain name of a type of FHIR. */
    static String typeName(ExpressionNode node) {
        if (node.getKind() != Kind.Name || node.getInner() != null) {
            throw Unsure.because();
        }
        return node.getName();
    }

    private static boolean hasValue(Object item) {
        if (item instanceof PrimitiveType<?> primitive) {
            return primitive.hasValue();
        }
        throw Unsure.because();
    }

    private static String written(List<?> items) {
        if (items.size() == 1 && items.get(0) instanceof PrimitiveType<?> primitive && primitive.hasValue()) {
            return primitive.getValueAsString();
        }
        throw Unsure.because();
    }
}
