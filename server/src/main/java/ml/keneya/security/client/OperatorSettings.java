package ml.keneya.security.client;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Who manages clients.
 *
 * @param operatorKeyFile holds the key that {@code ./keneya client} shows; {@code operator-key} in the data folder
 *     unless given
 */
@ConfigurationProperties("keneya.security")
record OperatorSettings(@Nullable Path operatorKeyFile) {}
