package ml.keneya.validation.compiled;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.jspecify.annotations.Nullable;

/** What the items of a FHIRPath collection are worth. */
final class Values {

    static final List<Boolean> TRUE = List.of(true);
    static final List<Boolean> FALSE = List.of(false);

    private static final Set<String> TEXTS =
            Set.of("string", "code", "id", "uri", "url", "canonical", "markdown", "oid", "uuid");
    private static final Set<String> NUMBERS = Set.of("integer", "decimal");
    private static final Set<String> OTHER_NUMBERS = Set.of("positiveInt", "unsignedInt");
    private static final Set<String> MOMENTS = Set.of("date", "dateTime", "instant");

    private Values() {}

    static List<Boolean> of(boolean truth) {
        return truth ? TRUE : FALSE;
    }

    /** A text, a number, a moment or a truth value; the element itself where it is none of them. */
    static Object of(Object item) {
        if (!(item instanceof PrimitiveType<?> primitive)) {
            return item;
        }
        String text = primitive.getValueAsString();
        String type = primitive.fhirType();
        if (text == null) {
            throw Unsure.because();
        }
        if (TEXTS.contains(type)) {
            return text;
        }
        if ("boolean".equals(type)) {
            return Boolean.valueOf(text);
        }
        if (NUMBERS.contains(type) || OTHER_NUMBERS.contains(type)) {
            return new BigDecimal(text);
        }
        if (MOMENTS.contains(type)) {
            return Moment.read(text).orElseThrow(Unsure::because);
        }
        throw Unsure.because();
    }

    /** Nothing for an empty collection; any single item that is no truth value is true. */
    static @Nullable Boolean truth(List<?> items) {
        if (items.isEmpty()) {
            return null;
        }
        if (items.size() > 1) {
            throw Unsure.because();
        }
        Object only = items.get(0);
        if (only instanceof Boolean truth) {
            return truth;
        }
        return only instanceof Base base && base.isBooleanPrimitive() ? (Boolean) of(base) : Boolean.TRUE;
    }

    static boolean isTrue(List<?> items) {
        return Boolean.TRUE.equals(truth(items));
    }

    /** Of values without children, alike in kind. */
    static boolean areEqual(Object one, Object other) {
        Object left = of(one);
        Object right = of(other);
        if (left instanceof String && right instanceof String) {
            return left.equals(right);
        }
        if (left instanceof Boolean && right instanceof Boolean) {
            return left.equals(right);
        }
        if (left instanceof BigDecimal number && right instanceof BigDecimal second) {
            return number.compareTo(second) == 0;
        }
        throw Unsure.because();
    }

    /** @return nothing when it cannot be told */
    static @Nullable Integer compare(Object one, Object other) {
        Object left = of(one);
        Object right = of(other);
        if (left instanceof Moment moment && right instanceof Moment second) {
            return moment.comparedTo(second);
        }
        if (left instanceof BigDecimal number && right instanceof BigDecimal second && areNumbers(one, other)) {
            return number.compareTo(second);
        }
        throw Unsure.because();
    }

    /** The engine compares whole and decimal numbers, and fails on the kinds that may not be negative. */
    private static boolean areNumbers(Object one, Object other) {
        return isNumber(one) && isNumber(other);
    }

    private static boolean isNumber(Object item) {
        return item instanceof BigDecimal || (item instanceof Base base && NUMBERS.contains(base.fhirType()));
    }

    static String text(List<?> items) {
        if (items.size() == 1 && of(items.get(0)) instanceof String text) {
            return text;
        }
        throw Unsure.because();
    }
}
