package ml.keneya.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;

/**
 * Where the server under test hands its mails over: a port on which nobody listens unless a test does. Only the north
 * has lists, so that the alerts of other tests are sent to nobody.
 */
public final class TestMail {

    public static final int PORT = aPort();
    public static final String FROM = "alertes@keneya.example";
    public static final List<String> OF_REGION = List.of("region@kidal.example", "epidemiologie@kidal.example");
    public static final List<String> OF_CERCLE = List.of("cercle@kidal.example");

    private TestMail() {}

    static Map<String, Object> properties() {
        return Map.of(
                "keneya.mail.host",
                "127.0.0.1",
                "keneya.mail.port",
                PORT,
                "keneya.mail.protection",
                "none",
                "keneya.mail.from",
                FROM,
                "keneya.mail.recipients.ml08",
                String.join(",", OF_REGION),
                "keneya.mail.recipients.ml0801",
                String.join(",", OF_CERCLE));
    }

    private static int aPort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }
}
