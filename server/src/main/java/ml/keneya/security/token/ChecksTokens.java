package ml.keneya.security.token;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.time.Duration;
import java.util.Optional;
import ml.keneya.fhir.Caller;
import ml.keneya.security.access.Scopes;
import ml.keneya.security.client.Client;
import ml.keneya.security.client.Clients;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.stereotype.Component;

/** Finds out from an access token who is calling. */
@Component
class ChecksTokens {

    /** How far apart the clocks of two copies of the server may be. */
    private static final Duration LEEWAY = Duration.ofMinutes(1);

    private final NimbusJwtDecoder decoder;
    private final Clients clients;

    ChecksTokens(JWKSource<SecurityContext> keys, Clients clients) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType(WritesTokens.TYPE)));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.ES384, keys));
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        this.decoder = new NimbusJwtDecoder(processor);
        this.decoder.setJwtValidator(new JwtTimestampValidator(LEEWAY));
        this.clients = clients;
    }

    /** Who holds a good token, and what it may be used for. */
    record Holder(Caller caller, Scopes scopes) {}

    /**
     * @param audience whom the token must be for
     * @param purpose what the request says it is for
     * @return nothing when the token is not good, for whatever reason
     */
    Optional<Holder> check(String token, String issuer, String audience, @Nullable String purpose) {
        Jwt read;
        try {
            read = decoder.decode(token);
        } catch (JwtException bad) {
            return Optional.empty();
        }
        boolean forUs = read.getExpiresAt() != null
                && issuer.equals(read.getClaimAsString("iss"))
                && read.getAudience() != null
                && read.getAudience().contains(audience);
        Optional<Scopes> scopes =
                Optional.ofNullable(read.getClaimAsString(WritesTokens.SCOPE)).flatMap(Scopes::parse);
        Optional<Client> client = Optional.ofNullable(read.getSubject()).flatMap(clients::find);
        return forUs && scopes.isPresent()
                ? client.filter(known -> isAsIssued(known, read))
                        .map(known -> new Holder(known.asCaller(purpose), scopes.get()))
                : Optional.empty();
    }

    /** A client whose role or facility was changed since must ask for another token. */
    private static boolean isAsIssued(Client client, Jwt token) {
        String facility = token.getClaimAsString(WritesTokens.FACILITY);
        return client.role().name().equals(token.getClaimAsString(WritesTokens.ROLE))
                && (client.facility() == null
                        ? facility == null
                        : client.facility().equals(facility));
    }
}
