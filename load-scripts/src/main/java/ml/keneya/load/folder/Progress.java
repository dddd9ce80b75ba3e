package ml.keneya.load.folder;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import ml.keneya.load.bundles.LoadReport;
import ml.keneya.load.exchange.Timing;
import ml.keneya.load.terminal.Terminal;

/** Tells how far a load is, how fast it goes and when it will end. */
final class Progress {
    private static final Duration LIVE = Duration.ofMillis(250);
    private static final Duration LOGGED = Duration.ofSeconds(10);

    private final Terminal terminal;
    private final LoadReport report;
    private final Timing timing;
    private final Instant start;
    private final long total;
    private final AtomicLong read = new AtomicLong();
    private long skipped;
    private Instant last;

    /** @param total bytes of all files */
    Progress(Terminal terminal, LoadReport report, Timing timing, long total) {
        this.terminal = terminal;
        this.report = report;
        this.timing = timing;
        this.total = total;
        this.start = timing.clock().instant();
        this.last = start;
    }

    void read(int bytes) {
        read.addAndGet(bytes);
    }

    /** What the journal knew took no time, and says nothing about how long the rest will take. */
    synchronized void skippedUpToHere() {
        skipped = read.get();
    }

    Duration taken() {
        return Duration.between(start, timing.clock().instant());
    }

    synchronized void show() {
        Instant now = timing.clock().instant();
        if (Duration.between(last, now).compareTo(terminal.isLive() ? LIVE : LOGGED) < 0) {
            return;
        }
        last = now;
        double seconds = taken().toMillis() / 1000.0;
        long done = report.done();
        terminal.progress(
                "load.progress",
                total == 0 ? 100 : Math.min(100, 100 * read.get() / total),
                done,
                report.notAccepted(),
                done / seconds,
                left(seconds));
    }

    private String left(double seconds) {
        long sent = read.get() - skipped;
        if (sent <= 0) {
            return "?";
        }
        long left = Math.round(seconds * Math.max(0, total - read.get()) / sent);
        return String.format(terminal.language(), "%d:%02d:%02d", left / 3600, left / 60 % 60, left % 60);
    }
}
