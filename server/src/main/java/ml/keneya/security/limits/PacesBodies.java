package ml.keneya.security.limits;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;
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
    private static final long MOST_THROWN_AWAY = DataSize.ofMegabytes(64).toBytes();

    private final SlowBodiesSettings settings;
    private final LongSupplier clock;

    PacesBodies(SlowBodiesSettings settings, LongSupplier clock) {
        super(true);
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        org.apache.coyote.Request wire = request.getCoyoteRequest();
        InputBuffer unpaced = wire.getInputBuffer();
        PacedInput paced = new PacedInput(unpaced, settings, clock);
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
            throwAwayTheRest(wire, paced);
        }
    }

    private static boolean mayHaveMore(org.apache.coyote.Request wire, PacedInput paced) {
        if (wire.hasExpectation() && paced.received() == 0) {
            // It waits to be asked for its body; the container closes the connection.
            return false;
        }
        long length = wire.getContentLengthLong();
        return length > paced.received() || length < 0 && wire.getHeader("Transfer-Encoding") != null;
    }

    private static void throwAwayTheRest(org.apache.coyote.Request wire, PacedInput paced) {
        Nowhere nowhere = new Nowhere();
        try {
            while (wire.getContentLengthLong() - paced.received() <= MOST_THROWN_AWAY
                    && paced.received() <= MOST_THROWN_AWAY) {
                if (paced.doRead(nowhere) < 0) {
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
