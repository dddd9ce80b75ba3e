package ml.keneya.load.outbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import ml.keneya.load.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/**
 * One line that says how an outbox stands; in a log, only when something has happened, and not more than once a minute.
 */
final class StatusLine {
    private static final Duration LOGGED = Duration.ofMinutes(1);

    private final Terminal terminal;
    private final Clock clock;
    private @Nullable OutboxStatus shown;
    private Instant last = Instant.EPOCH;

    StatusLine(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    void show(OutboxStatus status) {
        Instant now = clock.instant();
        boolean trouble = status.trouble() != null;
        boolean sameTrouble = shown != null && trouble == (shown.trouble() != null);
        // By the difference, either way: a clock that was set back must not silence the line.
        boolean soon = Duration.between(last, now).abs().compareTo(LOGGED) < 0;
        if (status.equals(shown) || !terminal.isLive() && sameTrouble && soon) {
            return;
        }
        shown = status;
        last = now;
        if (status.trouble() == null) {
            terminal.status("outbox.status", status.waiting(), status.sent(), status.refused());
        } else {
            terminal.status(
                    "outbox.trouble",
                    status.waiting(),
                    status.sent(),
                    status.refused(),
                    status.trouble(),
                    status.untilNextTry().toSeconds());
        }
    }
}
