package ml.keneya.export.pseudonymised;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;
import java.util.regex.Pattern;

/** Days by which nobody is found again: the week of what happened, the month of a birth. */
final class GeneralDates {

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}(T.*)?");
    private static final Pattern PARTIAL = Pattern.compile("\\d{4}(-\\d{2})?");
    private static final int DAY_LENGTH = 10;
    private static final int MONTH_LENGTH = 7;

    private GeneralDates() {}

    /** The Monday of its week, as the day is written; years and months as they are; nothing of what is no date. */
    static Optional<String> week(String date) {
        if (PARTIAL.matcher(date).matches()) {
            return Optional.of(date);
        }
        if (!DAY.matcher(date).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(date.substring(0, DAY_LENGTH))
                    .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                    .toString());
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    static Optional<String> month(String date) {
        if (PARTIAL.matcher(date).matches()) {
            return Optional.of(date);
        }
        return DAY.matcher(date).matches() ? Optional.of(date.substring(0, MONTH_LENGTH)) : Optional.empty();
    }
}
