package ml.keneya.security.issuer;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import java.text.ParseException;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.security.Reason;
import ml.keneya.security.client.Outsider;
import ml.keneya.security.client.Outsiders;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.stereotype.Component;

/** Finds out who shows a token of the other issuer; without an issuer in the settings nobody can. */
@Component
public class OutsideTokens {

    private final IssuerSettings settings;
    private final PlacesOutsiders places;
    private final Outsiders outsiders;
    private final @Nullable ReadsOutsideTokens reads;

    OutsideTokens(IssuerSettings settings, PlacesOutsiders places, Outsiders outsiders) {
        this.settings = settings;
        this.places = places;
        this.outsiders = outsiders;
        this.reads = settings.uri() == null
                ? null
                : new ReadsOutsideTokens(
                        settings.uri(),
                        new KeysOfIssuer(new FetchesKeys(settings.uri(), settings.keys()), KeysOfIssuer.BETWEEN_LOOKS),
                        Clock.systemUTC());
    }

    /** The issuer that is named in the settings. */
    public Optional<String> issuer() {
        return Optional.ofNullable(settings.uri());
    }

    /** Whether the token says that it is the other issuer's; nothing of it is believed yet. */
    public boolean claimsToBeOutside(String token) {
        if (settings.uri() == null) {
            return false;
        }
        try {
            JWTClaimsSet claims = JWTParser.parse(token).getJWTClaimsSet();
            return claims != null && settings.uri().equals(claims.getIssuer());
        } catch (ParseException | RuntimeException unreadable) {
            return false;
        }
    }

    /**
     * @param fhirBase what the token must be for, unless the settings say otherwise
     * @param purpose what the request says it is for
     */
    public Verdict check(String token, String fhirBase, @Nullable String purpose) {
        try {
            return Optional.ofNullable(reads)
                    .flatMap(readable ->
                            readable.token(token, Objects.requireNonNullElse(settings.audience(), fhirBase)))
                    .map(good -> place(good, purpose))
                    .orElseGet(() -> bad(Caller.anonymous()));
        } catch (IssuerAwayException away) {
            return new Verdict.Refused(Caller.anonymous(), Reason.ISSUER_AWAY, Refusal.of(RefusalCode.ISSUER_AWAY));
        }
    }

    /** As its last good token placed it; nothing when it was shut out, or may not come any more. */
    public Optional<Caller> find(String id) {
        return outsiders
                .find(id)
                .filter(known -> !known.revoked() && known.issuer().equals(settings.uri()))
                .filter(known -> known.role() != null && places.mayGive(known.role()))
                .map(known -> known.asCaller(null));
    }

    private Verdict place(Jwt good, @Nullable String purpose) {
        Outsider known = outsiders.of(Objects.requireNonNull(settings.uri()), good.getSubject());
        return known.revoked() ? bad(known.asNobody()) : places.place(known, good, purpose);
    }

    private static Verdict bad(Caller whom) {
        return new Verdict.Refused(whom, Reason.BAD_TOKEN, Refusal.of(RefusalCode.UNAUTHENTICATED));
    }
}
