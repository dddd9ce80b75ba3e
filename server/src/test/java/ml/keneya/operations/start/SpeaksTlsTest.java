package ml.keneya.operations.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;

class SpeaksTlsTest {

    private static final char[] PASSWORD = "of a test".toCharArray();

    @TempDir
    Path folder;

    @Test
    void usesANewCertificateWithoutARestart() throws Exception {
        certify("sante-un.ml");
        try (ServletWebServerApplicationContext server = start()) {
            int port = server.getWebServer().getPort();
            assertThat(nameShownAt(port)).isEqualTo("CN=sante-un.ml");

            certify("sante-deux.ml");

            Instant end = Instant.now().plus(Duration.ofSeconds(30));
            String name = nameShownAt(port);
            while (!name.equals("CN=sante-deux.ml") && Instant.now().isBefore(end)) {
                name = nameShownAt(port);
            }
            assertThat(name).isEqualTo("CN=sante-deux.ml");
        }
    }

    @Test
    void listensOnOtherAddressesThanLoopbackOnceItSpeaksTls() throws Exception {
        certify("sante-un.ml");
        try (ServletWebServerApplicationContext server = start("--server.address=0.0.0.0")) {
            assertThat(nameShownAt(server.getWebServer().getPort())).isEqualTo("CN=sante-un.ml");
        }
    }

    /** What is older Java itself refuses, on both sides. */
    @Test
    @DisplayName("C1: TLS 1.2 and 1.3")
    void speaksBothVersionsThatAreSafe() throws Exception {
        certify("sante-un.ml");
        try (ServletWebServerApplicationContext server = start()) {
            for (String version : List.of("TLSv1.2", "TLSv1.3")) {
                assertThat(shownAt(server.getWebServer().getPort(), version).getProtocol())
                        .isEqualTo(version);
            }
        }
    }

    @Test
    void doesNotStartWithoutTheKeyOrWithAFileThatIsNotThere() throws Exception {
        certify("sante-un.ml");

        assertThatThrownBy(() -> run("--keneya.tls.certificate=" + certificate()))
                .isInstanceOf(StartRefused.class);
        assertThatThrownBy(() -> run(
                        "--keneya.tls.certificate=" + certificate(),
                        "--keneya.tls.key=" + folder.resolve("nothing-here.pem")))
                .isInstanceOf(StartRefused.class);
    }

    private ServletWebServerApplicationContext start(String... more) {
        String[] arguments = new String[more.length + 2];
        System.arraycopy(more, 0, arguments, 0, more.length);
        arguments[more.length] = "--keneya.tls.certificate=" + certificate();
        arguments[more.length + 1] = "--keneya.tls.key=" + key();
        return run(arguments);
    }

    private static ServletWebServerApplicationContext run(String... arguments) {
        return (ServletWebServerApplicationContext) new SpringApplicationBuilder(OnlyAServer.class)
                .web(WebApplicationType.SERVLET)
                .properties("server.port=0", "spring.ssl.bundle.watch.file.quiet-period=100ms")
                .run(arguments);
    }

    private Path certificate() {
        return folder.resolve("certificate.pem");
    }

    private Path key() {
        return folder.resolve("key.pem");
    }

    /** Makes a key and a certificate that vouches for itself. */
    private void certify(String name) throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/keytool",
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=" + name,
                        "-alias",
                        "server",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        String.valueOf(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore made = KeyStore.getInstance("PKCS12");
        try (InputStream stream = Files.newInputStream(store)) {
            made.load(stream, PASSWORD);
        }
        // As a renewing program does: both at once, each whole.
        replace(key(), pem("PRIVATE KEY", made.getKey("server", PASSWORD).getEncoded()));
        replace(certificate(), pem("CERTIFICATE", made.getCertificate("server").getEncoded()));
    }

    private static void replace(Path file, String content) throws IOException {
        Path beside = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), content);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String pem(String kind, byte[] content) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + kind
                + "-----\n";
    }

    private static String nameShownAt(int port) throws IOException, GeneralSecurityException {
        X509Certificate shown =
                (X509Certificate) shownAt(port, "TLSv1.2", "TLSv1.3").getPeerCertificates()[0];
        return shown.getSubjectX500Principal().getName();
    }

    private static SSLSession shownAt(int port, String... versions) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustsWhoeverAnswers()}, null);
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.setEnabledProtocols(versions);
            socket.startHandshake();
            return socket.getSession();
        }
    }

    /** The test looks at the certificate itself. */
    private static final class TrustsWhoeverAnswers implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            throw new UnsupportedOperationException("Clients show none.");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            // Whichever it is.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    @SpringBootConfiguration
    @ImportAutoConfiguration({SslAutoConfiguration.class, ServletWebServerFactoryAutoConfiguration.class})
    static class OnlyAServer {}
}
