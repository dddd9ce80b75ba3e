package ml.keneya.load.sheets;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads dates as people write them in Mali: 2026-03-14 or 14/03/2026, also only the month or the year. The order of the
 * American, month first, is not guessed.
 */
public final class Days {
    private static final Pattern ISO = Pattern.compile("(\\d{4})(?:-(\\d{1,2})(?:-(\\d{1,2}))?)?(?:[T ].*)?");
    private static final Pattern FRENCH = Pattern.compile("(?:(?:(\\d{1,2})[/.-])?(\\d{1,2})[/.-])?(\\d{4})");

    private final LocalDate today;
    private final Faults faults;

    public Days(LocalDate today, Faults faults) {
        this.today = today;
        this.faults = faults;
    }

    /** A day, month or year in FHIR's way of writing; nothing, and a fault, where it is none. */
    public Optional<String> partial(SheetLine line, String column) {
        if (!line.has(column)) {
            return Optional.empty();
        }
        Optional<String> read = read(line.text(column));
        if (read.isEmpty()) {
            faults.at(line, column, "date");
        } else if (read.get().compareTo(today.plusDays(1).toString()) > 0) {
            faults.at(line, column, "future");
            return Optional.empty();
        }
        return read;
    }

    /** The same for a date of which the day must be known. */
    public Optional<String> day(SheetLine line, String column) {
        Optional<String> read = partial(line, column);
        if (read.isPresent() && read.get().length() < "2026-03-14".length()) {
            faults.at(line, column, "no-day");
            return Optional.empty();
        }
        return read;
    }

    /** The same for a day that may lie ahead, such as the expiry of a vaccine. */
    public Optional<String> later(SheetLine line, String column) {
        if (!line.has(column)) {
            return Optional.empty();
        }
        Optional<String> read = read(line.text(column));
        if (read.isEmpty()) {
            faults.at(line, column, "date");
        }
        return read;
    }

    /** What a cell means, in FHIR's way of writing; nothing where it is no date. */
    public static Optional<String> read(String text) {
        Matcher iso = ISO.matcher(text);
        if (iso.matches()) {
            return written(iso.group(1), iso.group(2), iso.group(3));
        }
        Matcher french = FRENCH.matcher(text);
        return french.matches() ? written(french.group(3), french.group(2), french.group(1)) : Optional.empty();
    }

    private static Optional<String> written(@Nullable String year, @Nullable String month, @Nullable String day) {
        try {
            LocalDate date = LocalDate.of(
                    year == null ? 0 : Integer.parseInt(year),
                    month == null ? 1 : Integer.parseInt(month),
                    day == null ? 1 : Integer.parseInt(day));
            if (date.getYear() < 1880) {
                return Optional.empty();
            }
            int length = month == null ? 4 : day == null ? 7 : 10;
            return Optional.of(date.toString().substring(0, length));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }
}
