package ml.keneya.load.upload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import ml.keneya.load.exchange.Json;
import ml.keneya.load.exchange.Timing;
import ml.keneya.load.terminal.Terminal;

/** Tells how far an upload is. */
final class UploadProgress {
    private static final Duration LOGGED = Duration.ofSeconds(10);

    private final Terminal terminal;
    private final Timing timing;
    private final boolean json;
    private final Instant start;
    private Instant last;
    private long accepted;
    private long refused;
    private long before;

    UploadProgress(Terminal terminal, Timing timing, boolean json) {
        this.terminal = terminal;
        this.timing = timing;
        this.json = json;
        this.start = timing.clock().instant();
        this.last = start;
    }

    /** Answered in an earlier run. */
    void skip(long lines) {
        before += lines;
    }

    void count(Piece piece, long moreAccepted, long moreRefused) {
        accepted += moreAccepted;
        refused += moreRefused;
        Instant now = timing.clock().instant();
        if (terminal.isLive() || Duration.between(last, now).compareTo(LOGGED) >= 0) {
            last = now;
            terminal.status("import.progress", piece.file(), piece.lastLine(), accepted, refused, accepted / seconds());
        }
    }

    long refused() {
        return refused;
    }

    void summary() {
        if (json) {
            ObjectNode document = Json.object();
            document.putObject("summary")
                    .put("accepted", accepted)
                    .put("refused", refused)
                    .put("answeredBefore", before)
                    .put("seconds", seconds());
            terminal.json(document);
            return;
        }
        terminal.say("import.done", accepted, refused, before, seconds(), accepted / seconds());
    }

    private double seconds() {
        return Math.max(1, Duration.between(start, timing.clock().instant()).toMillis()) / 1000.0;
    }
}
