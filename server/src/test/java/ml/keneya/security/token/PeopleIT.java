package ml.keneya.security.token;

import static ml.keneya.security.TestApp.bearer;
import static ml.keneya.security.TestApp.sentBack;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import ml.keneya.security.TestApp;
import ml.keneya.security.TestPerson;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** People log in on our page, applications get codes and tokens for it, and none of it can be had otherwise. */
@KeneyaIntegrationTest
class PeopleIT {

    private static final String ALL = "openid fhirUser profile online_access offline_access user/*.cruds";
    private static final String READ = "openid user/*.rs";

    @Autowired
    Exchange exchange;

    @Test
    @DisplayName("A person chooses a password with the code from the operator, and logs in with it from then on")
    void letsPeopleInByTheCodeFirstAndByTheirPasswordThen() throws ParseException, JOSEException {
        String facility = unique("cscom");
        TestApp app = TestApp.with(exchange, ALL);
        TestPerson person = TestPerson.added(
                exchange, "site", Map.of("facility", facility, "practitioner", "Practitioner/fanta", "language", "en"));

        Map<String, String> first = sentBack(person.choosesPassword(app, person.password()));
        assertThat(first).containsEntry("state", "state-of-" + app.id()).containsEntry("iss", root());
        app.redeem(first.get("code")).hasStatus(200);
        Answer answer = app.redeem(app.code(person, "openid fhirUser profile user/*.rs"))
                .hasStatus(200);

        JsonNode tokens = TestSystem.read(answer);
        assertThat(answer.header("Cache-Control").orElse("")).contains("no-store");
        assertThat(tokens.path("token_type").asText()).isEqualTo("Bearer");
        assertThat(tokens.path("expires_in").asInt()).isBetween(200, 300);
        assertThat(List.of(tokens.path("scope").asText().split(" ")))
                .containsExactlyInAnyOrder("openid", "fhirUser", "profile", "user/*.rs");
        assertThat(tokens.has("refresh_token")).isFalse();
        SignedJWT identity = SignedJWT.parse(tokens.path("id_token").asText());
        JWTClaimsSet claims = identity.getJWTClaimsSet();
        assertThat(claims.getSubject()).isEqualTo(person.id());
        assertThat(claims.getAudience()).containsExactly(app.id());
        assertThat(claims.getIssuer()).isEqualTo(root());
        assertThat(claims.getStringClaim("nonce")).isEqualTo("nonce-of-" + app.id());
        assertThat(claims.getStringClaim("name")).isEqualTo("Fanta Kéita");
        assertThat(claims.getStringClaim("locale")).isEqualTo("en");
        assertThat(claims.getStringClaim("fhirUser")).isEqualTo(exchange.base() + "/Practitioner/fanta");
        assertThat(claims.getDateClaim("auth_time")).isNotNull();
        JWK key = JWKSet.parse(exchange.get(root() + "/oauth2/jwks").body())
                .getKeyByKeyId(identity.getHeader().getKeyID());
        assertThat(identity.getHeader().getAlgorithm().getName()).isEqualTo("RS256");
        assertThat(identity.verify(new RSASSAVerifier(key.toRSAKey()))).isTrue();

        String[] token = bearer(tokens.path("access_token").asText());
        exchange.get("Observation?_count=1", token).hasStatus(200);
        JsonNode userInfo =
                TestSystem.read(exchange.get(root() + "/oauth2/userinfo", token).hasStatus(200));
        assertThat(userInfo.path("sub").asText()).isEqualTo(person.id());
        assertThat(userInfo.path("fhirUser").asText()).endsWith("/Practitioner/fanta");
    }

    @Test
    @DisplayName("An application hears about a person only what it asked for")
    void tellsNoMoreThanWasAskedFor() throws ParseException {
        TestApp app = TestApp.with(exchange, ALL);
        TestPerson person = TestPerson.ready(exchange, "auditor", Map.of("practitioner", "Practitioner/x"));

        JsonNode tokens = TestSystem.read(app.redeem(app.code(person, "openid")).hasStatus(200));

        JWTClaimsSet claims = SignedJWT.parse(tokens.path("id_token").asText()).getJWTClaimsSet();
        assertThat(claims.getClaims()).doesNotContainKeys("name", "locale", "fhirUser");
        String[] token = bearer(tokens.path("access_token").asText());
        assertThat(exchange.get(root() + "/oauth2/userinfo", token).body()).doesNotContain("Fanta", "Practitioner");
        exchange.get("AuditEvent?_count=1", token).isRefused(403, "ML-FHIR-101");
        String[] withoutOpenid = app.tokenOf(person, "user/AuditEvent.rs");
        exchange.get("AuditEvent?_count=1", withoutOpenid).hasStatus(200);
        exchange.get(root() + "/oauth2/userinfo", withoutOpenid).hasStatus(403);
        exchange.get(root() + "/oauth2/userinfo").hasStatus(401);
    }

    @ParameterizedTest
    @CsvSource({
        "redirect_uri, https://evil.example.org/callback",
        "redirect_uri, https://app.example.org/callback/../elsewhere",
        "redirect_uri, https://app.example.org/callback?more=1",
        "redirect_uri, https://app.example.org/Callback",
        "redirect_uri, https://app.example.org@evil.example.org/callback",
        "redirect_uri, ''",
        "client_id, nobody-knows-this"
    })
    @DisplayName("Nobody is sent to an address that is not registered, letter by letter")
    void sendsNobodyToUnknownAddresses(String name, String value) {
        TestApp app = TestApp.with(exchange, READ);

        Answer answer = app.ask(READ, wish -> wish.put(name, value));

        answer.hasStatus(400);
        assertThat(answer.header("Location")).isEmpty();
        assertThat(answer.body()).contains("lang=\"fr\"").doesNotContain("Exception", "org.spring", "<form");
    }

    @ParameterizedTest
    @CsvSource({
        "scope, user/*.read, invalid_scope",
        "scope, system/*.rs, invalid_scope",
        "scope, patient/*.rs, invalid_scope",
        "scope, openid launch/patient, invalid_scope",
        "scope, openid offline_access, invalid_scope",
        "scope, user/*.cruds, invalid_scope",
        "scope, '', invalid_scope",
        "code_challenge, '', invalid_request",
        "code_challenge, short, invalid_request",
        "code_challenge_method, plain, invalid_request",
        "code_challenge_method, '', invalid_request",
        "aud, https://evil.example.org/fhir, invalid_request",
        "response_mode, fragment, invalid_request",
        "request, eyJhbGciOiJub25lIn0.e30., invalid_request",
        "prompt, none, login_required"
    })
    @DisplayName("T3: what an application may not have, or asks for without PKCE, it is refused before anybody logs in")
    void t3_refusesWishesThatAreNotGood(String name, String value, String error) {
        TestApp app = TestApp.with(exchange, READ);

        Map<String, String> answer = sentBack(app.ask(READ, wish -> wish.put(name, value)));

        assertThat(answer).containsEntry("error", error).doesNotContainKey("code");
    }

    @Test
    @DisplayName("A wish without state, or for something else than a code, gets no page")
    void refusesWishesWithoutStateOrCode() {
        TestApp app = TestApp.with(exchange, READ);

        assertThat(app.ask(READ, wish -> wish.remove("state")).body()).doesNotContain("<form");
        app.ask(READ, wish -> wish.put("response_type", "token")).hasStatus(400);
        app.ask(READ, wish -> wish.remove("response_type")).hasStatus(400);
        assertThat(sentBack(app.ask(READ, wish -> wish.remove("aud")))).containsEntry("error", "invalid_request");
        app.post("/oauth2/authorize", Map.of("login", "x", "client_id", app.id()))
                .hasStatus(400);
        app.post("/oauth2/authorize", Map.of("token", "x")).hasStatus(400);
    }

    @Test
    @DisplayName("A code without the right verifier, address or application gives no token")
    void refusesCodesOfOthers() {
        TestApp app = TestApp.with(exchange, READ);
        TestApp other = TestApp.with(exchange, READ);
        TestPerson person = TestPerson.ready(exchange, "auditor", Map.of());
        String code = app.code(person, READ);

        isInvalidGrant(app.redeem(code, wanted -> wanted.put("code_verifier", "x".repeat(43))));
        isInvalidGrant(app.redeem(code, wanted -> wanted.put("code_verifier", TestApp.challenge(app.verifier()))));
        isInvalidGrant(app.redeem(code, wanted -> wanted.put("redirect_uri", "https://app.example.org/other")));
        app.redeem(code, wanted -> wanted.remove("code_verifier")).hasStatus(400);
        app.redeem(code, wanted -> wanted.remove("redirect_uri")).hasStatus(400);
        isInvalidGrant(app.redeem("A".repeat(128)));
        app.redeem(code).hasStatus(200);

        String another = app.code(person, READ);
        isInvalidGrant(app.redeem(another, wanted -> {
            wanted.put("client_id", other.id());
        }));
        isInvalidGrant(app.redeem(another));
    }

    @Test
    @DisplayName("A code that is used twice is refused, and what it gave is worth nothing any more")
    void endsEverythingWhenACodeIsUsedTwice() {
        TestApp app = TestApp.with(exchange, ALL);
        TestPerson person = TestPerson.ready(exchange, "auditor", Map.of());
        String code = app.code(person, "user/*.rs offline_access");
        JsonNode tokens = TestSystem.read(app.redeem(code).hasStatus(200));
        String[] token = bearer(tokens.path("access_token").asText());
        exchange.get("AuditEvent?_count=1", token).hasStatus(200);

        isInvalidGrant(app.redeem(code));

        exchange.get("AuditEvent?_count=1", token).isRefused(401, "ML-FHIR-014");
        isInvalidGrant(app.renew(tokens.path("refresh_token").asText()));
    }

    @Test
    @DisplayName(
            "Of many who use the same code at the same moment one gets a token at most, and it is soon worth nothing")
    void givesOneTokenForACodeHoweverManyCome() throws Exception {
        TestApp app = TestApp.with(exchange, READ);
        TestPerson person = TestPerson.ready(exchange, "auditor", Map.of());
        String code = app.code(person, READ);
        ExecutorService many = Executors.newFixedThreadPool(8);
        try {
            List<Future<Answer>> answers =
                    many.invokeAll(Collections.nCopies(8, (Callable<Answer>) () -> app.redeem(code)));
            List<Integer> statuses =
                    answers.stream().map(PeopleIT::got).map(Answer::status).toList();
            assertThat(statuses).filteredOn(status -> status == 200).hasSizeLessThanOrEqualTo(1);
            assertThat(statuses).allMatch(status -> status == 200 || status == 400);
        } finally {
            many.shutdown();
        }
    }

    @Test
    @DisplayName("A refresh token is good once; the second use ends everything that came of the login")
    void renewsATokenOnce() {
        TestApp app = TestApp.with(exchange, ALL);
        TestPerson person = TestPerson.ready(exchange, "auditor", Map.of());
        JsonNode first = TestSystem.read(
                app.redeem(app.code(person, "openid user/*.rs online_access")).hasStatus(200));
        String firstRefresh = first.path("refresh_token").asText();

        JsonNode second = TestSystem.read(app.renew(firstRefresh).hasStatus(200));
        String[] token = bearer(second.path("access_token").asText());
        exchange.get("AuditEvent?_count=1", token).hasStatus(200);
        assertThat(second.path("refresh_token").asText()).isNotEqualTo(firstRefresh);
        assertThat(second.path("id_token").asText()).isNotEmpty();
        JsonNode third =
                TestSystem.read(app.renew(second.path("refresh_token").asText()).hasStatus(200));

        isInvalidGrant(app.renew(firstRefresh));
        isInvalidGrant(app.renew(third.path("refresh_token").asText()));
        exchange.get("AuditEvent?_count=1", token).isRefused(401, "ML-FHIR-014");
    }

    @Test
    @DisplayName(
            "T1: refresh tokens, ID tokens and codes open nothing, and one application's are worth nothing in another")
    void t1_opensNothingWithOtherTokens() {
        TestApp app = TestApp.with(exchange, ALL);
        TestApp other = TestApp.with(exchange, ALL);
        TestPerson person = TestPerson.ready(exchange, "auditor", Map.of());
        String code = app.code(person, "openid user/*.rs offline_access");
        exchange.get("AuditEvent?_count=1", bearer(code)).isRefused(401, "ML-FHIR-014");
        JsonNode tokens = TestSystem.read(app.redeem(code).hasStatus(200));
        String refresh = tokens.path("refresh_token").asText();

        exchange.get("AuditEvent?_count=1", bearer(refresh)).isRefused(401, "ML-FHIR-014");
        exchange.get("AuditEvent?_count=1", bearer(tokens.path("id_token").asText()))
                .isRefused(401, "ML-FHIR-014");
        isInvalidGrant(other.renew(refresh));
        app.renew(refresh).hasStatus(200);
        isInvalidGrant(app.renew(UUID.randomUUID() + "." + "A".repeat(43)));
        app.post(
                        "/oauth2/token",
                        Map.of("grant_type", "client_credentials", "client_id", app.id(), "scope", "user/*.rs"))
                .hasStatus(400);
        app.post("/oauth2/token", Map.of("grant_type", "password", "client_id", app.id(), "username", person.login()))
                .hasStatus(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"access_token", "refresh_token"})
    @DisplayName("Who logs out gives a token back, and with it all of that login")
    void endsALoginWhenATokenIsGivenBack(String which) {
        TestApp app = TestApp.with(exchange, ALL);
        TestApp other = TestApp.with(exchange, ALL);
        TestPerson person = TestPerson.ready(exchange, "auditor", Map.of());
        JsonNode tokens = TestSystem.read(
                app.redeem(app.code(person, "user/*.rs offline_access")).hasStatus(200));
        String[] token = bearer(tokens.path("access_token").asText());

        assertThat(other.giveBack(tokens.path(which).asText()).status()).isIn(400, 401);
        exchange.get("AuditEvent?_count=1", token).hasStatus(200);
        app.giveBack(tokens.path(which).asText()).hasStatus(200);
        app.giveBack("nonsense").hasStatus(200);

        exchange.get("AuditEvent?_count=1", token).isRefused(401, "ML-FHIR-014");
        isInvalidGrant(app.renew(tokens.path("refresh_token").asText()));
    }

    @Test
    @DisplayName("T2: a revoked person is out, with the tokens, the password and the code; so is who was reset")
    void t2_shutsRevokedPeopleOut() {
        TestApp app = TestApp.with(exchange, ALL);
        TestPerson person = TestPerson.ready(exchange, "auditor", Map.of());
        JsonNode tokens = TestSystem.read(
                app.redeem(app.code(person, "user/*.rs offline_access")).hasStatus(200));
        String[] token = bearer(tokens.path("access_token").asText());
        String unused = app.code(person, "user/*.rs");
        exchange.get("AuditEvent?_count=1", token).hasStatus(200);

        person.revoke();

        exchange.get("AuditEvent?_count=1", token).isRefused(401, "ML-FHIR-014");
        isInvalidGrant(app.renew(tokens.path("refresh_token").asText()));
        isInvalidGrant(app.redeem(unused));
        app.send(app.ask(READ), "login", person.login(), "password", person.password())
                .hasStatus(403);
    }

    @Test
    @DisplayName("T2: a revoked application is out with the tokens of its people")
    void t2_shutsRevokedApplicationsOut() {
        TestApp app = TestApp.with(exchange, ALL);
        TestPerson person = TestPerson.ready(exchange, "auditor", Map.of());
        String[] token = app.tokenOf(person, "user/*.rs");
        exchange.get("AuditEvent?_count=1", token).hasStatus(200);

        TestSystem.operate(exchange, "DELETE", "/" + app.id(), null, TestSystem.operatorKey())
                .hasStatus(200);

        exchange.get("AuditEvent?_count=1", token).isRefused(401, "ML-FHIR-014");
        app.ask(READ).hasStatus(400);
    }

    @Test
    @DisplayName("A person of a site sees the site's records and no other's, as its systems do")
    void givesPeopleTheRightsOfTheirRole() {
        TestApp app = TestApp.with(exchange, ALL);
        String facility = unique("cscom");
        String[] site = TestSystem.ofSite(exchange, facility).withAll();
        String[] elsewhere = TestSystem.ofSite(exchange, unique("cscom")).withAll();
        String ours = exchange.create(aChild(unique("record")), site)
                .header("Location")
                .orElseThrow();
        String theirs = exchange.create(aChild(unique("record")), elsewhere)
                .header("Location")
                .orElseThrow();
        TestPerson nurse = TestPerson.ready(exchange, "site", Map.of("facility", facility));

        String[] reading = app.tokenOf(nurse, "user/Patient.rs");

        exchange.get(ours, reading).hasStatus(200);
        assertThat(exchange.get(theirs, reading).status()).isEqualTo(404);
        exchange.create(aChild(unique("record")), reading)
                .isRefused(403, "ML-FHIR-101")
                .says("user/Patient.c");
        exchange.get("Observation?_count=1", reading).isRefused(403, "ML-FHIR-101");
        exchange.create(aChild(unique("record")), app.tokenOf(nurse, "user/Patient.cruds"))
                .hasStatus(201);
    }

    private String root() {
        return TestSystem.root(exchange);
    }

    private static Answer got(Future<Answer> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void isInvalidGrant(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isIn(400, 401);
        assertThat(TestSystem.read(answer).path("error").asText()).isEqualTo("invalid_grant");
        assertThat(answer.body()).doesNotContain("Exception", "org.spring", "nimbus");
    }
}
