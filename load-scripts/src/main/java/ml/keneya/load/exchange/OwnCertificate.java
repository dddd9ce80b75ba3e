package ml.keneya.load.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Lets a program on the machine of the exchange speak TLS with it. There it is called by a loopback name, which no
 * certificate for the public bears; so on loopback, and there alone, the very certificate that the exchange was given
 * is enough. Everywhere else the rules of Java hold.
 */
public final class OwnCertificate {
    private static final Set<String> HERE = Set.of("127.0.0.1", "::1", "[::1]", "0:0:0:0:0:0:0:1", "localhost");

    private OwnCertificate() {}

    /** As the environment has it, which is where the exchange reads it too. */
    public static HttpClient.Builder trusted() {
        String file = System.getenv().getOrDefault("KENEYA_TLS_CERTIFICATE", "");
        return file.isBlank() ? HttpClient.newBuilder() : trusted(Path.of(file));
    }

    /** @param file PEM, the certificate itself first; one that cannot be read is no reason to trust anybody */
    static HttpClient.Builder trusted(Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            Certificate own = CertificateFactory.getInstance("X.509").generateCertificates(pem).stream()
                    .findFirst()
                    .orElseThrow(CertificateException::new);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new OwnOrUsual(own, usual())}, null);
            return HttpClient.newBuilder().sslContext(context);
        } catch (IOException | GeneralSecurityException unreadable) {
            return HttpClient.newBuilder();
        }
    }

    private static X509ExtendedTrustManager usual() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        for (TrustManager each : factory.getTrustManagers()) {
            if (each instanceof X509ExtendedTrustManager usual) {
                return usual;
            }
        }
        throw new GeneralSecurityException("This Java trusts nobody.");
    }

    private static final class OwnOrUsual extends X509ExtendedTrustManager {
        private final Certificate own;
        private final X509ExtendedTrustManager usual;

        OwnOrUsual(Certificate own, X509ExtendedTrustManager usual) {
            this.own = own;
            this.usual = usual;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            boolean here = HERE.contains(String.valueOf(engine.getPeerHost()));
            if (here && chain.length > 0 && own.equals(chain[0])) {
                chain[0].checkValidity();
            } else {
                usual.checkServerTrusted(chain, type, engine);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            usual.checkServerTrusted(chain, type, socket);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            usual.checkServerTrusted(chain, type);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            usual.checkClientTrusted(chain, type, engine);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            usual.checkClientTrusted(chain, type, socket);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            usual.checkClientTrusted(chain, type);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return usual.getAcceptedIssuers();
        }
    }
}
