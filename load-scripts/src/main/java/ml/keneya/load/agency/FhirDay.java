package ml.keneya.load.agency;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;

/** The day in Mali of a FHIR date or time. */
final class FhirDay {
    private static final ZoneId MALI = ZoneId.of("Africa/Bamako");
    private static final int LENGTH_OF_A_DAY = "2026-11-09".length();

    private FhirDay() {}

    /** The day, unless only the month or the year is known: neither falls into one week. */
    static Optional<LocalDate> of(String dateTime) {
        try {
            if (dateTime.length() < LENGTH_OF_A_DAY) {
                return Optional.empty();
            }
            if (dateTime.length() == LENGTH_OF_A_DAY) {
                return Optional.of(LocalDate.parse(dateTime));
            }
            return Optional.of(
                    OffsetDateTime.parse(dateTime).atZoneSameInstant(MALI).toLocalDate());
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
