package ml.keneya.surveillance;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A week from Monday to Sunday as Mali's bulletins number them, which is ISO 8601: the year is that of the week's
 * Thursday.
 *
 * @param monday its first day
 */
public record EpidemiologicalWeek(LocalDate monday) {

    private static final Pattern TEXT = Pattern.compile("(\\d{4})-?[WS](\\d{1,2})");

    public EpidemiologicalWeek {
        if (monday.getDayOfWeek() != DayOfWeek.MONDAY) {
            throw new IllegalArgumentException(monday + " is not a Monday.");
        }
    }

    public static EpidemiologicalWeek of(LocalDate day) {
        return new EpidemiologicalWeek(day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
    }

    /** @param text {@code 2026-W30}, {@code 2026W30} or, as in French bulletins, {@code 2026-S30} */
    public static Optional<EpidemiologicalWeek> parse(String text) {
        Matcher found = TEXT.matcher(text);
        if (!found.matches()) {
            return Optional.empty();
        }
        int year = Integer.parseInt(found.group(1));
        long number = Long.parseLong(found.group(2));
        // 4 January is always in the first week.
        try {
            LocalDate within = LocalDate.of(year, 1, 4).with(IsoFields.WEEK_OF_WEEK_BASED_YEAR, number);
            EpidemiologicalWeek week = of(within);
            return week.year() == year && week.number() == number ? Optional.of(week) : Optional.empty();
        } catch (DateTimeException noSuchWeek) {
            return Optional.empty();
        }
    }

    public LocalDate sunday() {
        return monday.plusDays(6);
    }

    /** The year that the week belongs to, which is not always that of its days. */
    public int year() {
        return monday.get(IsoFields.WEEK_BASED_YEAR);
    }

    /** From 1 to 53. */
    public int number() {
        return monday.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
    }

    /** As DHIS2 writes it: {@code 2026W30}, and {@code 2026W3} without a zero. */
    String inDhis2() {
        return year() + "W" + number();
    }

    @Override
    public String toString() {
        return "%04d-W%02d".formatted(year(), number());
    }
}
