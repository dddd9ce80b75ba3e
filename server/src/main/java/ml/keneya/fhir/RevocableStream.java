package ml.keneya.fhir;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Goes on only while whom it goes to may still call: on a slow line a file takes an hour. It looks once a second, and
 * after each mebibyte for who is faster.
 */
final class RevocableStream extends FilterOutputStream {

    private static final long BETWEEN_LOOKS = Duration.ofSeconds(1).toNanos();
    private static final int PIECE = 1 << 20;

    /** No more is written at once, because each writing waits for the client. */
    private static final int SLICE = 1 << 14;

    private final BooleanSupplier mayStillCall;
    private final LongSupplier nanoseconds;
    private long looked;
    private long since;
    private boolean revoked;

    /** @param nanoseconds of a clock that is never set, as {@link System#nanoTime()} */
    RevocableStream(OutputStream out, BooleanSupplier mayStillCall, LongSupplier nanoseconds) {
        super(out);
        this.mayStillCall = mayStillCall;
        this.nanoseconds = nanoseconds;
        this.looked = nanoseconds.getAsLong();
    }

    @Override
    public void write(int one) throws IOException {
        look(1);
        out.write(one);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int written = 0; written < length; written += SLICE) {
            int slice = Math.min(SLICE, length - written);
            look(slice);
            out.write(bytes, offset + written, slice);
        }
    }

    /** @throws RefusedException when the right was withdrawn */
    private void look(int length) {
        since += length;
        long now = nanoseconds.getAsLong();
        if (!revoked && now - looked < BETWEEN_LOOKS && since < PIECE) {
            return;
        }
        looked = now;
        since = 0;
        revoked = revoked || !mayStillCall.getAsBoolean();
        if (revoked) {
            throw new RefusedException(Refusal.of(RefusalCode.UNAUTHENTICATED));
        }
    }
}
