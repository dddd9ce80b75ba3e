package ml.keneya.security.trace;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;

/**
 * What a date of FHIR covers: a year, a month, a day of Mali (which keeps UTC all year), or one second.
 *
 * @param from at or after
 * @param to before
 */
record Moment(Instant from, Instant to) {

    /** @throws java.time.DateTimeException when it is no date */
    static Moment read(String text) {
        return switch (text.length()) {
            case 4 ->
                days(Year.parse(text).atDay(1), Year.parse(text).plusYears(1).atDay(1));
            case 7 ->
                days(
                        YearMonth.parse(text).atDay(1),
                        YearMonth.parse(text).plusMonths(1).atDay(1));
            case 10 -> days(LocalDate.parse(text), LocalDate.parse(text).plusDays(1));
            // In an address, the plus sign of a time zone often arrives as a blank.
            default -> second(OffsetDateTime.parse(text.replace(' ', '+')).toInstant(), text.contains("."));
        };
    }

    private static Moment days(LocalDate from, LocalDate to) {
        return new Moment(
                from.atStartOfDay().toInstant(ZoneOffset.UTC), to.atStartOfDay().toInstant(ZoneOffset.UTC));
    }

    private static Moment second(Instant instant, boolean withFraction) {
        return new Moment(instant, withFraction ? instant.plusMillis(1) : instant.plusSeconds(1));
    }
}
