package ml.keneya.validation.compiled;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A date, or a date with time and zone, as FHIR writes it.
 *
 * @param first its first day, in UTC where there is a time
 * @param last its last day: the same unless only the year or the month is given
 * @param instant where there is a time
 */
record Moment(
        String text,
        LocalDate first,
        LocalDate last,
        @Nullable OffsetDateTime instant) {

    private static final int FIRST_YEAR = 1800;
    private static final int LAST_YEAR = 2100;

    private static final Pattern WRITTEN = Pattern.compile("(\\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\\d|3[01])"
            + "(T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d{1,6})?(?:Z|[+-](?:0\\d|1[0-3]):[0-5]\\d))?)?)?");

    static Optional<Moment> read(@Nullable String text) {
        return Optional.ofNullable(of(text));
    }

    /** Nothing for what the official validator could have something to say of. */
    private static @Nullable Moment of(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Matcher written = WRITTEN.matcher(text);
        if (!written.matches()) {
            return null;
        }
        int year = Integer.parseInt(written.group(1));
        if (year < FIRST_YEAR || year > LAST_YEAR) {
            return null;
        }
        try {
            if (written.group(2) == null) {
                return new Moment(text, LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31), null);
            }
            YearMonth month = YearMonth.of(year, Integer.parseInt(written.group(2)));
            if (written.group(3) == null) {
                return new Moment(text, month.atDay(1), month.atEndOfMonth(), null);
            }
            LocalDate day = month.atDay(Integer.parseInt(written.group(3)));
            return written.group(4) == null ? day(day) : at(text, OffsetDateTime.parse(text));
        } catch (DateTimeException noSuchDay) {
            return null;
        }
    }

    static Moment day(LocalDate day) {
        return new Moment(day.toString(), day, day, null);
    }

    static Moment at(OffsetDateTime instant) {
        return at(instant.toString(), instant);
    }

    private static Moment at(String text, OffsetDateTime instant) {
        LocalDate day = instant.atZoneSameInstant(ZoneOffset.UTC).toLocalDate();
        return new Moment(text, day, day, instant);
    }

    Moment plusDays(int days) {
        if (instant != null) {
            return at(instant.plusDays(days));
        }
        if (!first.equals(last)) {
            throw Unsure.because();
        }
        return day(first.plusDays(days));
    }

    boolean hasTime() {
        return instant != null;
    }

    boolean isDate() {
        return instant == null;
    }

    /** Fewer than nought, nought or more. Nothing when what is written does not tell, as FHIRPath has it. */
    @Nullable
    Integer comparedTo(Moment other) {
        if (instant != null && other.instant != null) {
            return Long.compare(
                    instant.toInstant().toEpochMilli(),
                    other.instant.toInstant().toEpochMilli());
        }
        if (text.length() == other.text.length()) {
            return text.compareTo(other.text);
        }
        if (last.isBefore(other.first)) {
            return -1;
        }
        return other.last.isBefore(first) ? 1 : null;
    }
}
