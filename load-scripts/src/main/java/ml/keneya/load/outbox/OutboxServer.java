package ml.keneya.load.outbox;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import ml.keneya.load.exchange.FhirBase;
import ml.keneya.load.tokens.Credentials;
import org.jspecify.annotations.Nullable;

/**
 * The exchange to which an outbox sends, and as whom.
 *
 * @param base its FHIR address
 * @param credentials {@link ml.keneya.load.tokens.BackendService}, or {@link Credentials#NONE}
 * @param facility code of the site that sends, for an exchange without access control; else nothing, because the token
 *     tells it
 * @param limit how long one request and its whole answer may take; a full bundle over 2G takes minutes
 * @param language of the explanations, French or English
 */
public record OutboxServer(
        FhirBase base, Credentials credentials, @Nullable String facility, Duration limit, Locale language) {
    public static final Duration USUAL_LIMIT = Duration.ofMinutes(10);

    /**
     * With the usual patience, in French.
     *
     * @throws IllegalArgumentException when this is not the address of a FHIR server
     */
    public static OutboxServer at(URI base, Credentials credentials) {
        return new OutboxServer(new FhirBase(base), credentials, null, USUAL_LIMIT, Locale.FRENCH);
    }
}
