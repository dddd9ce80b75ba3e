package ml.keneya.operations;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
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

    @EventListener
    void on(ApplicationReadyEvent event) throws IOException {
        if (event.getApplicationContext() instanceof WebServerApplicationContext context) {
            String host = InetAddress.getLoopbackAddress().getHostAddress();
            String base = "http://" + host + ":" + context.getWebServer().getPort() + BASE;
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

    private static int status(URI address) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setConnectTimeout((int) PATIENCE.toMillis());
        connection.setReadTimeout((int) PATIENCE.toMillis());
        connection.setRequestProperty("Accept", "application/fhir+json");
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }
}
