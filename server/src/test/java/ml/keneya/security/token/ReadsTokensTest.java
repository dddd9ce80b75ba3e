package ml.keneya.security.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import ml.keneya.test.HandSetClock;
import org.junit.jupiter.api.Test;

/** A token whose signature was verified is not verified again, and is not believed any longer for that. */
class ReadsTokensTest {

    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

    private final List<JWK> keys = new ArrayList<>();
    private final ECKey key = key("first");
    private final HandSetClock clock = new HandSetClock(NOON);
    private final ReadsTokens reads = new ReadsTokens(this::keys, clock);
    private int verifications;
    private final String token = token(key);

    ReadsTokensTest() {
        keys.add(key);
    }

    @Test
    void isVerifiedOnce() {
        assertThat(reads.token(token)).isPresent();
        assertThat(reads.token(token)).isPresent();
        assertThat(verifications).isEqualTo(1);

        assertThat(reads.token(token(key))).as("another token of the same key").isPresent();
        assertThat(verifications).isEqualTo(2);
    }

    @Test
    void endsWithItsTime() {
        assertThat(reads.token(token)).isPresent();

        clock.moves(Duration.ofMinutes(6).plusSeconds(1));

        assertThat(reads.token(token)).isEmpty();
    }

    @Test
    void endsWithItsKey() {
        assertThat(reads.token(token)).isPresent();

        keys.set(0, key("second"));

        assertThat(reads.token(token)).isEmpty();
    }

    @Test
    void endsWithItsKeyWhenAnotherHasTheSameName() {
        assertThat(reads.token(token)).isPresent();

        keys.set(0, key("first"));

        assertThat(reads.token(token)).isEmpty();
    }

    @Test
    void vouchesForNoOther() {
        assertThat(reads.token(token)).isPresent();

        assertThat(reads.token(token.substring(0, token.length() - 4) + "AAAA")).isEmpty();
        assertThat(reads.token(token.substring(0, token.lastIndexOf('.') + 1))).isEmpty();
        assertThat(reads.token(token(key("first")))).isEmpty();
    }

    /** Whoever asks by an algorithm is about to verify a signature. */
    private List<JWK> keys(JWKSelector wanted, SecurityContext context) {
        if (wanted.getMatcher().getAlgorithms() != null) {
            verifications++;
        }
        return wanted.select(new JWKSet(keys));
    }

    private static ECKey key(String id) {
        try {
            return new ECKeyGenerator(Curve.P_384)
                    .keyID(id)
                    .algorithm(JWSAlgorithm.ES384)
                    .generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Good for five minutes; clocks may be a minute apart. */
    private static String token(ECKey key) {
        SignedJWT signed = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES384)
                        .keyID(key.getKeyID())
                        .type(new JOSEObjectType(WritesTokens.TYPE))
                        .build(),
                new JWTClaimsSet.Builder()
                        .subject("site")
                        .issueTime(Date.from(NOON))
                        .expirationTime(Date.from(NOON.plus(Duration.ofMinutes(5))))
                        .build());
        try {
            signed.sign(new ECDSASigner(key));
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
        return signed.serialize();
    }
}
