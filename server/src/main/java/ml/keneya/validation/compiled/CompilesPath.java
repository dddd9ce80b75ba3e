package ml.keneya.validation.compiled;

import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r5.fhirpath.ExpressionNode;
import org.hl7.fhir.r5.fhirpath.ExpressionNode.Operation;
import org.hl7.fhir.r5.fhirpath.FHIRPathUtilityClasses.FHIRConstant;
import org.hl7.fhir.r5.model.BooleanType;
import org.hl7.fhir.r5.model.DecimalType;
import org.hl7.fhir.r5.model.IntegerType;
import org.hl7.fhir.r5.model.Quantity;
import org.hl7.fhir.r5.model.StringType;

/** Makes of a parsed FHIRPath expression one that runs on the model. */
final class CompilesPath {

    private static final String UCUM = "http://unitsofmeasure.org";

    private final PathFunctions functions;

    CompilesPath(Clock clock) {
        this.functions = new PathFunctions(this, clock);
    }

    /** Empty where the expression uses something that is not compiled. */
    Optional<PathExpression> compile(ExpressionNode node) {
        try {
            return Optional.of(whole(node, true));
        } catch (Unsure unknown) {
            return Optional.empty();
        }
    }

    /** With the operators that follow it. */
    PathExpression whole(ExpressionNode node, boolean entry) {
        PathExpression compiled = step(node, entry);
        if (node.getInner() != null) {
            PathExpression first = compiled;
            PathExpression then = whole(node.getInner(), false);
            compiled = (focus, scope) -> then.of(first.of(focus, scope), scope);
        }
        if (!node.isProximal() || node.getOperation() == null) {
            return compiled;
        }
        ExpressionNode last = node;
        for (ExpressionNode next = node.getOpNext(); next != null; next = next.getOpNext()) {
            Operation operation = last.getOperation();
            compiled = operation == Operation.Is || operation == Operation.As
                    ? PathOperators.type(operation, compiled, PathFunctions.typeName(next))
                    : PathOperators.of(operation, compiled, whole(next, true));
            last = next;
        }
        return compiled;
    }

    private PathExpression step(ExpressionNode node, boolean entry) {
        return switch (node.getKind()) {
            case Name -> name(node.getName(), entry);
            case Function -> functions.compile(node);
            case Constant -> constant(node);
            case Group -> whole(node.getGroup(), entry);
            default -> throw Unsure.because();
        };
    }

    private static PathExpression name(String name, boolean entry) {
        if (name.equals("$this")) {
            return (focus, scope) -> List.of(scope.self());
        }
        if (name.startsWith("$")) {
            throw Unsure.because();
        }
        if (entry && Character.isUpperCase(name.charAt(0))) {
            return (focus, scope) -> {
                if (focus.size() == 1
                        && focus.get(0) instanceof Base base
                        && base.fhirType().equals(name)) {
                    return focus;
                }
                throw Unsure.because();
            };
        }
        int hash = name.hashCode();
        return (focus, scope) -> children(focus, name, hash);
    }

    private static List<?> children(List<?> focus, String name, int hash) {
        if (focus.size() == 1) {
            return List.of((Object[]) values(focus.get(0), name, hash));
        }
        List<Object> all = new ArrayList<>();
        for (Object item : focus) {
            all.addAll(List.of((Object[]) values(item, name, hash)));
        }
        return all;
    }

    private static Base[] values(Object item, String name, int hash) {
        Base[] values = item instanceof Base base ? base.getProperty(hash, name, false) : null;
        if (values == null) {
            throw Unsure.because();
        }
        return values;
    }

    private static PathExpression constant(ExpressionNode node) {
        org.hl7.fhir.r5.model.Base constant = node.getConstant();
        if (constant instanceof FHIRConstant named) {
            return switch (named.getValue()) {
                case "%resource", "%rootResource" -> (focus, scope) -> List.of(scope.record());
                case "%ucum" -> always(UCUM);
                default -> throw Unsure.because();
            };
        }
        if (constant instanceof Quantity quantity && "d".equals(quantity.getCode())) {
            return always(new Days(quantity.getValue().intValueExact()));
        }
        if (constant instanceof BooleanType truth) {
            return always(truth.booleanValue());
        }
        if (constant instanceof IntegerType || constant instanceof DecimalType) {
            return always(new BigDecimal(constant.primitiveValue()));
        }
        if (constant instanceof StringType text) {
            return always(text.getValue());
        }
        throw Unsure.because();
    }

    private static PathExpression always(Object value) {
        List<Object> result = List.of(value);
        return (focus, scope) -> result;
    }

    /** A number of days to add to a date. */
    record Days(int number) {}
}
