package ml.keneya.security.token;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import java.util.function.UnaryOperator;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Who gets a token, and which tokens open the door. */
@KeneyaIntegrationTest
class TokensIT {

    private static final String READ = "system/*.rs";

    @Autowired
    Exchange exchange;

    @Autowired
    SigningKeys keys;

    @Test
    @DisplayName("A site posts and reads with a token signed for with ES384 or with RS384")
    void letsInWhoShowsAGoodToken() {
        for (JWK key : new JWK[] {TestSystem.anEcKey(), TestSystem.anRsaKey()}) {
            TestSystem site = TestSystem.registered(exchange, "site", unique("cscom"), key);

            Answer created = exchange.create(aChild(unique("record")), site.withAll());

            created.hasStatus(201);
            exchange.get(created.header("Location").orElseThrow(), site.with(READ))
                    .hasStatus(200);
        }
    }

    @Test
    @DisplayName("T1: without a token nobody comes in from behind a proxy or under another name")
    void t1_asksForATokenOfWhoIsNotAtTheMachine() {
        for (String[] elsewhere : new String[][] {
            {"X-Forwarded-For", "10.0.0.7"},
            {"Forwarded", "for=10.0.0.7"},
            {"Origin", "https://example.org"},
            {"Origin", "http://localhost:1"},
            {"Sec-Fetch-Site", "cross-site"},
            {"Sec-Fetch-Site", "same-site"}
        }) {
            isUnauthenticated(exchange.get("Patient?_count=1", elsewhere));
            isUnauthenticated(exchange.create(aChild(unique("record")), elsewhere));
        }
        exchange.get("metadata", "X-Forwarded-For", "10.0.0.7").hasStatus(200);
        exchange.get("Patient?_count=1").hasStatus(200);
        exchange.get("Patient?_count=1", "Origin", TestSystem.root(exchange), "Sec-Fetch-Site", "same-origin")
                .hasStatus(200);
    }

    @Test
    @DisplayName(
            "T1, R4: a token that is not good opens nothing, nor one of before a clock went back, wherever it comes from")
    void t1_refusesTokensThatAreNotGood() throws JOSEException {
        TestSystem site = TestSystem.ofSite(exchange, unique("cscom"));
        ECKey ours = keys.all().get(0).toECKey();
        ECKey theirs = TestSystem.anEcKey();
        JWSHeader header = header(ours.getKeyID());

        acceptsToken(TestSystem.sign(header, ours, claims(site, claims -> claims)));
        refusesToken("abc");
        refusesToken(site.token(READ).replaceFirst("\\.[^.]+$", "." + "A".repeat(128)));
        refusesToken(new PlainJWT(claims(site, claims -> claims)).serialize());
        refusesToken(withPublicKeyAsPassword(ours, claims(site, claims -> claims)));
        refusesToken(TestSystem.sign(header(theirs.getKeyID()), theirs, claims(site, claims -> claims)));
        refusesToken(TestSystem.sign(header(ours.getKeyID()), theirs, claims(site, claims -> claims)));
        refusesToken(TestSystem.sign(header("../../etc/passwd"), theirs, claims(site, claims -> claims)));
        refusesToken(TestSystem.sign(header("' or 1=1 --"), theirs, claims(site, claims -> claims)));
        refusesToken(TestSystem.sign(
                new JWSHeader.Builder(JWSAlgorithm.ES384)
                        .type(new JOSEObjectType("at+jwt"))
                        .keyID("elsewhere")
                        .jwkURL(URI.create("http://127.0.0.1:1/jwks"))
                        .jwk(theirs.toPublicJWK())
                        .build(),
                theirs,
                claims(site, claims -> claims)));
        refusesToken(TestSystem.sign(
                new JWSHeader.Builder(JWSAlgorithm.ES384)
                        .type(JOSEObjectType.JWT)
                        .keyID(ours.getKeyID())
                        .build(),
                ours,
                claims(site, claims -> claims)));
        refusesToken(TestSystem.sign(
                header,
                ours,
                claims(
                        site,
                        claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(90))))));
        refusesToken(TestSystem.sign(
                header,
                ours,
                claims(
                        site,
                        claims -> claims.notBeforeTime(Date.from(Instant.now().plusSeconds(90))))));
        Date ahead = Date.from(Instant.now().plusSeconds(3_600));
        refusesToken(TestSystem.sign(
                header,
                ours,
                claims(
                        site,
                        claims -> claims.issueTime(ahead).notBeforeTime(ahead).expirationTime(ahead))));
        refusesToken(TestSystem.sign(header, ours, claims(site, claims -> claims.expirationTime(null))));
        refusesToken(TestSystem.sign(header, ours, claims(site, claims -> claims.issuer("https://example.org"))));
        refusesToken(
                TestSystem.sign(header, ours, claims(site, claims -> claims.audience("https://example.org/fhir"))));
        refusesToken(TestSystem.sign(header, ours, claims(site, claims -> claims.subject(unique("nobody")))));
        refusesToken(TestSystem.sign(header, ours, claims(site, claims -> claims.claim("role", "ADMINISTRATOR"))));
        refusesToken(TestSystem.sign(header, ours, claims(site, claims -> claims.claim("facility", unique("other")))));
        refusesToken(TestSystem.sign(header, ours, claims(site, claims -> claims.claim("scope", "patient/*.read"))));
        refusesToken(site.assertion(claims -> claims));
    }

    @Test
    @DisplayName("T1: a token counts in one Authorization header and nowhere else")
    void t1_takesATokenFromOneHeaderOnly() {
        TestSystem site = TestSystem.ofSite(exchange, unique("cscom"));
        String token = site.token(READ);

        isUnauthenticated(exchange.get("Patient?_count=1&access_token=" + token));
        isUnauthenticated(exchange.get(
                "Patient?_count=1", "Authorization", "Bearer " + token, "Authorization", "Bearer " + token));
        isUnauthenticated(exchange.get("Patient?_count=1", "Authorization", "Basic bG9jYWw6bG9jYWw="));
        isUnauthenticated(exchange.get("metadata", "Authorization", "Bearer nonsense"));
    }

    @Test
    @DisplayName("T2: a revoked client is refused, with the token that it holds and for another")
    void t2_refusesARevokedClient() {
        TestSystem site = TestSystem.ofSite(exchange, unique("cscom"));
        String token = site.token(READ);
        exchange.get("Patient?_count=1", "Authorization", "Bearer " + token).hasStatus(200);

        site.revoke();

        isUnauthenticated(exchange.get("Patient?_count=1", "Authorization", "Bearer " + token));
        site.ask(site.assertion(claims -> claims), READ).hasStatus(401);
    }

    @Test
    @DisplayName("T2: after a change of the signing key old tokens go on and new ones are signed with the new key")
    void t2_acceptsBothKeysAfterAChange() throws ParseException {
        TestSystem site = TestSystem.ofSite(exchange, unique("cscom"));
        String before = site.token(READ);

        keys.rotate();
        String after = site.token(READ);

        assertThat(SignedJWT.parse(after).getHeader().getKeyID())
                .isNotEqualTo(SignedJWT.parse(before).getHeader().getKeyID());
        acceptsToken(before);
        acceptsToken(after);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "patient/*.read",
                "patient/Patient.rs",
                "user/*.cruds",
                "system/*.read",
                "system/*.*",
                "system/*.",
                "system/*.sr",
                "system/Patient.rs?gender=female",
                "system/Patient.rs system/*.write",
                "system/patient.rs",
                "openid",
                "launch",
                "system/Patient.rs offline_access"
            })
    @DisplayName("T3: scopes that are not understood to the letter give no token")
    void t3_refusesScopesThatItDoesNotUnderstand(String scopes) {
        TestSystem site = TestSystem.ofSite(exchange, unique("cscom"));

        Answer answer = site.ask(site.assertion(claims -> claims), scopes);

        answer.hasStatus(400);
        assertThat(TestSystem.read(answer).path("error").asText()).isEqualTo("invalid_scope");
    }

    @Test
    @DisplayName("T3: a token opens what its scopes name and nothing else")
    void t3_limitsATokenToItsScopes() {
        TestSystem site = TestSystem.ofSite(exchange, unique("cscom"));

        exchange.get("Observation?_count=1", site.with("system/Observation.rs")).hasStatus(200);
        exchange.get("Observation?_count=1", site.with("system/Observation.c"))
                .isRefused(403, "ML-FHIR-101")
                .says("system/Observation.s");
        exchange.get("Patient?_count=1", site.with("system/Observation.rs"))
                .isRefused(403, "ML-FHIR-101")
                .says("system/Patient.s");
        exchange.create(aChild(unique("record")), site.with("system/Patient.rs"))
                .isRefused(403, "ML-FHIR-101");
    }

    @Test
    @DisplayName("T4: an assertion is good once")
    void t4_refusesAnAssertionThatWasUsed() {
        TestSystem site = TestSystem.ofSite(exchange, unique("cscom"));
        String assertion = site.assertion(claims -> claims);

        site.ask(assertion, READ).hasStatus(200);

        isInvalidClient(site.ask(assertion, READ));
    }

    @Test
    @DisplayName(
            "T4: an assertion that is not exactly for this endpoint, short-lived and by this client gives no token")
    void t4_refusesAssertionsThatAreNotGood() {
        TestSystem site = TestSystem.ofSite(exchange, unique("cscom"));
        TestSystem other = TestSystem.ofSite(exchange, unique("cscom"));
        JWK theirs = TestSystem.anEcKey();

        isInvalidClient(site.ask(site.assertion(claims -> claims.audience(exchange.base())), READ));
        isInvalidClient(site.ask(site.assertion(claims -> claims.audience("https://example.org/oauth2/token")), READ));
        isInvalidClient(site.ask(
                site.assertion(
                        claims -> claims.expirationTime(Date.from(Instant.now().plusSeconds(600)))),
                READ));
        isInvalidClient(site.ask(
                site.assertion(
                        claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(90)))),
                READ));
        isInvalidClient(site.ask(site.assertion(claims -> claims.expirationTime(null)), READ));
        isInvalidClient(site.ask(site.assertion(claims -> claims.jwtID(null)), READ));
        isInvalidClient(site.ask(site.assertion(claims -> claims.issuer(other.id())), READ));
        isInvalidClient(
                site.ask(site.assertion(claims -> claims.subject(other.id()).issuer(other.id())), READ));
        isInvalidClient(site.ask(site.assertion(claims -> claims.subject(unique("nobody"))), READ));
        isInvalidClient(site.ask(site.signed(JWSAlgorithm.ES384, theirs, claims -> claims), READ));

        TestSystem withRsa = TestSystem.registered(exchange, "site", unique("cscom"), TestSystem.anRsaKey());
        isInvalidClient(
                withRsa.ask(withRsa.assertion(claims -> claims).replaceFirst("^[^.]+", "eyJhbGciOiJub25lIn0"), READ));
    }

    @Test
    @DisplayName("T1: endpoints of the authorization server that are not offered are not there")
    void t1_offersNoOtherEndpoint() {
        for (String path :
                new String[] {"/oauth2/introspect", "/oauth2/device_authorization", "/oauth2/par", "/connect/register"
                }) {
            exchange.send(
                            "POST",
                            TestSystem.root(exchange) + path,
                            "application/x-www-form-urlencoded",
                            BodyPublishers.ofString("token=x"))
                    .hasStatus(404);
        }
    }

    @Test
    @DisplayName("The operator's door asks for the key before it reads what was sent")
    void operatorAsksForTheKeyBeforeItReads() {
        String unreadable = "{";
        assertThat(TestSystem.operate(exchange, "POST", "", unreadable, "wrong").status())
                .isEqualTo(401);
        assertThat(TestSystem.operate(exchange, "POST", "", unreadable, TestSystem.operatorKey())
                        .status())
                .isEqualTo(400);
        String large = "{\"name\":\"" + "a".repeat(70_000) + "\"}";
        assertThat(TestSystem.operate(exchange, "POST", "", large, TestSystem.operatorKey())
                        .status())
                .isEqualTo(413);
    }

    @Test
    @DisplayName("Clients are managed by who knows the operator's key and by nobody else")
    void managesClientsByTheOperatorsKeyOnly() {
        TestSystem.operate(exchange, "GET", "", null, "wrong").hasStatus(401);
        TestSystem.operate(exchange, "POST", "", "{\"role\":\"site\"}", "wrong").hasStatus(401);
        TestSystem.operate(exchange, "GET", "", null, TestSystem.operatorKey()).hasStatus(200);
    }

    private JWTClaimsSet claims(TestSystem system, UnaryOperator<JWTClaimsSet.Builder> change) {
        Instant now = Instant.now();
        return change.apply(new JWTClaimsSet.Builder()
                        .issuer(TestSystem.root(exchange))
                        .subject(system.id())
                        .audience(exchange.base())
                        .issueTime(Date.from(now))
                        .notBeforeTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(200)))
                        .jwtID(UUID.randomUUID().toString())
                        .claim("scope", READ)
                        .claim("role", "SITE")
                        .claim("facility", facilityOf(system)))
                .build();
    }

    private String facilityOf(TestSystem system) {
        try {
            return SignedJWT.parse(system.token(READ)).getJWTClaimsSet().getStringClaim("facility");
        } catch (ParseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static JWSHeader header(String kid) {
        return new JWSHeader.Builder(JWSAlgorithm.ES384)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(kid)
                .build();
    }

    private static String withPublicKeyAsPassword(ECKey ours, JWTClaimsSet claims) throws JOSEException {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .type(new JOSEObjectType("at+jwt"))
                        .keyID(ours.getKeyID())
                        .build(),
                claims);
        jwt.sign(new MACSigner(ours.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8)));
        return jwt.serialize();
    }

    private void acceptsToken(String token) {
        exchange.get("Patient?_count=1", "Authorization", "Bearer " + token).hasStatus(200);
    }

    private void refusesToken(String token) {
        isUnauthenticated(exchange.get("Patient?_count=1", "Authorization", "Bearer " + token));
    }

    private static void isUnauthenticated(Answer answer) {
        answer.isRefused(401, "ML-FHIR-014");
        assertThat(answer.header("WWW-Authenticate").orElse("")).startsWith("Bearer");
    }

    private static void isInvalidClient(Answer answer) {
        answer.hasStatus(401);
        assertThat(TestSystem.read(answer).path("error").asText()).isEqualTo("invalid_client");
        assertThat(answer.body()).doesNotContain("Exception", "org.spring", "nimbus");
    }
}
