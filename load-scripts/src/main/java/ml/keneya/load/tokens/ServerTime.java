package ml.keneya.load.tokens;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * The time as the server has it. The clock of a clinic's machine may be wrong by years, and a token server takes only
 * what was signed within the last minutes.
 */
final class ServerTime {
    private final Clock clock;
    private volatile Duration ahead = Duration.ZERO;

    ServerTime(Clock clock) {
        this.clock = clock;
    }

    /** Learns from the header {@code Date} of an answer that has just come. */
    void learn(HttpHeaders headers) {
        headers.firstValue("Date")
                .flatMap(ServerTime::read)
                .ifPresent(date -> ahead = Duration.between(clock.instant(), date));
    }

    private static Optional<Instant> read(String date) {
        try {
            return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    Instant now() {
        return clock.instant().plus(ahead);
    }
}
