package ml.keneya.load.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import ml.keneya.load.exchange.Json;
import ml.keneya.load.exchange.Timing;
import ml.keneya.load.terminal.Terminal;

/** Tells how far an export is, how fast it comes and when it will be whole. */
final class ExportProgress {
    private static final Duration LIVE = Duration.ofMillis(250);
    private static final Duration LOGGED = Duration.ofSeconds(10);

    private final Terminal terminal;
    private final Timing timing;
    private final boolean json;
    private final Instant start;
    private Instant last;
    private long total;
    private long kept;
    private long lines;
    private long bytes;

    ExportProgress(Terminal terminal, Timing timing, boolean json) {
        this.terminal = terminal;
        this.timing = timing;
        this.json = json;
        this.start = timing.clock().instant();
        this.last = start;
    }

    synchronized void expect(long records) {
        total += records;
    }

    /** What an earlier run has brought took no time. */
    synchronized void keep(long records) {
        kept += records;
    }

    synchronized void count(long moreLines, long moreBytes) {
        lines += moreLines;
        bytes += moreBytes;
        Instant now = timing.clock().instant();
        if (Duration.between(last, now).compareTo(terminal.isLive() ? LIVE : LOGGED) >= 0) {
            last = now;
            show(now);
        }
    }

    private void show(Instant now) {
        double seconds = Duration.between(start, now).toMillis() / 1000.0;
        long left = lines <= 0 ? 0 : Math.round(seconds * Math.max(0, total - kept - lines) / lines);
        terminal.progress(
                "export.progress",
                total == 0 ? 100 : Math.min(100, 100 * (kept + lines) / total),
                kept + lines,
                lines / seconds,
                bytes / seconds / 1e6,
                String.format(terminal.language(), "%d:%02d:%02d", left / 3600, left / 60 % 60, left % 60));
    }

    synchronized void summary(String transactionTime, int files) {
        double seconds =
                Math.max(1, Duration.between(start, timing.clock().instant()).toMillis()) / 1000.0;
        if (json) {
            ObjectNode document = Json.object();
            document.putObject("summary")
                    .put("resources", kept + lines)
                    .put("files", files)
                    .put("seconds", seconds)
                    .put("transactionTime", transactionTime);
            terminal.json(document);
            return;
        }
        terminal.say("export.done", kept + lines, files, seconds, lines / seconds, transactionTime);
    }
}
