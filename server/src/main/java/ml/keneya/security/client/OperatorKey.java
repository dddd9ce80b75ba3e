package ml.keneya.security.client;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Proves that whoever manages clients, people and keys can read the data folder: a file for its owner's eyes only, made
 * at the first use.
 */
@Component
public class OperatorKey {

    /** The header that shows it. */
    public static final String HEADER = "Keneya-Operator-Key";

    private static final Logger log = LoggerFactory.getLogger(OperatorKey.class);
    private static final int BYTES = 32;

    private final Path file;

    OperatorKey(Environment environment, OperatorSettings settings) {
        Path data = Path.of(environment.getProperty("keneya.data", "data"));
        this.file = settings.operatorKeyFile() == null ? data.resolve("operator-key") : settings.operatorKeyFile();
    }

    /** There before anybody needs it; where it cannot be made, the exchange works and clients cannot be managed. */
    @EventListener(ApplicationReadyEvent.class)
    void makeAtStart() {
        try {
            key();
        } catch (UncheckedIOException impossible) {
            log.warn("The operator's key cannot be made: clients cannot be managed on this server.");
        }
    }

    /** Whether a request comes from this machine and shows the key. */
    public boolean opens(HttpServletRequest request) {
        return isLoopback(request.getRemoteAddr()) && is(request.getHeader(HEADER));
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException unreadable) {
            return false;
        }
    }

    private boolean is(@Nullable String given) {
        return given != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), key().getBytes(StandardCharsets.UTF_8));
    }

    /** Read each time, so that an operator replaces the key by deleting the file. */
    private String key() {
        try {
            if (!Files.exists(file)) {
                make();
            }
            String key = Files.readString(file).strip();
            if (key.isEmpty()) {
                throw new IOException("The file of the operator's key is empty.");
            }
            return key;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The operator's key cannot be read or made.", unreadable);
        }
    }

    private void make() throws IOException {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path fresh = Files.createTempFile(
                file.toAbsolutePath().getParent(),
                "operator-key",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n");
        try {
            Files.move(fresh, file);
        } catch (FileAlreadyExistsException madeMeanwhile) {
            Files.delete(fresh);
        }
    }
}
