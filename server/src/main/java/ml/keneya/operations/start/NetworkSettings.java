package ml.keneya.operations.start;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Who can reach the exchange.
 *
 * @param exposed set only where something in front of the exchange decides who reaches it, such as a container whose
 *     port is published on the host's loopback address
 */
@ConfigurationProperties("keneya.network")
record NetworkSettings(boolean exposed) {}
