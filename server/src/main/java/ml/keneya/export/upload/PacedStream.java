package ml.keneya.export.upload;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import ml.keneya.export.upload.OpensSources.SourceException;

/**
 * Gives a source up that never falls silent and never gets anywhere, because one import at a time is carried out. Only
 * the time counts in which it is waited for, not that in which its lines are delivered.
 */
final class PacedStream extends FilterInputStream {

    /** The slowest links of clinics bring several times as much. */
    static final int LEAST_BYTES_A_SECOND = 1_000;

    static final long LOOKED_AT_AFTER_SECONDS = 300;

    private final LongSupplier nanoseconds;
    private long waited;
    private long come;

    PacedStream(InputStream source, LongSupplier nanoseconds) {
        super(source);
        this.nanoseconds = nanoseconds;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        long begun = nanoseconds.getAsLong();
        int count = in.read(target, offset, length);
        waited += nanoseconds.getAsLong() - begun;
        come += Math.max(0, count);
        if (count >= 0 && waited > TimeUnit.SECONDS.toNanos(LOOKED_AT_AFTER_SECONDS)) {
            if (come < LEAST_BYTES_A_SECOND * LOOKED_AT_AFTER_SECONDS) {
                throw new SourceException("< " + LEAST_BYTES_A_SECOND + " B/s", false);
            }
            waited = 0;
            come = 0;
        }
        return count;
    }
}
