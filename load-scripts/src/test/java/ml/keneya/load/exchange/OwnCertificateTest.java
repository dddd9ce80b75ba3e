package ml.keneya.load.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On its own machine an exchange is known by its certificate, whatever name that bears; elsewhere it is not. */
class OwnCertificateTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    Path folder;

    private final List<HttpsServer> servers = new ArrayList<>();
    private int port;

    @BeforeEach
    void serveUnderAnotherName() throws Exception {
        KeyStore store = made("exchange");
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        port = serve("127.0.0.1", 0, context);
        // This machine too, but no address by which the programs know it.
        serve("127.0.0.2", port, context);
    }

    private int serve(String host, int port, SSLContext context) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(host, port), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        servers.add(server);
        return server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void isEnoughOnThisMachine() throws Exception {
        Path own = pem("exchange");

        assertThat(asked("127.0.0.1", own)).isEqualTo(204);
        assertThat(asked("localhost", own)).isEqualTo(204);
    }

    @Test
    void isNotEnoughElsewhere() throws Exception {
        Path own = pem("exchange");

        assertThatThrownBy(() -> asked("127.0.0.2", own)).isInstanceOf(SSLException.class);
    }

    @Test
    void isNoOther() throws Exception {
        made("another");
        Path another = pem("another");
        Path none = Files.writeString(folder.resolve("none.pem"), "");

        assertThatThrownBy(() -> asked("127.0.0.1", another)).isInstanceOf(SSLException.class);
        assertThatThrownBy(() -> asked("127.0.0.1", none)).isInstanceOf(SSLException.class);
        assertThatThrownBy(() -> asked("127.0.0.1", folder.resolve("missing.pem")))
                .isInstanceOf(SSLException.class);
    }

    private int asked(String host, Path certificate) throws IOException, InterruptedException {
        URI address = URI.create("https://" + host + ":" + port + "/");
        return OwnCertificate.trusted(certificate)
                .build()
                .send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
                .statusCode();
    }

    private KeyStore made(String name) throws Exception {
        Path file = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/keytool",
                        "-genkeypair",
                        "-keystore",
                        file.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-alias",
                        name,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=exchange.example.org",
                        "-ext",
                        "san=dns:exchange.example.org")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream stored = Files.newInputStream(file)) {
            store.load(stored, PASSWORD);
        }
        return store;
    }

    private Path pem(String name) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream stored = Files.newInputStream(folder.resolve(name + ".p12"))) {
            store.load(stored, PASSWORD);
        }
        String certificate = Base64.getMimeEncoder()
                .encodeToString(store.getCertificate(name).getEncoded());
        return Files.writeString(
                folder.resolve(name + ".pem"),
                "-----BEGIN CERTIFICATE-----\n" + certificate + "\n-----END CERTIFICATE-----\n");
    }
}
