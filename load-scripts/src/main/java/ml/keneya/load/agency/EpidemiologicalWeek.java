package ml.keneya.load.agency;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A week of Mali's surveillance: the ISO week, Monday to Sunday, whose year is that of its Thursday, so that 29
 * December may belong to week 1.
 */
public record EpidemiologicalWeek(int year, int number) implements Comparable<EpidemiologicalWeek> {
    // Bulletins write S46 (semaine), ISO 8601 writes W46.
    private static final Pattern WRITTEN = Pattern.compile("(\\d{4})-?[WS](\\d{1,2})");

    public EpidemiologicalWeek {
        long last = IsoFields.WEEK_OF_WEEK_BASED_YEAR
                .rangeRefinedBy(LocalDate.of(year, 7, 1))
                .getMaximum();
        if (number < 1 || number > last) {
            throw new DateTimeException("The year " + year + " has weeks 1 to " + last + ", not " + number);
        }
    }

    public static EpidemiologicalWeek of(LocalDate day) {
        return new EpidemiologicalWeek(day.get(IsoFields.WEEK_BASED_YEAR), day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    }

    /** The week of a FHIR date or time, unless it tells only the month or the year. */
    public static Optional<EpidemiologicalWeek> ofTime(String dateTime) {
        return FhirDay.of(dateTime).map(EpidemiologicalWeek::of);
    }

    public static EpidemiologicalWeek parse(String text) {
        Matcher written = WRITTEN.matcher(text.strip().toUpperCase(Locale.ROOT));
        if (!written.matches()) {
            throw new DateTimeException("Not a week: " + text);
        }
        return new EpidemiologicalWeek(Integer.parseInt(written.group(1)), Integer.parseInt(written.group(2)));
    }

    public LocalDate monday() {
        // 4 January is in week 1 of its year, whatever the day.
        LocalDate inFirstWeek = LocalDate.of(year, 1, 4);
        return inFirstWeek.minusDays(inFirstWeek.getDayOfWeek().getValue() - 1L).plusWeeks(number - 1L);
    }

    public LocalDate nextMonday() {
        return monday().plusWeeks(1);
    }

    public boolean contains(LocalDate day) {
        return of(day).equals(this);
    }

    @Override
    public int compareTo(EpidemiologicalWeek other) {
        return monday().compareTo(other.monday());
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%04d-W%02d", year, number);
    }
}
