package ml.keneya.security.limits;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much one client may ask for. A clinic that comes back after weeks offline sends some thousand bundles one after
 * the other and meets none of these limits; a program that runs wild does.
 *
 * @param requestsPerMinute of one client in the long run; who shows no token counts by its address
 * @param burst requests without a pause of a client that was quiet before
 * @param concurrent requests of one client at the same time
 * @param localRequestsPerMinute of whoever sits at the machine, all programs together, a minute's worth at once
 * @param localConcurrent requests at the same time of whoever sits at the machine; below the threads of the server, so
 *     that others still get in
 * @param failures proofs of one client from one address that were refused, in a minute
 * @param failuresPerAddress the same for one address, behind which many clinics may be
 * @param loginsPerAddress login forms of one address in a minute; three minutes' worth at once
 */
@ConfigurationProperties("keneya.client-limits")
record ClientLimitsSettings(
        @DefaultValue("1200") int requestsPerMinute,
        @DefaultValue("6000") int burst,
        @DefaultValue("16") int concurrent,
        @DefaultValue("300000") int localRequestsPerMinute,
        @DefaultValue("150") int localConcurrent,
        @DefaultValue("20") int failures,
        @DefaultValue("600") int failuresPerAddress,
        @DefaultValue("100") int loginsPerAddress) {}
