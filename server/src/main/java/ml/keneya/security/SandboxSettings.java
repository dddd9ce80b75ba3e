package ml.keneya.security;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether this server is for trying out.
 *
 * @param sandbox it then gives out credentials that end by themselves, to whoever shows the operator's key
 */
@ConfigurationProperties("keneya")
record SandboxSettings(@DefaultValue("false") boolean sandbox) {}
