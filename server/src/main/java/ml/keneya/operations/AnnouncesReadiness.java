package ml.keneya.operations;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Asks the exchange for its capabilities as a client would and says how long the process took until it could answer.
 * Boot reports readiness only after this, so that no client is the one that pays for the first answer.
 */
@Component
class AnnouncesReadiness {

    private static final Logger log = LoggerFactory.getLogger(AnnouncesReadiness.class);

    private static final String BASE = "/fhir";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final @Nullable SslBundle bundle;

    AnnouncesReadiness(Environment environment, SslBundles bundles) {
        String name = environment.getProperty("server.ssl.bundle");
        this.bundle = name == null ? null : bundles.getBundle(name);
    }

    @EventListener
    void on(ApplicationReadyEvent event) throws IOException {
        if (event.getApplicationContext() instanceof WebServerApplicationContext context) {
            String host = InetAddress.getLoopbackAddress().getHostAddress();
            String scheme = bundle == null ? "http://" : "https://";
            String base = scheme + host + ":" + context.getWebServer().getPort() + BASE;
            announce(base, status(URI.create(base + "/metadata")));
        }
    }

    private static void announce(String base, int status) {
        if (status != HttpURLConnection.HTTP_OK) {
            log.error("Not ready: {}/metadata answers {}.", base, status);
            return;
        }
        double seconds = ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0;
        log.info(
                "Ready: first /fhir/metadata after {} s (process start) on {}",
                String.format(Locale.ROOT, "%.1f", seconds),
                base);
    }

    private int status(URI address) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        if (connection instanceof HttpsURLConnection encrypted && bundle != null) {
            // The certificate names the exchange as clients know it; here it must be ours, whatever it names.
            encrypted.setSSLSocketFactory(trusting(bundle).getSocketFactory());
            encrypted.setHostnameVerifier((name, session) -> true);
        }
        connection.setConnectTimeout((int) PATIENCE.toMillis());
        connection.setReadTimeout((int) PATIENCE.toMillis());
        connection.setRequestProperty("Accept", "application/fhir+json");
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }

    /** Trusts this server's own certificates and no other. */
    private static SSLContext trusting(SslBundle bundle) throws IOException {
        try {
            KeyStore own = bundle.getStores().getKeyStore();
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null);
            for (String alias : Collections.list(own.aliases())) {
                trusted.setCertificateEntry(alias, own.getCertificate(alias));
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException unusable) {
            throw new IOException("The certificate cannot be used.", unusable);
        }
    }
}
