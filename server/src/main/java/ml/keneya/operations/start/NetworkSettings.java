package ml.keneya.operations.start;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who can reach the exchange, and by which way.
 *
 * @param exposed set only where something in front of the exchange decides who reaches it, such as a container whose
 *     port is published on the host's loopback address, or a proxy that speaks TLS
 * @param trustedProxies addresses of proxies whose {@code X-Forwarded-…} headers are believed; all others are ignored
 */
@ConfigurationProperties("keneya.network")
record NetworkSettings(boolean exposed, @DefaultValue List<String> trustedProxies) {}
