package ml.keneya.security.limits;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.StreamedBodies;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.springframework.util.unit.DataSize;

/**
 * Lets no body hold a thread that does not really arrive: whatever reads it, a filter, the container with its forms, or
 * nobody at all, when the rest of a refused request is read and thrown away. It stands in the container because there
 * alone all three pass.
 */
class PacesBodies extends ValveBase {

    /** As in {@code max-swallow-size}: so much of a refused body is read, so that its sender hears why. */
    private static final DataSize REST_OF_CALLERS = DataSize.ofMegabytes(64);

    /** Anybody can have a request refused. */
    private static final DataSize REST_OF_STRANGERS = DataSize.ofMegabytes(1);

    private final SlowBodiesSettings settings;
    private final LongSupplier clock;
    private final Semaphore restsOfCallers;
    private final Semaphore restsOfStrangers;

    /** @param clock nanoseconds, from any beginning */
    PacesBodies(SlowBodiesSettings settings, LongSupplier clock) {
        super(true);
        this.settings = settings;
        this.clock = clock;
        this.restsOfCallers = new Semaphore(settings.refusedAtOnce());
        this.restsOfStrangers = new Semaphore(settings.refusedAtOnce());
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        org.apache.coyote.Request wire = request.getCoyoteRequest();
        InputBuffer unpaced = wire.getInputBuffer();
        PacedInput paced = new PacedInput(unpaced, settings, () -> longest(request), clock);
        wire.setInputBuffer(paced);
        try {
            getNext().invoke(request, response);
        } finally {
            // The container uses its request again for the next one on this connection.
            wire.setInputBuffer(unpaced);
        }
        if (paced.isTooSlow()) {
            breakOff(wire);
        } else if (mayHaveMore(wire, paced)) {
            response.finishResponse();
            throwAwayTheRest(wire, unpaced, paced.received(), isOfCaller(request));
        }
    }

    private long longest(Request request) {
        if (!isOfCaller(request)) {
            return settings.longestOfStrangers().toNanos();
        }
        return StreamedBodies.isExpectedIn(request)
                ? Long.MAX_VALUE
                : settings.longest().toNanos();
    }

    private static boolean isOfCaller(HttpServletRequest request) {
        return Caller.broughtBy(request)
                .filter(caller -> caller.role() != Caller.Role.ANONYMOUS)
                .isPresent();
    }

    private static boolean mayHaveMore(org.apache.coyote.Request wire, PacedInput paced) {
        if (wire.hasExpectation() && paced.received() == 0) {
            // It waits to be asked for its body; the container closes the connection.
            return false;
        }
        long length = wire.getContentLengthLong();
        return length > paced.received() || length < 0 && wire.getHeader("Transfer-Encoding") != null;
    }

    private void throwAwayTheRest(
            org.apache.coyote.Request wire, InputBuffer unpaced, long received, boolean ofCaller) {
        Semaphore places = ofCaller ? restsOfCallers : restsOfStrangers;
        if (!places.tryAcquire()) {
            breakOff(wire);
            return;
        }
        try {
            throwAway(wire, unpaced, received, ofCaller);
        } finally {
            places.release();
        }
    }

    private void throwAway(org.apache.coyote.Request wire, InputBuffer unpaced, long received, boolean ofCaller) {
        long most = (ofCaller ? REST_OF_CALLERS : REST_OF_STRANGERS).toBytes();
        Duration longest = ofCaller ? settings.patience().multipliedBy(2) : settings.longestOfStrangers();
        PacedInput rest = new PacedInput(unpaced, settings, longest::toNanos, clock);
        Nowhere nowhere = new Nowhere();
        try {
            while (wire.getContentLengthLong() - received - rest.received() <= most && rest.received() <= most) {
                if (rest.doRead(nowhere) < 0) {
                    return;
                }
            }
            breakOff(wire);
        } catch (IOException tooSlowOrGone) {
            breakOff(wire);
        }
    }

    /** What is still to come is not waited for: the connection ends with this answer. */
    private static void breakOff(org.apache.coyote.Request wire) {
        wire.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
    }

    private static final class Nowhere implements ApplicationBufferHandler {

        private ByteBuffer buffer = EMPTY_BUFFER;

        @Override
        public void setByteBuffer(ByteBuffer bytes) {
            this.buffer = bytes;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return buffer;
        }

        @Override
        public void expand(int size) {
            // Whoever gives bytes brings its own buffer.
        }
    }
}
