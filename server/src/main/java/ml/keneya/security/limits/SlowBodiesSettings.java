package ml.keneya.security.limits;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How slowly a body may arrive. A clinic on 2G brings 1 kB in a second.
 *
 * @param minimumRate bytes in a second, on average over each time of patience
 * @param patience how long the server waits for a body, added up, before it looks at the rate; then it begins anew
 * @param longest how long the server waits in all for a body of a caller that it knows; bulk uploads have no such end
 * @param longestOfStrangers the same before anybody is known: forms for tokens and logins, and whatever is refused
 * @param refusedAtOnce connections whose rest is read after a refusal at the same time; that of others is broken off
 */
@ConfigurationProperties("keneya.slow-bodies")
record SlowBodiesSettings(
        @DefaultValue("200B") DataSize minimumRate,
        @DefaultValue("30s") Duration patience,
        @DefaultValue("1h") Duration longest,
        @DefaultValue("30s") Duration longestOfStrangers,
        @DefaultValue("20") int refusedAtOnce) {}
