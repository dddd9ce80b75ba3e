package ml.keneya.load.terminology;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import ml.keneya.load.exchange.Timing;
import ml.keneya.load.terminal.Terminal;

/** Tells how far a load is, by the bytes that are read of the files. */
final class LoadProgress {
    private static final Duration LIVE = Duration.ofMillis(250);
    private static final Duration LOGGED = Duration.ofSeconds(10);

    private final Terminal terminal;
    private final Timing timing;
    private final Instant start;
    private final long total;
    private Instant last;
    private long read;
    private long facts;
    private String file = "";

    LoadProgress(Terminal terminal, Timing timing, List<PublishedFile> files) {
        this.terminal = terminal;
        this.timing = timing;
        this.start = timing.clock().instant();
        this.last = start;
        this.total = Math.max(1, files.stream().mapToLong(PublishedFile::size).sum());
    }

    /** The file, counted while it is read. */
    PublishedFile watched(PublishedFile given) {
        return new PublishedFile(given.name(), given.size(), () -> {
            file = given.baseName();
            return new Counting(given.open());
        });
    }

    void sent(int more) {
        facts += more;
        Instant now = timing.clock().instant();
        if (Duration.between(last, now).compareTo(terminal.isLive() ? LIVE : LOGGED) >= 0) {
            last = now;
            terminal.progress(
                    "terminology.progress", Math.min(100, 100 * read / total), file, facts, facts / seconds());
        }
    }

    long facts() {
        return facts;
    }

    double seconds() {
        return Math.max(1, Duration.between(start, timing.clock().instant()).toMillis()) / 1000.0;
    }

    private final class Counting extends FilterInputStream {
        Counting(InputStream stream) {
            super(stream);
        }

        @Override
        public int read() throws IOException {
            int octet = in.read();
            read += octet < 0 ? 0 : 1;
            return octet;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = in.read(target, offset, length);
            read += Math.max(0, count);
            return count;
        }
    }
}
