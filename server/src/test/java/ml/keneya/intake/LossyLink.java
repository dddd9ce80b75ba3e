package ml.keneya.intake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A link that brings every request whole, waits until the exchange has answered all of it, and then loses as much of
 * the answer as it is told. One request for each connection, with a {@code Content-Length}.
 */
final class LossyLink implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: *(\\d+)\r\n");
    private static final String END_OF_HEADERS = "\r\n\r\n";

    private final ServerSocket door;
    private final URI beyond;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final List<String> answers = new CopyOnWriteArrayList<>();
    private volatile ToIntFunction<byte[]> bytesThatArrive = answer -> answer.length;

    private LossyLink(ServerSocket door, URI beyond) {
        this.door = door;
        this.beyond = beyond;
    }

    static LossyLink to(URI beyond) throws IOException {
        LossyLink link = new LossyLink(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), beyond);
        link.thread.submit(link::serve);
        return link;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + door.getLocalPort() + beyond.getPath());
    }

    /** @param bytes of an answer, headers and all, that still arrive */
    void lose(ToIntFunction<byte[]> bytes) {
        bytesThatArrive = bytes;
    }

    /** What the exchange answered, headers and all, whatever of it arrived. */
    List<String> answers() {
        return answers;
    }

    private void serve() {
        while (!door.isClosed()) {
            try (Socket clinic = door.accept()) {
                byte[] answer = answerOf(requestFrom(clinic.getInputStream()));
                answers.add(new String(answer, StandardCharsets.UTF_8));
                int arrive = bytesThatArrive.applyAsInt(answer);
                clinic.getOutputStream().write(answer, 0, arrive);
                clinic.getOutputStream().flush();
            } catch (IOException closed) {
                // The door, at the end; or a clinic that has gone, whose next try says what is missing.
            }
        }
    }

    /** Read until the exchange closes, so that nothing of what it does for this request is still to come. */
    private byte[] answerOf(byte[] request) throws IOException {
        try (Socket exchange = new Socket(beyond.getHost(), beyond.getPort())) {
            exchange.getOutputStream().write(request);
            exchange.getOutputStream().flush();
            return exchange.getInputStream().readAllBytes();
        }
    }

    private static byte[] requestFrom(InputStream in) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        String head = "";
        while (!head.endsWith(END_OF_HEADERS)) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("The clinic has gone.");
            }
            request.write(next);
            head = request.toString(StandardCharsets.ISO_8859_1);
        }
        Matcher length = LENGTH.matcher(head);
        if (!length.find()) {
            throw new IOException("A request without Content-Length.");
        }
        byte[] body = in.readNBytes(Integer.parseInt(length.group(1)));
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(head.replaceFirst(END_OF_HEADERS, "\r\nConnection: close" + END_OF_HEADERS)
                .getBytes(StandardCharsets.ISO_8859_1));
        whole.write(body);
        return whole.toByteArray();
    }

    @Override
    public void close() throws IOException {
        door.close();
        thread.shutdownNow();
    }
}
