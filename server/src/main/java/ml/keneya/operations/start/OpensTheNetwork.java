package ml.keneya.operations.start;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Makes of our few settings of the network what Spring Boot calls by many names: TLS by a bundle that follows its
 * files, and whose forwarded headers are believed.
 */
class OpensTheNetwork implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

    /** The bundle's name, for whoever asks Boot for it. */
    private static final String BUNDLE = "keneya";

    private static final String PEM = "spring.ssl.bundle.pem." + BUNDLE;

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        ConfigurableEnvironment environment = event.getEnvironment();
        Binder binder = Binder.get(environment);
        Map<String, Object> properties = new HashMap<>();
        speakTls(binder.bindOrCreate("keneya.tls", TlsSettings.class), properties);
        trust(binder.bindOrCreate("keneya.network", NetworkSettings.class), properties);
        if (!properties.isEmpty()) {
            environment.getPropertySources().addFirst(new MapPropertySource("network", properties));
        }
    }

    private static void speakTls(TlsSettings settings, Map<String, Object> properties) {
        if (settings.certificate() == null && settings.key() == null) {
            return;
        }
        properties.put(PEM + ".keystore.certificate", readable(settings.certificate(), "keneya.tls.certificate"));
        properties.put(PEM + ".keystore.private-key", readable(settings.key(), "keneya.tls.key"));
        properties.put(PEM + ".reload-on-update", "true");
        properties.put(PEM + ".options.enabled-protocols", "TLSv1.3,TLSv1.2");
        properties.put("server.ssl.bundle", BUNDLE);
    }

    private static String readable(@Nullable Path file, String setting) {
        if (file == null) {
            throw new StartRefused(
                    "Pour TLS il faut un certificat et sa clé : " + setting + " manque.",
                    "TLS takes a certificate and its key: " + setting + " is missing.");
        }
        if (!Files.isReadable(file)) {
            throw new StartRefused(
                    "Le fichier " + file + " (" + setting + ") ne peut être lu.",
                    "File " + file + " (" + setting + ") cannot be read.");
        }
        return file.toAbsolutePath().toUri().toString();
    }

    private static void trust(NetworkSettings settings, Map<String, Object> properties) {
        if (settings.trustedProxies().isEmpty()) {
            return;
        }
        properties.put("server.forward-headers-strategy", "native");
        properties.put(
                "server.tomcat.remoteip.internal-proxies",
                settings.trustedProxies().stream().map(Pattern::quote).collect(Collectors.joining("|")));
    }
}
