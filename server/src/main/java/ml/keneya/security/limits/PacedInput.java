package ml.keneya.security.limits;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * The bytes of one body as they come from the wire, as long as they come fast enough. Only the time counts that the
 * server waited: who reads line by line and works in between makes no sender slow.
 */
class PacedInput implements InputBuffer {

    private final InputBuffer wire;
    private final long minimumRate;
    private final long patience;
    private final LongSupplier longest;
    private final LongSupplier clock;

    private long waited;
    private long waitedInAll;
    private long received;
    private long receivedInAll;
    private boolean tooSlow;

    /**
     * @param longest nanoseconds that the server waits in all; asked each time, because who is sending becomes known
     *     only on the way
     * @param clock nanoseconds, from any beginning
     */
    PacedInput(InputBuffer wire, SlowBodiesSettings settings, LongSupplier longest, LongSupplier clock) {
        this.wire = wire;
        this.minimumRate = settings.minimumRate().toBytes();
        this.patience = settings.patience().toNanos();
        this.longest = longest;
        this.clock = clock;
    }

    @Override
    public int doRead(ApplicationBufferHandler handler) throws IOException {
        if (tooSlow) {
            throw new SocketTimeoutException("The body was too slow before.");
        }
        long before = clock.getAsLong();
        int read = readFromWire(handler);
        long took = clock.getAsLong() - before;
        waited += took;
        waitedInAll += took;
        if (read > 0) {
            received += read;
            receivedInAll += read;
            refuseIfSlow();
        }
        return read;
    }

    /** The container gives up by itself when nothing comes at all. */
    private int readFromWire(ApplicationBufferHandler handler) throws IOException {
        try {
            return wire.doRead(handler);
        } catch (SocketTimeoutException stalled) {
            tooSlow = true;
            throw stalled;
        }
    }

    private void refuseIfSlow() throws SocketTimeoutException {
        if (waitedInAll > longest.getAsLong()) {
            tooSlow = true;
            throw new SocketTimeoutException("The body takes too long.");
        }
        if (waited < patience) {
            return;
        }
        double seconds = (double) waited / Duration.ofSeconds(1).toNanos();
        if (received < minimumRate * seconds) {
            tooSlow = true;
            throw new SocketTimeoutException("The body is too slow.");
        }
        waited = 0;
        received = 0;
    }

    boolean isTooSlow() {
        return tooSlow;
    }

    long received() {
        return receivedInAll;
    }

    @Override
    public int available() {
        return wire.available();
    }
}
