package ml.keneya.validation.plausibility;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The days that a date of FHIR may mean: it may name a year or a month only.
 *
 * @param first the earliest of them
 * @param last the latest of them
 */
record Days(LocalDate first, LocalDate last) {

    private static final Pattern DATE = Pattern.compile("(\\d{4})(?:-(\\d{2})(?:-(\\d{2})(?:T.*)?)?)?");

    /** @return nothing where no date stands; the day of a time is the day that its sender wrote */
    static Optional<Days> of(@Nullable String date) {
        Matcher parts = DATE.matcher(date == null ? "" : date);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            int year = Integer.parseInt(parts.group(1));
            if (parts.group(2) == null) {
                return Optional.of(ofYear(year));
            }
            YearMonth month = YearMonth.of(year, Integer.parseInt(parts.group(2)));
            if (parts.group(3) == null) {
                return Optional.of(ofMonth(month));
            }
            LocalDate day = month.atDay(Integer.parseInt(parts.group(3)));
            return Optional.of(new Days(day, day));
        } catch (DateTimeException impossible) {
            return Optional.empty();
        }
    }

    /** The whole year: whoever writes a day may not know more. */
    Days wholeYear() {
        return new Days(first.withDayOfYear(1), ofYear(last.getYear()).last);
    }

    Days wholeMonth() {
        return new Days(first.withDayOfMonth(1), YearMonth.from(last).atEndOfMonth());
    }

    /** Whether whichever days are meant, these come before the others. */
    boolean areSurelyBefore(Days others) {
        return last.isBefore(others.first);
    }

    /** Whole months that have passed at least since the others; negative before them. */
    long leastMonthsSince(Days others) {
        return ChronoUnit.MONTHS.between(others.last, first);
    }

    /** Whole months that have passed at most since the others. */
    long mostMonthsSince(Days others) {
        return ChronoUnit.MONTHS.between(others.first, last);
    }

    private static Days ofYear(int year) {
        return new Days(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31));
    }

    private static Days ofMonth(YearMonth month) {
        return new Days(month.atDay(1), month.atEndOfMonth());
    }
}
