package ml.keneya.intake;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A link between a clinic and the exchange that goes down after some bytes, in one direction or the other. Bytes that
 * were under way towards the exchange still arrive, as they do on a real link.
 */
final class BreakingLink implements AutoCloseable {

    /** More than a small bundle with its headers, so that some tries get through. */
    private static final int MOST_OUT = 4_000;

    private static final int MOST_BACK = 2_500;

    private final ServerSocket door;
    private final URI beyond;
    private final Random chance;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private boolean breaksOut;

    private BreakingLink(ServerSocket door, URI beyond, Random chance) {
        this.door = door;
        this.beyond = beyond;
        this.chance = chance;
    }

    static BreakingLink to(URI beyond, Random chance) throws IOException {
        BreakingLink link = new BreakingLink(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), beyond, chance);
        link.threads.submit(link::serve);
        return link;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + door.getLocalPort() + beyond.getPath());
    }

    /** The next connection breaks in the other direction. */
    synchronized void heals() {
        breaksOut = !breaksOut;
    }

    private synchronized int bytesOut() {
        return breaksOut ? chance.nextInt(MOST_OUT) : Integer.MAX_VALUE;
    }

    private synchronized int bytesBack() {
        return breaksOut ? Integer.MAX_VALUE : chance.nextInt(MOST_BACK);
    }

    private void serve() {
        while (!door.isClosed()) {
            try {
                Socket clinic = door.accept();
                Socket exchange = new Socket(beyond.getHost(), beyond.getPort());
                int out = bytesOut();
                int back = bytesBack();
                threads.submit(() -> carry(clinic, exchange, out));
                threads.submit(() -> carry(exchange, clinic, back));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void carry(Socket from, Socket to, int most) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[512];
            int left = most;
            int read = in.read(buffer);
            while (read > 0 && left > 0) {
                out.write(buffer, 0, Math.min(read, left));
                out.flush();
                left -= read;
                read = left > 0 ? in.read(buffer) : -1;
            }
        } catch (IOException down) {
            // That is what this link is for.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        threads.shutdownNow();
    }
}
