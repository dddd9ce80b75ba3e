package ml.keneya.test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A request that no library would send, over a connection of its own, and whatever is answered to it. */
final class RawRequest {

    private static final int LONGEST_SILENCE = (int) Duration.ofMinutes(2).toMillis();

    private final URI link;
    private final String head;
    private final byte[] body;
    private final @Nullable String id;

    /** @param head the line of the request and its headers, each with its end */
    RawRequest(URI link, String head, byte[] body) {
        this.link = link;
        this.body = body;
        boolean named = head.toLowerCase(Locale.ROOT).contains("\n" + Watch.REQUEST_ID.toLowerCase(Locale.ROOT) + ":");
        this.id = named || Watch.current().isEmpty() ? null : Watch.newId();
        boolean callsTheServer = head.contains("\nHost:");
        this.head = head
                + (callsTheServer ? "" : "Host: " + link.getAuthority() + "\r\n")
                + (id == null ? "" : Watch.REQUEST_ID + ": " + id + "\r\n")
                + "Connection: close\r\n\r\n";
    }

    /** @return everything that came before the connection ended */
    String send() {
        long sent = System.nanoTime();
        String answer = exchanged();
        Duration took = Duration.ofNanos(System.nanoTime() - sent);
        Watch.current().filter(watch -> !answer.isEmpty()).ifPresent(watch -> watch.saw(read(answer, took)));
        return answer;
    }

    private String exchanged() {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket = new Socket(link.getHost(), link.getPort())) {
            socket.setSoTimeout(LONGEST_SILENCE);
            try {
                OutputStream out = socket.getOutputStream();
                out.write(head.getBytes(StandardCharsets.UTF_8));
                out.write(body);
                out.flush();
                InputStream in = socket.getInputStream();
                byte[] buffer = new byte[8_192];
                for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                    answer.write(buffer, 0, read);
                }
            } catch (SocketException hungUp) {
                // It may; what has arrived counts.
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    private WatchedAnswer read(String answer, Duration took) {
        String[] parts = answer.split("\r\n\r\n", 2);
        String[] lines = parts[0].split("\r\n");
        Map<String, String> headers = headersIn(lines);
        String[] asked = head.split("[ \r\n]", 3);
        String content = parts.length == 1 ? "" : parts[1];
        return new WatchedAnswer(
                new WatchedAnswer.Asked(asked[0], asked[1]),
                headersIn(head.split("\r\n")).getOrDefault("Accept", ""),
                id,
                Integer.parseInt(lines[0].split(" ")[1]),
                headers::get,
                "chunked".equals(headers.get("Transfer-Encoding")) ? inOnePiece(content) : content,
                took);
    }

    /** @param lines behind the first, which is none */
    private static Map<String, String> headersIn(String[] lines) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int line = 1; line < lines.length; line++) {
            String[] header = lines[line].split(": ?", 2);
            headers.put(header[0], header[header.length - 1]);
        }
        return headers;
    }

    /**
     * Letters are not bytes, but where a piece ends only its last line tells of more, which is all that is taken away.
     */
    private static String inOnePiece(String chunked) {
        return chunked.replaceAll("(^|\r\n)[0-9a-fA-F]{1,8}\r\n", "").stripTrailing();
    }
}
