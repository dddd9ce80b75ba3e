package ml.keneya.security.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import ml.keneya.test.HandSetClock;
import ml.keneya.test.TestIssuer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ReadsOutsideTokensTest {

    private static final String AUDIENCE = "https://echange.example.ml/fhir";
    private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

    private final TestIssuer issuer = new TestIssuer();
    private final RSAKey second = TestIssuer.anRsaKey();
    private ReadsOutsideTokens reads = reading(HALF_A_SECOND);

    @Test
    @DisplayName("T2: a key that the issuer replaced is looked for, and known ones are not fetched again")
    void t2_picksUpRotatedKeys() {
        isGood(issuer.key());
        isGood(issuer.key());
        assertThat(issuer.asked()).isEqualTo(1);

        issuer.publishes(second);

        await().untilAsserted(() -> isGood(second));
        isBad(issuer.key());
    }

    @Test
    @DisplayName("O3: unknown keys are looked for twice in the time between two looks at most")
    void o3_limitsLooksForUnknownKeys() {
        reads = reading(Duration.ofMinutes(2));
        isGood(issuer.key());

        for (int count = 0; count < 20; count++) {
            isBad(second);
        }

        assertThat(issuer.asked()).isEqualTo(2);
        isGood(issuer.key());
    }

    @Test
    @DisplayName(
            "T2: while the issuer is away known keys go on; before they were had its tokens are refused for the moment")
    void t2_outlivesAnIssuerThatIsAway() {
        issuer.goesAway();
        for (int count = 0; count < 5; count++) {
            assertThatThrownBy(() -> read(issuer.key())).isInstanceOf(IssuerAwayException.class);
        }
        issuer.comesBack();
        await().ignoreException(IssuerAwayException.class).untilAsserted(() -> isGood(issuer.key()));

        issuer.goesAway();

        isBad(second);
        isGood(issuer.key());
    }

    @Test
    @DisplayName("O3: a discovery document of another issuer is not believed")
    void o3_believesNoDocumentOfAnother() {
        issuer.callsItself("https://elsewhere.example.ml");

        assertThatThrownBy(() -> read(issuer.key())).isInstanceOf(IssuerAwayException.class);
        assertThat(issuer.asked()).isZero();
    }

    @Test
    @DisplayName("T1: what its key signed under another name is not believed")
    void t1_believesNoOtherName() {
        refuses(good().issuer("https://elsewhere.example.ml"));
    }

    @Test
    @DisplayName("T1: what is for somebody else is not believed")
    void t1_believesNothingForOthers() {
        refuses(good().audience("https://autre.example.ml/fhir"));
        refuses(good().audience(List.of()));
    }

    @Test
    @DisplayName("T1: what is no access token, or worth nothing without a key that is not shown, is not believed")
    void t1_believesNoOtherKind() {
        refuses(good().claim("typ", "ID"));
        refuses(good().claim("cnf", Map.of("jkt", "x")));
    }

    @Test
    void verifiesATokenOnce() {
        AtomicInteger verifications = new AtomicInteger();
        List<JWK> keys = new ArrayList<>(List.of(second));
        reads = countingVerifications(verifications, keys);
        String token = token(second);

        assertThat(reads.token(token, AUDIENCE)).isPresent();
        assertThat(reads.token(token, AUDIENCE)).isPresent();
        assertThat(verifications).hasValue(1);

        // What it is for is looked at each time, and whether its key is still the issuer's.
        assertThat(reads.token(token, "https://autre.example.ml/fhir")).isEmpty();
        assertThat(verifications).hasValue(1);
        keys.set(
                0,
                new RSAKey.Builder(TestIssuer.anRsaKey())
                        .keyID(second.getKeyID())
                        .build());
        assertThat(reads.token(token, AUDIENCE))
                .as("another key under its name")
                .isEmpty();
        keys.clear();
        assertThat(reads.token(token, AUDIENCE)).as("no key").isEmpty();
    }

    /** Whoever has tokens of the issuer for something else would fill the memory. */
    @Test
    void remembersNoTokenThatIsNotGood() {
        AtomicInteger verifications = new AtomicInteger();
        reads = countingVerifications(verifications, new ArrayList<>(List.of(second)));
        String token = token(second);

        assertThat(reads.token(token, "https://autre.example.ml/fhir")).isEmpty();
        assertThat(reads.token(token, "https://autre.example.ml/fhir")).isEmpty();

        assertThat(verifications).hasValue(2);
    }

    /** Decoders pass over what is no character of Base64. */
    @Test
    void takesATokenInOneFormAlone() {
        AtomicInteger verifications = new AtomicInteger();
        reads = countingVerifications(verifications, new ArrayList<>(List.of(second)));
        String token = token(second);

        assertThat(reads.token(
                        token.substring(0, token.length() - 9) + "~" + token.substring(token.length() - 9), AUDIENCE))
                .isEmpty();
        assertThat(verifications).hasValue(0);
        assertThat(reads.token(token, AUDIENCE)).isPresent();
    }

    @Test
    void remembersTheKeyThatVerified() {
        List<JWK> keys = new ArrayList<>(List.of(second));
        RSAKey next = new RSAKey.Builder(TestIssuer.anRsaKey())
                .keyID(second.getKeyID())
                .build();
        reads = new ReadsOutsideTokens(
                issuer.uri(),
                (wanted, context) -> {
                    List<JWK> found = wanted.select(new JWKSet(keys));
                    // The issuer replaces it while the signature is being verified.
                    keys.set(0, next);
                    return found;
                },
                Clock.systemUTC());
        String token = token(second);

        assertThat(reads.token(token, AUDIENCE)).isPresent();
        assertThat(reads.token(token, AUDIENCE)).isEmpty();
    }

    private ReadsOutsideTokens countingVerifications(AtomicInteger verifications, List<JWK> keys) {
        return new ReadsOutsideTokens(
                issuer.uri(),
                (wanted, context) -> {
                    // Whoever asks by an algorithm is about to verify a signature.
                    if (wanted.getMatcher().getAlgorithms() != null) {
                        verifications.incrementAndGet();
                    }
                    return wanted.select(new JWKSet(keys));
                },
                Clock.systemUTC());
    }

    @Test
    void looksAtTheTimeOfAVerifiedToken() {
        HandSetClock clock = new HandSetClock(Instant.now());
        reads = new ReadsOutsideTokens(issuer.uri(), (wanted, context) -> wanted.select(new JWKSet(second)), clock);
        String token = token(second);
        assertThat(reads.token(token, AUDIENCE)).isPresent();

        clock.moves(Duration.ofHours(2));

        assertThat(reads.token(token, AUDIENCE)).isEmpty();
    }

    @Test
    void takesKeysFromWhereTheSettingsSay() {
        issuer.callsItself("https://elsewhere.example.ml");
        reads = new ReadsOutsideTokens(
                issuer.uri(),
                new KeysOfIssuer(new FetchesKeys(issuer.uri(), issuer.uri() + "/keys"), HALF_A_SECOND),
                Clock.systemUTC());

        isGood(issuer.key());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://sso.example.ml/realm",
                "ftp://127.0.0.1/realm",
                "https://user@sso.example.ml/realm",
                "https:/realm",
                "https://sso.example.ml/a b",
                "sso.example.ml"
            })
    void startsWithNoUnsafeAddress(String address) {
        assertThatThrownBy(() -> settings(address, Set.of("site"))).hasMessageContaining("keneya.issuer.uri");
    }

    @Test
    void hasNoIssuerUnlessOneIsNamed() {
        OutsideTokens outside = new OutsideTokens(settings(null, Set.of("site")), null, null);

        assertThat(outside.claimsToBeOutside(token(issuer.key()))).isFalse();
        assertThat(outside.issuer()).isEmpty();
    }

    /** As {@code KENEYA_ISSUER_URI=} in a file of variables gives it. */
    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void namesNoIssuerByAnEmptyAddress(String address) {
        IssuerSettings settings = new Binder(new MapConfigurationPropertySource(Map.of(
                        "keneya.issuer.uri", address,
                        "keneya.issuer.keys", address,
                        "keneya.issuer.audience", address)))
                .bindOrCreate("keneya.issuer", IssuerSettings.class);

        OutsideTokens outside = new OutsideTokens(settings, null, null);
        assertThat(outside.issuer()).isEmpty();
        assertThat(outside.claimsToBeOutside(issuer.token(good().issuer("")))).isFalse();
        assertThat(settings.keys()).isNull();
        assertThat(settings.audience()).isNull();
    }

    private static IssuerSettings settings(String uri, Set<String> roles) {
        return new IssuerSettings(uri, null, null, roles, "role", "facility", "areas", "purpose");
    }

    private ReadsOutsideTokens reading(Duration betweenLooks) {
        return new ReadsOutsideTokens(
                issuer.uri(), new KeysOfIssuer(new FetchesKeys(issuer.uri(), null), betweenLooks), Clock.systemUTC());
    }

    private JWTClaimsSet.Builder good() {
        return issuer.claims(AUDIENCE, "CSCOM-1");
    }

    private void refuses(JWTClaimsSet.Builder claims) {
        isGood(issuer.key());
        assertThat(reads.token(issuer.token(claims), AUDIENCE)).isEmpty();
    }

    private String token(JWK key) {
        return TestIssuer.sign(JWSAlgorithm.RS256, key, good(), header -> header);
    }

    private boolean read(JWK key) {
        return reads.token(token(key), AUDIENCE).isPresent();
    }

    private void isGood(JWK key) {
        assertThat(read(key)).isTrue();
    }

    private void isBad(JWK key) {
        assertThat(read(key)).isFalse();
    }
}
