package ml.keneya.operations.start;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the server's certificate is; without one it speaks no TLS.
 *
 * @param certificate PEM file of the certificate and what it takes to trust it, read again when it changes
 * @param key PEM file of its private key, unencrypted and readable by the server alone
 */
@ConfigurationProperties("keneya.tls")
record TlsSettings(@Nullable Path certificate, @Nullable Path key) {

    boolean isGiven() {
        return certificate != null;
    }
}
