package ml.keneya.intake;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * A link between a clinic and the exchange that is slow, in both directions, and may go down. It paces itself by the
 * bytes that pass; whoever sends over it needs no clock.
 */
final class NarrowLink implements AutoCloseable {

    /** So much travels at once, as in one packet of a telephone network. */
    private static final int PACKET = 256;

    private final ServerSocket door;
    private final URI beyond;
    private final Pace pace;
    private final IntSupplier bytesUntilItBreaks;
    private final AtomicInteger connections = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private NarrowLink(ServerSocket door, URI beyond, Pace pace, IntSupplier bytesUntilItBreaks) {
        this.door = door;
        this.beyond = beyond;
        this.pace = pace;
        this.bytesUntilItBreaks = bytesUntilItBreaks;
    }

    /** How long bytes take. */
    interface Pace {

        /** Until the first byte of something is at the other end. */
        void travel();

        /** Until so many more bytes have followed. */
        void follow(int bytes);
    }

    static NarrowLink to(URI beyond, Pace pace) throws IOException {
        return to(beyond, pace, () -> Integer.MAX_VALUE);
    }

    /** @param bytesUntilItBreaks asked anew for each connection: after so many, both ends see a reset */
    static NarrowLink to(URI beyond, Pace pace, IntSupplier bytesUntilItBreaks) throws IOException {
        NarrowLink link = new NarrowLink(
                new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), beyond, pace, bytesUntilItBreaks);
        link.threads.submit(link::serve);
        return link;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + door.getLocalPort() + beyond.getPath());
    }

    int connections() {
        return connections.get();
    }

    private void serve() {
        while (!door.isClosed()) {
            try {
                Socket clinic = door.accept();
                connections.incrementAndGet();
                threads.submit(() -> connect(clinic));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket clinic) {
        try {
            // There and back, before the first byte of a request may go.
            pace.travel();
            pace.travel();
            Socket exchange = new Socket(beyond.getHost(), beyond.getPort());
            AtomicInteger left = new AtomicInteger(bytesUntilItBreaks.getAsInt());
            threads.submit(() -> carry(clinic, exchange, left));
            threads.submit(() -> carry(exchange, clinic, left));
        } catch (IOException down) {
            reset(clinic);
        }
    }

    private void carry(Socket from, Socket to, AtomicInteger left) {
        byte[] packet = new byte[PACKET];
        try {
            InputStream in = from.getInputStream();
            boolean idle = in.available() == 0;
            for (int read = in.read(packet); read > 0; read = in.read(packet)) {
                if (idle) {
                    pace.travel();
                }
                pace.follow(read);
                int may = Math.max(0, Math.min(read, left.getAndAdd(-read)));
                if (!isWritten(packet, may, to)) {
                    // Nobody listens there any more; what is under way in the other direction still arrives.
                    return;
                }
                if (may < read) {
                    reset(from);
                    reset(to);
                    return;
                }
                idle = in.available() == 0;
            }
            to.shutdownOutput();
        } catch (IOException down) {
            reset(from);
            reset(to);
        }
    }

    private static boolean isWritten(byte[] packet, int bytes, Socket to) {
        try {
            to.getOutputStream().write(packet, 0, bytes);
            return true;
        } catch (IOException gone) {
            return false;
        }
    }

    /** The other end gets an error, not an end. */
    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException gone) {
            // Then it is down already.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        threads.shutdownNow();
    }
}
