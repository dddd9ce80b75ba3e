package ml.keneya.views.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.fhirpath.ExpressionNode;
import org.hl7.fhir.r4.fhirpath.ExpressionNode.Function;
import org.hl7.fhir.r4.fhirpath.ExpressionNode.Kind;
import org.hl7.fhir.r4.fhirpath.ExpressionNode.Operation;
import org.hl7.fhir.r4.fhirpath.FHIRPathUtilityClasses.FHIRConstant;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the paths that nearly all columns use into plain accessors: element names, {@code first()}, an index,
 * {@code ofType}, {@code extension}, {@code where} with one equality, {@code exists}, {@code empty}, boundaries and
 * keys. Whatever else stands in a path goes to {@link PathEngine} as a whole.
 */
final class SimplePaths {

    private final String resourceType;
    private final Map<String, Base> constants;

    SimplePaths(String resourceType, Map<String, Base> constants) {
        this.resourceType = resourceType;
        this.constants = constants;
    }

    Optional<Expression> compile(ExpressionNode node) {
        if (node.getOperation() != null) {
            return Optional.empty();
        }
        List<Step> steps = new ArrayList<>();
        Expression start = SimplePaths::focusOnly;
        ExpressionNode each = node;
        if (each.getKind() == Kind.Constant) {
            Expression constant = constant(each.getConstant());
            if (constant == null) {
                return Optional.empty();
            }
            start = constant;
            each = each.getInner();
        } else if (each.getKind() == Kind.Name
                && Character.isUpperCase(each.getName().charAt(0))) {
            if (!each.getName().equals(resourceType)) {
                return Optional.empty();
            }
            each = each.getInner();
        }
        for (; each != null; each = each.getInner()) {
            Step step = step(each);
            if (step == null) {
                return Optional.empty();
            }
            steps.add(step);
        }
        return Optional.of(chain(start, steps));
    }

    private static List<Base> focusOnly(@Nullable Base focus, Scope scope) {
        return focus == null ? List.of() : List.of(focus);
    }

    private static Expression chain(Expression start, List<Step> steps) {
        Step[] fixed = steps.toArray(Step[]::new);
        return (focus, scope) -> {
            List<Base> values = start.evaluate(focus, scope);
            for (Step step : fixed) {
                values = step.apply(values);
            }
            return values;
        };
    }

    /** One step from the elements found so far to the next ones. */
    @FunctionalInterface
    private interface Step {
        List<Base> apply(List<Base> values);
    }

    private @Nullable Expression constant(Base value) {
        if (value instanceof FHIRConstant named) {
            if (named.getValue().equals("%" + ViewFunctions.ROW_INDEX)) {
                return (focus, scope) -> List.of(new IntegerType(scope.rowIndex()));
            }
            Base constant = constantNamed(named);
            return constant == null ? null : (focus, scope) -> List.of(constant);
        }
        return (focus, scope) -> List.of(value);
    }

    private @Nullable Base constantNamed(FHIRConstant named) {
        return named.getValue().startsWith("%") ? constants.get(named.getValue().substring(1)) : null;
    }

    private @Nullable Step step(ExpressionNode node) {
        return switch (node.getKind()) {
            case Name -> node.getName().startsWith("$") ? null : element(node.getName());
            case Function -> function(node);
            case Constant, Group, Unary -> null;
        };
    }

    private static Step element(String name) {
        int hash = name.hashCode();
        return values -> {
            if (values.size() == 1) {
                return children(values.get(0), hash, name);
            }
            List<Base> found = new ArrayList<>();
            for (Base each : values) {
                found.addAll(children(each, hash, name));
            }
            return found;
        };
    }

    /** The model's own accessor, a switch over the hash of the name. */
    private static List<Base> children(Base parent, int hash, String name) {
        Base[] children = parent.getProperty(hash, name, false);
        if (children == null || children.length == 0) {
            return List.of();
        }
        List<Base> present = new ArrayList<>(children.length);
        for (Base each : children) {
            if (each != null && !each.isEmpty()) {
                present.add(each);
            }
        }
        return present;
    }

    private @Nullable Step function(ExpressionNode node) {
        List<ExpressionNode> parameters = node.getParameters();
        Function function = node.getFunction();
        return switch (function) {
            case First -> values -> values.size() <= 1 ? values : List.of(values.get(0));
            case Exists -> parameters.isEmpty() ? values -> truth(!values.isEmpty()) : null;
            case Empty -> values -> truth(values.isEmpty());
            case Item -> index(parameters.get(0));
            case OfType -> ofType(parameters.get(0));
            case Extension -> extension(parameters.get(0));
            case Where -> where(parameters.get(0));
            case LowBoundary -> parameters.isEmpty() ? Boundaries::low : null;
            case HighBoundary -> parameters.isEmpty() ? Boundaries::high : null;
            case Custom -> key(node);
            default -> null;
        };
    }

    private static List<Base> truth(boolean value) {
        return List.of(new BooleanType(value));
    }

    private @Nullable Step index(ExpressionNode parameter) {
        String text = literal(parameter);
        if (text == null) {
            return null;
        }
        int index = Integer.parseInt(text);
        return values -> index < values.size() ? List.of(values.get(index)) : List.of();
    }

    private static @Nullable Step ofType(ExpressionNode parameter) {
        if (parameter.getKind() != Kind.Name || parameter.getInner() != null) {
            return null;
        }
        String type = parameter.getName();
        return values -> only(values, each -> type.equals(each.fhirType()));
    }

    private @Nullable Step extension(ExpressionNode parameter) {
        String url = literal(parameter);
        if (url == null) {
            return null;
        }
        Step extensions = element("extension");
        return values -> only(
                extensions.apply(values),
                each -> each instanceof org.hl7.fhir.r4.model.Extension extension && url.equals(extension.getUrl()));
    }

    /** {@code where(a.b = 'c')}; anything else is left to the engine. */
    private @Nullable Step where(ExpressionNode condition) {
        ExpressionNode right = condition.getOpNext();
        if (condition.getOperation() != Operation.Equals || right == null || right.getOperation() != null) {
            return null;
        }
        String wanted = literal(right);
        List<Step> left = new ArrayList<>();
        for (ExpressionNode each = condition; each != null; each = each.getInner()) {
            boolean plain = each.getKind() == Kind.Name
                    && Character.isLowerCase(each.getName().charAt(0));
            if (!plain) {
                return null;
            }
            left.add(element(each.getName()));
        }
        if (wanted == null) {
            return null;
        }
        Step[] path = left.toArray(Step[]::new);
        return values -> only(values, each -> {
            List<Base> found = List.of(each);
            for (Step step : path) {
                found = step.apply(found);
            }
            return found.size() == 1 && wanted.equals(found.get(0).primitiveValue());
        });
    }

    private static @Nullable Step key(ExpressionNode node) {
        if (ViewFunctions.RESOURCE_KEY.equals(node.getName())) {
            return Keys::ofResources;
        }
        if (!ViewFunctions.REFERENCE_KEY.equals(node.getName())) {
            return null;
        }
        if (node.getParameters().isEmpty()) {
            return values -> Keys.ofReferences(values, null);
        }
        ExpressionNode type = node.getParameters().get(0);
        if (type.getKind() != Kind.Name || type.getInner() != null) {
            return null;
        }
        return values -> Keys.ofReferences(values, type.getName());
    }

    /** The text of a literal or of a constant whose text is all that an equality compares. */
    private @Nullable String literal(ExpressionNode node) {
        if (node.getKind() != Kind.Constant || node.getInner() != null || node.getOperation() != null) {
            return null;
        }
        Base value = node.getConstant();
        if (value instanceof FHIRConstant named) {
            value = constantNamed(named);
        }
        return value instanceof StringType || value instanceof IntegerType ? value.primitiveValue() : null;
    }

    private static List<Base> only(List<Base> values, java.util.function.Predicate<Base> wanted) {
        if (values.isEmpty()) {
            return values;
        }
        List<Base> kept = new ArrayList<>(values.size());
        for (Base each : values) {
            if (wanted.test(each)) {
                kept.add(each);
            }
        }
        return kept;
    }
}
