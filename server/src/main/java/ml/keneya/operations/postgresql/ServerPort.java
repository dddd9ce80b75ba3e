package ml.keneya.operations.postgresql;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/** The port of the delivered PostgreSQL: any free one, and the same again at the next start when it is still free. */
final class ServerPort {

    private static final int ANY = 0;

    private ServerPort() {}

    static int rememberedIn(Path file) throws IOException {
        OptionalInt remembered = read(file);
        int port = remembered.isPresent() && isFree(remembered.getAsInt()) ? remembered.getAsInt() : bind(ANY);
        if (remembered.isEmpty() || remembered.getAsInt() != port) {
            // Not otherwise: on a full disk it would be empty afterwards.
            Files.writeString(file, Integer.toString(port));
        }
        return port;
    }

    private static OptionalInt read(Path file) throws IOException {
        String text = Files.exists(file) ? Files.readString(file).strip() : "";
        return text.matches("\\d{1,5}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }

    static boolean isFree(int port) {
        try {
            return bind(port) == port;
        } catch (IOException exception) {
            return false;
        }
    }

    private static int bind(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket.getLocalPort();
        }
    }
}
