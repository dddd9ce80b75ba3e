package ml.keneya.views.definition;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.TimeType;

/**
 * {@code lowBoundary()} and {@code highBoundary()} of SQL on FHIR: the first and the last moment that a date which is
 * not known exactly may mean, and likewise for decimals. HL7's engine gives dates as date-times and forgets the zone.
 */
final class Boundaries {

    private static final int LENGTH_OF_YEAR = 4;
    private static final int LENGTH_OF_MONTH = 7;
    private static final int LENGTH_OF_DAY = 10;

    private static final String FIRST_MOMENT = "T00:00:00.000";
    private static final String LAST_MOMENT = "T23:59:59.999";

    private Boundaries() {}

    static List<Base> low(List<Base> values) {
        return of(values, false);
    }

    static List<Base> high(List<Base> values) {
        return of(values, true);
    }

    private static List<Base> of(List<Base> values, boolean high) {
        if (values.isEmpty()) {
            return values;
        }
        Base value = values.get(0);
        if (values.size() > 1) {
            throw new RefusedException(
                    Refusal.of(RefusalCode.VIEW_SEVERAL_VALUES, high ? "highBoundary" : "lowBoundary"));
        }
        if (value instanceof Period period) {
            List<Base> end = List.copyOf(
                    high
                            ? period.hasEnd() ? List.<Base>of(period.getEndElement()) : List.<Base>of()
                            : period.hasStart() ? List.<Base>of(period.getStartElement()) : List.<Base>of());
            return of(end, high);
        }
        String text = value.primitiveValue();
        if (text == null) {
            return List.of();
        }
        return switch (value.fhirType()) {
            case "date" -> List.of(new DateType(day(text, high)));
            case "dateTime", "instant" -> List.of(new DateTimeType(moment(text, high)));
            case "time" -> List.of(new TimeType(time(text, high)));
            case "decimal", "integer", "positiveInt", "unsignedInt" -> List.of(new DecimalType(decimal(text, high)));
            default -> List.of(new StringType(text));
        };
    }

    private static String day(String text, boolean high) {
        return switch (text.length()) {
            case LENGTH_OF_YEAR -> text + (high ? "-12-31" : "-01-01");
            case LENGTH_OF_MONTH -> high ? YearMonth.parse(text).atEndOfMonth().toString() : text + "-01";
            default -> text;
        };
    }

    /** A date without a zone began first east of the date line (+14:00) and ends last west of it (-12:00). */
    private static String moment(String text, boolean high) {
        if (text.length() <= LENGTH_OF_DAY) {
            return day(text, high) + (high ? LAST_MOMENT + "-12:00" : FIRST_MOMENT + "+14:00");
        }
        int zone = Math.max(Math.max(text.indexOf('Z'), text.indexOf('+')), text.lastIndexOf('-'));
        boolean zoned = zone > LENGTH_OF_DAY;
        String local = zoned ? text.substring(0, zone) : text;
        String offset = zoned ? text.substring(zone) : high ? "-12:00" : "+14:00";
        int separator = local.indexOf('T') + 1;
        return local.substring(0, separator) + time(local.substring(separator), high) + offset;
    }

    private static String time(String text, boolean high) {
        String pattern = high ? LAST_MOMENT : FIRST_MOMENT;
        String rest = text.contains(".") ? "" : pattern.substring(text.length() + 1);
        return text + rest;
    }

    private static BigDecimal decimal(String text, boolean high) {
        BigDecimal value = new BigDecimal(text);
        BigDecimal half = BigDecimal.valueOf(5, value.scale() + 1);
        return high ? value.add(half) : value.subtract(half);
    }
}
