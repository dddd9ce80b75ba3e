package ml.keneya.export.upload;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether this server is for trying out.
 *
 * @param sandbox it then may fetch files from its own machine, without TLS
 */
@ConfigurationProperties("keneya")
record TryingOutSettings(@DefaultValue("false") boolean sandbox) {}
