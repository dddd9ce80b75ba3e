package ml.keneya.load.exchange;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Breaks a body off when nothing has come for too long: a line that dies without a word would be waited for for ever.
 */
final class WatchedStream extends FilterInputStream {
    private static final ScheduledExecutorService WATCH = Executors.newSingleThreadScheduledExecutor(work -> {
        var thread = new Thread(work, "download-watch");
        thread.setDaemon(true);
        return thread;
    });

    private final ScheduledFuture<?> watch;
    private volatile long lastProgress = System.nanoTime();
    private volatile boolean brokenOff;

    WatchedStream(InputStream body, Duration limit) {
        super(body);
        long nanos = limit.toNanos();
        long turn = Math.max(1, limit.toMillis() / 4);
        watch = WATCH.scheduleWithFixedDelay(() -> look(nanos), turn, turn, TimeUnit.MILLISECONDS);
    }

    private void look(long limit) {
        if (System.nanoTime() - lastProgress > limit) {
            brokenOff = true;
            try {
                in.close();
            } catch (IOException closedAlready) {
                // The reader hears of it.
            }
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = in.read(bytes, offset, length);
        if (brokenOff) {
            throw new HttpTimeoutException("Nothing came for too long");
        }
        lastProgress = System.nanoTime();
        return count;
    }

    @Override
    public void close() throws IOException {
        watch.cancel(false);
        in.close();
    }
}
