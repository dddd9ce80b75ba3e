package ml.keneya.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;

/** A system with keys of its own, registered as an operator does it, that gets tokens as SMART Backend Services say. */
public final class TestSystem {

    private static final Path OPERATOR_KEY = Path.of(System.getProperty("basedir", ""), "target/test-operator-key");
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Exchange exchange;
    private final String id;
    private final JWK key;

    private TestSystem(Exchange exchange, String id, JWK key) {
        this.exchange = exchange;
        this.id = id;
        this.key = key;
    }

    public static TestSystem ofSite(Exchange exchange, String facility) {
        return registered(exchange, "site", facility, anEcKey());
    }

    public static TestSystem withRole(Exchange exchange, String role) {
        return registered(exchange, role, null, anEcKey());
    }

    public static TestSystem registered(Exchange exchange, String role, String facility, JWK key) {
        String id = Exchange.unique("system");
        Map<String, Object> wanted = new HashMap<>();
        wanted.put("id", id);
        wanted.put("role", role);
        wanted.put("facility", facility);
        wanted.put("areas", "area".equals(role) ? List.of("ML02") : null);
        wanted.put("jwks", new JWKSet(key.toPublicJWK()).toJSONObject());
        operate(exchange, "POST", "", json(wanted), operatorKey()).hasStatus(201);
        return new TestSystem(exchange, id, key);
    }

    /** One that is registered already. */
    public static TestSystem known(Exchange exchange, String id, JWK key) {
        return new TestSystem(exchange, id, key);
    }

    /** One that a sandbox lets in for some hours. */
    public static TestSystem guest(Exchange exchange, String role, String facility) {
        JWK key = anEcKey();
        Answer admitted = askForGuest(exchange, role, facility, key).hasStatus(201);
        return new TestSystem(exchange, read(admitted).path("id").asText(), key);
    }

    public static Answer askForGuest(Exchange exchange, String role, String facility, JWK key) {
        Map<String, Object> wanted = new HashMap<>();
        wanted.put("role", role);
        wanted.put("facility", facility);
        wanted.put("areas", "area".equals(role) ? List.of("ML02") : null);
        wanted.put("jwks", new JWKSet(key.toPublicJWK()).toJSONObject());
        return exchange.send(
                "POST",
                root(exchange) + "/operator/sandbox/clients",
                "application/json",
                BodyPublishers.ofString(json(wanted)),
                "Keneya-Operator-Key",
                operatorKey());
    }

    /** The same system at another server. */
    public TestSystem at(Exchange other) {
        return new TestSystem(other, id, key);
    }

    public static Answer operate(Exchange exchange, String method, String path, String body, String operatorKey) {
        return exchange.send(
                method,
                root(exchange) + "/operator/clients" + path,
                "application/json",
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body),
                "Keneya-Operator-Key",
                operatorKey);
    }

    public static String operatorKey() {
        try {
            return Files.readString(OPERATOR_KEY).strip();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    public static String root(Exchange exchange) {
        return exchange.base().replaceFirst("/fhir$", "");
    }

    public static ECKey anEcKey() {
        try {
            return new ECKeyGenerator(Curve.P_384)
                    .keyID(UUID.randomUUID().toString())
                    .generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static RSAKey anRsaKey() {
        try {
            return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public String id() {
        return id;
    }

    public void revoke() {
        operate(exchange, "DELETE", "/" + id, null, operatorKey()).hasStatus(200);
    }

    /** The two halves of the header that shows a fresh token with these scopes. */
    public String[] with(String scopes) {
        return new String[] {"Authorization", "Bearer " + token(scopes)};
    }

    public String[] withAll() {
        return with("system/*.cruds");
    }

    public String token(String scopes) {
        Answer answer = ask(assertion(claims -> claims), scopes);
        answer.hasStatus(200);
        JsonNode token = read(answer);
        assertThat(token.path("token_type").asText()).isEqualTo("Bearer");
        assertThat(token.path("expires_in").asInt()).isBetween(200, 300);
        return token.path("access_token").asText();
    }

    public Answer ask(String assertion, String scopes) {
        String form = "grant_type=client_credentials&scope=" + encoded(scopes)
                + "&client_assertion_type=" + encoded("urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                + "&client_assertion=" + encoded(assertion);
        return exchange.send("POST", root(exchange) + "/oauth2/token", FORM, BodyPublishers.ofString(form));
    }

    /** A good assertion, changed as a test wants it. */
    public String assertion(UnaryOperator<JWTClaimsSet.Builder> change) {
        return signed(key instanceof RSAKey ? JWSAlgorithm.RS384 : JWSAlgorithm.ES384, key, change);
    }

    public String signed(JWSAlgorithm algorithm, JWK with, UnaryOperator<JWTClaimsSet.Builder> change) {
        return sign(
                new JWSHeader.Builder(algorithm).keyID(with.getKeyID()).build(),
                with,
                change.apply(claims()).build());
    }

    /** Those of a good assertion. */
    public JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(id)
                .subject(id)
                .audience(root(exchange) + "/oauth2/token")
                .expirationTime(Date.from(Instant.now().plusSeconds(240)))
                .jwtID(UUID.randomUUID().toString());
    }

    public static String sign(JWSHeader header, JWK with, JWTClaimsSet claims) {
        try {
            JWSSigner signer = with instanceof RSAKey rsa ? new RSASSASigner(rsa) : new ECDSASigner(with.toECKey());
            SignedJWT jwt = new SignedJWT(header, claims);
            jwt.sign(signer);
            return jwt.serialize();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static JsonNode read(Answer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
