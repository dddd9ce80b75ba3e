package ml.keneya.security.issuer;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.KnowsCallers;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.TestIssuer;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tokens of another issuer that the operator named. */
@KeneyaIntegrationTest
class OutsideTokensIT {

    private static final String READ = "Patient?_count=1";

    private final TestIssuer issuer = TestIssuer.shared();
    private final String facility = unique("cscom");

    @Autowired
    Exchange exchange;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    KnowsCallers callers;

    private TestSystem own;

    @BeforeEach
    void givesTheFacilityToAClient() {
        own = TestSystem.ofSite(exchange, facility);
    }

    @Test
    @DisplayName("A site posts and reads with a good token of the other issuer, beside clients of our own")
    void letsInWhoShowsAGoodToken() {
        String token = issuer.token(claims());

        Answer created = exchange.create(aChild(unique("record")), with(token)).hasStatus(201);

        String record = created.header("Location").orElseThrow().replaceFirst("/_history/.*", "");
        exchange.get(record, with(token)).hasStatus(200);
        exchange.get(record, own.withAll()).hasStatus(200);
        exchange.get(record, with(issuer.token(claims(TestSystem.ofSite(exchange, unique("cscom"))))))
                .hasStatus(404);
        assertThat(exchange.get(record).as(Patient.class).getMeta().getSource())
                .matches("https://.+/outside-[0-9a-f]{32}/" + facility);
    }

    @Test
    @DisplayName("A facility of the registry that is not closed there is known without a client of ours")
    void knowsTheRegistry() {
        String registered = unique("csref");
        Organization place = new Organization().setActive(true).setName("CSRéf");
        place.addIdentifier().setSystem("https://keneya.ml/id/facility").setValue(registered);
        Answer created = exchange.create(place).hasStatus(201);

        refusesToken(issuer.token(claims().claim("keneya_facility", unique("nowhere"))), "keneya_facility");
        acceptsToken(issuer.token(claims().claim("keneya_facility", registered)));

        place.setActive(false)
                .setId(created.as(Organization.class).getIdElement().toUnqualifiedVersionless());
        exchange.put(place.getId(), place).hasStatus(200);
        refusesToken(issuer.token(claims().claim("keneya_facility", registered)), "keneya_facility");
    }

    @Test
    @DisplayName("T1: a token of the other issuer that is not good opens nothing")
    void t1_refusesTokensThatAreNotGood() throws JOSEException {
        RSAKey theirs = (RSAKey) issuer.key();
        RSAKey stranger = TestIssuer.anRsaKey();

        acceptsToken(issuer.token(claims()));
        acceptsToken(TestIssuer.sign(JWSAlgorithm.PS256, theirs, claims(), header -> header));
        acceptsToken(signed(header -> header.type(new JOSEObjectType("at+jwt"))));
        acceptsToken(signed(header -> header.type(null)));
        isUnauthenticated(new PlainJWT(claims().build()).serialize());
        isUnauthenticated(withPublicKeyAsPassword(theirs, claims().build()));
        isUnauthenticated(TestIssuer.sign(JWSAlgorithm.RS256, stranger, claims(), header -> header));
        isUnauthenticated(
                TestIssuer.sign(JWSAlgorithm.RS256, stranger, claims(), header -> header.keyID(theirs.getKeyID())));
        isUnauthenticated(
                TestIssuer.sign(JWSAlgorithm.RS256, stranger, claims(), header -> header.jwk(stranger.toPublicJWK())));
        isUnauthenticated(signed(header -> header.type(new JOSEObjectType("logout+jwt"))));
        isUnauthenticated(issuer.token(claims()).replaceFirst("\\.[^.]+$", "." + "A".repeat(342)));
        isUnauthenticated(issuer.token(claims().issuer("https://elsewhere.example.ml/realm")));
        isUnauthenticated(issuer.token(claims().issuer(TestSystem.root(exchange))));
        isUnauthenticated(issuer.token(claims().audience("account")));
        isUnauthenticated(issuer.token(claims().audience((String) null)));
        isUnauthenticated(issuer.token(claims().expirationTime(in(-61))));
        isUnauthenticated(issuer.token(claims().expirationTime(null)));
        isUnauthenticated(issuer.token(claims().expirationTime(in(90_000))));
        isUnauthenticated(issuer.token(claims().notBeforeTime(in(120))));
        isUnauthenticated(issuer.token(claims().subject(null)));
        isUnauthenticated(issuer.token(claims().subject("a\u0000b")));
        isUnauthenticated(issuer.token(claims().claim("typ", "ID")));
        isUnauthenticated(issuer.token(claims().claim("cnf", Map.of("jkt", "x"))));
    }

    @Test
    @DisplayName("T1: our keys vouch for none of the other issuer's, and its key for none of ours")
    void t1_keepsTheTwoApart() throws ParseException {
        JWTClaimsSet.Builder asOurs = claims().issuer(TestSystem.root(exchange))
                .subject(own.id())
                .claim("role", "SITE")
                .claim("facility", facility);
        own.token("system/*.rs");
        ECKey ours = ECKey.parse(
                jdbc.sql("select key from keneya.signing_key where algorithm = 'ES384' and retired_at is null")
                        .query(String.class)
                        .single());

        isUnauthenticated(TestIssuer.sign(
                JWSAlgorithm.ES384, ours, claims(), header -> header.type(new JOSEObjectType("at+jwt"))));
        isUnauthenticated(TestIssuer.sign(
                JWSAlgorithm.RS256, issuer.key(), asOurs, header -> header.type(new JOSEObjectType("at+jwt"))));
        exchange.get(READ, own.withAll()).hasStatus(200);
    }

    @Test
    @DisplayName("T3: a role that is unknown, several or not allowed from there gives nothing, and neither does a lack")
    void t3_givesNoRoleThatIsNotClear() {
        for (Object role : new Object[] {
            null,
            "",
            "chief",
            "SITE",
            "administrator",
            "auditor",
            7,
            List.of("site", "area"),
            Arrays.asList("site", null)
        }) {
            refusesToken(issuer.token(claims().claim("keneya_role", role)), "keneya_role");
        }
        acceptsToken(issuer.token(claims().claim("keneya_role", List.of("site"))));
    }

    @Test
    @DisplayName("T3: a place that nobody knows, or several, gives nothing")
    void t3_givesNoPlaceThatIsNotClear() {
        for (Object place : new Object[] {null, "", "a b", "x\u0000", List.of(facility, facility)}) {
            refusesToken(issuer.token(claims().claim("keneya_facility", place)), "keneya_facility");
        }
        refusesToken(issuer.token(claims().claim("keneya_areas", "ML02")), "keneya_areas");
        UnaryOperator<JWTClaimsSet.Builder> area =
                claims -> claims.claim("keneya_role", "area").claim("keneya_facility", null);
        for (Object areas : new Object[] {null, List.of(), "ML", "ML02 XX", List.of("ML02", 7)}) {
            refusesToken(issuer.token(area.apply(claims()).claim("keneya_areas", areas)), "keneya_areas");
        }
        exchange.get("Task?_count=1", with(issuer.token(area.apply(claims()).claim("keneya_areas", "ML02"))))
                .hasStatus(200);
        refusesToken(
                issuer.token(claims().claim("keneya_role", "expert-hub").claim("keneya_facility", null)),
                "keneya_facility");
    }

    @Test
    @DisplayName("T3: scopes of the other issuer's tokens limit, and those that are not understood give nothing")
    void t3_understandsScopesToTheLetter() {
        for (Object scope : new Object[] {
            null, "profile email", "system/*.read", "patient/*.rs", "system/*.rs user/*.rs", "system/*.rs x/y"
        }) {
            refusesToken(issuer.token(claims().claim("scope", scope)), "scope");
        }
        String reads = issuer.token(claims().claim("scope", "openid system/Patient.rs"));
        exchange.get(READ, with(reads)).hasStatus(200);
        exchange.get("Condition?_count=1", with(reads)).isRefused(403, "ML-FHIR-101");
        exchange.create(aChild(unique("record")), with(reads)).isRefused(403, "ML-FHIR-101");
        exchange.get(READ, with(issuer.token(claims().claim("scope", "openid user/Patient.rs"))))
                .hasStatus(200);
    }

    @Test
    @DisplayName("The claim for purposes limits what a request may state")
    void limitsPurposes() {
        String summary = "Patient/$summary?identifier=https://keneya.ml/id/nina%7C0";
        String[] states = {"Keneya-Purpose", "BTG"};

        exchange.get(summary, with(issuer.token(claims()), states)).isRefused(404, "ML-FHIR-091");
        exchange.get(summary, with(issuer.token(claims().claim("keneya_purpose", "BTG TREAT")), states))
                .isRefused(404, "ML-FHIR-091");
        exchange.get(summary, with(issuer.token(claims().claim("keneya_purpose", "TREAT")), states))
                .isRefused(403, "ML-FHIR-092");
        exchange.get(summary, with(issuer.token(claims().claim("keneya_purpose", "TREAT"))))
                .isRefused(404, "ML-FHIR-091");
        exchange.get(summary, with(issuer.token(claims().claim("keneya_purpose", "BTG"))))
                .isRefused(403, "ML-FHIR-092");
    }

    @Test
    @DisplayName("T2: an operator shuts out one subject of the other issuer, under the id that logs and trace give it")
    void t2_shutsOutOneSubject() {
        String subject = own.id();
        String token = issuer.token(claims().subject(subject));
        acceptsToken(token);
        JsonNode listed = listed(subject);
        assertThat(listed.path("id").asText()).startsWith("outside-").isNotEqualTo(subject);
        assertThat(listed.path("role").asText()).isEqualTo("site");
        assertThat(listed.path("facility").asText()).isEqualTo(facility);

        TestSystem.operate(exchange, "DELETE", "/" + listed.path("id").asText(), null, TestSystem.operatorKey())
                .hasStatus(200);

        isUnauthenticated(token);
        isUnauthenticated(issuer.token(claims().subject(subject)));
        assertThat(listed(subject).path("revoked").asBoolean()).isTrue();
        acceptsToken(issuer.token(claims()));
        exchange.get(READ, own.withAll()).hasStatus(200);
        TestSystem.operate(
                        exchange,
                        "POST",
                        "",
                        "{\"id\":\"outside-1\",\"role\":\"agency\",\"jwksUrl\":\"https://example.ml/k\"}",
                        TestSystem.operatorKey())
                .hasStatus(400);
    }

    @Test
    @DisplayName("A refusal is traced with its reason and the id of whom it concerns")
    void tracesRefusals() {
        String subject = UUID.randomUUID().toString();
        refusesToken(issuer.token(claims().subject(subject).claim("keneya_role", "chief")), "keneya_role");

        String id = listed(subject).path("id").asText();

        String events =
                exchange.get("AuditEvent?agent:identifier=" + id).hasStatus(200).body();
        assertThat(events).contains(id, "outside-role").doesNotContain(subject);
    }

    @Test
    @DisplayName("O3: keys that nobody has are looked for twice in ten seconds at most")
    void o3_doesNotAskForEachUnknownKey() {
        acceptsToken(issuer.token(claims()));
        int before = issuer.asked();

        for (int count = 0; count < 30; count++) {
            JWK unknown = TestSystem.anEcKey();
            isUnauthenticated(TestIssuer.sign(JWSAlgorithm.ES384, unknown, claims(), header -> header));
        }

        assertThat(issuer.asked() - before).isBetween(0, 4);
        acceptsToken(issuer.token(claims()));
    }

    @Test
    @DisplayName("It is told whose tokens are accepted")
    void tellsTheIssuers() {
        JsonNode told =
                TestSystem.read(exchange.get(TestSystem.root(exchange) + "/.well-known/oauth-protected-resource/fhir")
                        .hasStatus(200));

        assertThat(told.path("resource").asText()).isEqualTo(exchange.base());
        assertThat(told.path("authorization_servers"))
                .extracting(JsonNode::asText)
                .containsExactly(TestSystem.root(exchange), issuer.uri());
        assertThat(TestSystem.read(exchange.get(".well-known/smart-configuration"))
                        .path("issuer")
                        .asText())
                .isEqualTo(TestSystem.root(exchange));
    }

    @Test
    @DisplayName(
            "Z17: what an officer of the other issuer has waiting is carried out only while its areas are still hers")
    void z17_comparesTheAreasOfWhatWaits() {
        String subject = UUID.randomUUID().toString();
        String id = placed(subject, "ML02 ML03");
        assertThat(may(id, "ML02", "ML03")).isTrue();
        assertThat(may(id, "ML02")).isTrue();
        assertThat(may(id, "ML04")).isFalse();
        assertThat(may(id)).as("without areas, which would be all of them").isFalse();

        assertThat(placed(subject, "ML03")).isEqualTo(id);

        assertThat(may(id, "ML03")).isTrue();
        assertThat(may(id, "ML02", "ML03")).as("an area that was taken away").isFalse();
    }

    private String placed(String subject, String areas) {
        JWTClaimsSet.Builder officer = claims().subject(subject)
                .claim("keneya_role", "area")
                .claim("keneya_facility", null)
                .claim("keneya_areas", areas);
        exchange.get("Task?_count=1", with(issuer.token(officer))).hasStatus(200);
        return listed(subject).path("id").asText();
    }

    private boolean may(String id, String... areas) {
        return callers.mayStillCall(new Caller(id, null, Caller.Role.AREA, Set.of(areas), null));
    }

    private JWTClaimsSet.Builder claims() {
        return issuer.claims(exchange.base(), facility);
    }

    private JWTClaimsSet.Builder claims(TestSystem other) {
        return claims().claim("keneya_facility", listedFacility(other));
    }

    private String listedFacility(TestSystem other) {
        return entry("id", other.id()).path("facility").asText();
    }

    private JsonNode listed(String subject) {
        return entry("subject", issuer.uri() + " " + subject);
    }

    private JsonNode entry(String field, String value) {
        JsonNode all = TestSystem.read(TestSystem.operate(exchange, "GET", "", null, TestSystem.operatorKey()));
        return StreamSupport.stream(all.spliterator(), false)
                .filter(client -> client.path(field).asText().equals(value))
                .findFirst()
                .orElseThrow();
    }

    private String signed(UnaryOperator<JWSHeader.Builder> change) {
        return TestIssuer.sign(JWSAlgorithm.RS256, issuer.key(), claims(), change);
    }

    private static Date in(long seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    private static String withPublicKeyAsPassword(RSAKey theirs, JWTClaimsSet claims) throws JOSEException {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .keyID(theirs.getKeyID())
                        .build(),
                claims);
        jwt.sign(new MACSigner(theirs.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8)));
        return jwt.serialize();
    }

    private static String[] with(String token, String... others) {
        String[] headers = new String[others.length + 2];
        headers[0] = "Authorization";
        headers[1] = "Bearer " + token;
        System.arraycopy(others, 0, headers, 2, others.length);
        return headers;
    }

    private void acceptsToken(String token) {
        exchange.get(READ, with(token)).hasStatus(200);
    }

    private void refusesToken(String token, String claim) {
        exchange.get(READ, with(token)).isRefused(403, "ML-FHIR-046").says(claim);
    }

    private void isUnauthenticated(String token) {
        Answer answer = exchange.get(READ, with(token)).isRefused(401, "ML-FHIR-014");
        assertThat(answer.header("WWW-Authenticate").orElse("")).startsWith("Bearer");
    }
}
