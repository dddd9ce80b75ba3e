package ml.keneya.load.exchange;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The header by which a server says when to come back: seconds, or a date. */
final class RetryAfter {
    static final String HEADER = "Retry-After";

    private RetryAfter() {}

    static Optional<Duration> read(String text, Instant now) {
        String value = text.strip();
        if (value.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        return instant(value).map(then -> then.isBefore(now) ? Duration.ZERO : Duration.between(now, then));
    }

    /** A date as HTTP writes it. */
    static Optional<Instant> instant(String date) {
        try {
            return Optional.of(ZonedDateTime.parse(date.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
