package ml.keneya.load.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A token server as SMART Backend Services 2.2 wants it, beside an exchange that asks for its tokens: checks signature,
 * audience, time and that no assertion comes twice.
 */
public final class TokenIssuer {
    public static final String CLIENT = "csref-kita-emr";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final KeyPair keys;
    private final boolean elliptic;
    private final ReceivingExchange exchange;
    private final Set<String> seen = new HashSet<>();
    private final Set<String> valid = new HashSet<>();
    private final List<String> complaints = new ArrayList<>();
    private int issued;
    private int lifetime = 300;

    private TokenIssuer(ReceivingExchange exchange, KeyPair keys, boolean elliptic) {
        this.exchange = exchange;
        this.keys = keys;
        this.elliptic = elliptic;
    }

    /** Guards an exchange; its own objections come after. */
    public static TokenIssuer guarding(ReceivingExchange exchange, boolean elliptic) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(elliptic ? "EC" : "RSA");
            if (elliptic) {
                generator.initialize(new ECGenParameterSpec("secp384r1"));
            } else {
                generator.initialize(2048);
            }
            var issuer = new TokenIssuer(exchange, generator.generateKeyPair(), elliptic);
            exchange.server().createContext("/fhir/.well-known/smart-configuration", issuer::configuration);
            exchange.server().createContext("/token", issuer::token);
            exchange.objecting((http, delivery) -> issuer.objects(http, delivery.authorization()));
            return issuer;
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** How many seconds a token is good for by what is said of it. */
    public TokenIssuer lasting(int seconds) {
        lifetime = seconds;
        return this;
    }

    /** Forgets every token, as a server does that was restarted. */
    public synchronized void forget() {
        valid.clear();
    }

    public synchronized int issued() {
        return issued;
    }

    public synchronized List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** The private key as a JWK. */
    public Path keyFile(Path folder) throws IOException {
        String jwk;
        if (keys.getPrivate() instanceof ECPrivateKey key) {
            jwk = "{\"kty\":\"EC\",\"crv\":\"P-384\",\"kid\":\"k1\",\"d\":\"" + number(key.getS()) + "\"}";
        } else {
            var key = (RSAPrivateKey) keys.getPrivate();
            jwk = "{\"kty\":\"RSA\",\"kid\":\"k1\",\"n\":\"" + number(key.getModulus()) + "\",\"d\":\""
                    + number(key.getPrivateExponent()) + "\"}";
        }
        return Files.writeString(folder.resolve("key.jwk"), jwk);
    }

    /** The private key as PEM. */
    public Path pemFile(Path folder) throws IOException {
        String body = Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded());
        return Files.writeString(
                folder.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n");
    }

    private static String number(BigInteger number) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(number.toByteArray());
    }

    private String endpoint() {
        return exchange.base().replace("/fhir", "/token");
    }

    private void configuration(HttpExchange http) throws IOException {
        try (http) {
            ReceivingExchange.answer(http, 200, "{\"token_endpoint\":\"" + endpoint() + "\"}");
        }
    }

    private synchronized boolean objects(HttpExchange http, String authorization) throws IOException {
        if (authorization != null && valid.contains(authorization.replace("Bearer ", ""))) {
            return false;
        }
        ReceivingExchange.answer(http, 401, "{\"resourceType\":\"OperationOutcome\"}");
        return true;
    }

    private synchronized void token(HttpExchange http) throws IOException {
        try (http) {
            Map<String, String> form = form(http);
            String fault = fault(form);
            if (!fault.isEmpty()) {
                complaints.add(fault);
                ReceivingExchange.answer(
                        http, 400, "{\"error\":\"invalid_client\",\"error_description\":\"" + fault + "\"}");
                return;
            }
            issued++;
            valid.add("token-" + issued);
            ReceivingExchange.answer(
                    http,
                    200,
                    "{\"access_token\":\"token-" + issued + "\",\"token_type\":\"bearer\",\"expires_in\":" + lifetime
                            + "}");
        }
    }

    private String fault(Map<String, String> form) throws IOException {
        String[] parts = form.getOrDefault("client_assertion", "").split("\\.");
        if (parts.length != 3 || !"client_credentials".equals(form.get("grant_type"))) {
            return "form";
        }
        JsonNode header = JSON.readTree(Base64.getUrlDecoder().decode(parts[0]));
        JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
        Instant now = Instant.now();
        Instant expires = Instant.ofEpochSecond(claims.path("exp").asLong());
        if (!header.path("alg").asText().equals(elliptic ? "ES384" : "RS384") || !isSignedByKey(parts)) {
            return "signature";
        }
        if (!claims.path("iss").asText().equals(CLIENT)
                || !claims.path("sub").asText().equals(CLIENT)) {
            return "client";
        }
        if (!claims.path("aud").asText().equals(endpoint())) {
            return "audience";
        }
        if (expires.isBefore(now) || expires.isAfter(now.plus(Duration.ofMinutes(5)))) {
            return "time";
        }
        return seen.add(claims.path("jti").asText()) ? "" : "replay";
    }

    private boolean isSignedByKey(String[] parts) {
        try {
            Signature signature = Signature.getInstance(elliptic ? "SHA384withECDSAinP1363Format" : "SHA384withRSA");
            signature.initVerify(keys.getPublic());
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
        } catch (GeneralSecurityException broken) {
            return false;
        }
    }

    private static Map<String, String> form(HttpExchange http) throws IOException {
        Map<String, String> form = new HashMap<>();
        String text = new String(http.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
        for (String field : text.split("&")) {
            String[] pair = field.split("=", 2);
            form.put(pair[0], pair.length == 2 ? URLDecoder.decode(pair[1], StandardCharsets.UTF_8) : "");
        }
        return form;
    }
}
