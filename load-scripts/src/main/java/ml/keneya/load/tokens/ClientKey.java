package ml.keneya.load.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPrivateKeySpec;
import java.util.Base64;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The private key by which a site's program proves who it is: RSA for RS384 or P-384 for ES384, the two algorithms of
 * SMART App Launch 2.2 ("Asymmetric authentication").
 *
 * @param algorithm of the signature, as JOSE names it (RFC 7518, section 3.1)
 * @param id by which the server finds the public key; nothing in a PEM file, which has no place for it
 */
record ClientKey(PrivateKey key, String algorithm, @Nullable String id) {
    private static final int SMALLEST_RSA = 2048;
    private static final int P_384 = 384;

    /**
     * Reads a private key: a JWK or a set with one private key (RFC 7517), or PKCS #8 in PEM.
     *
     * @throws IOException when the file cannot be read
     * @throws IllegalArgumentException when it holds no key that SMART Backend Services can use; the message never
     *     quotes the file
     */
    static ClientKey read(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
        try {
            return text.startsWith("{") ? ofJwk(JsonMapper.builder().build().readTree(text)) : ofPem(text);
        } catch (GeneralSecurityException | com.fasterxml.jackson.core.JacksonException unusable) {
            throw new IllegalArgumentException("Not a private key", unusable);
        }
    }

    private static ClientKey ofJwk(JsonNode document) throws GeneralSecurityException {
        JsonNode jwk = document.has("keys") ? onlyPrivateKeyOf(document.path("keys")) : document;
        String id = jwk.path("kid").isTextual() ? jwk.path("kid").asText() : null;
        PrivateKey key = switch (jwk.path("kty").asText()) {
            case "RSA" ->
                KeyFactory.getInstance("RSA")
                        .generatePrivate(new RSAPrivateKeySpec(number(jwk, "n"), number(jwk, "d")));
            case "EC" -> ellipticKey(jwk);
            default -> throw new IllegalArgumentException("Neither RSA nor EC");
        };
        return of(key, id);
    }

    private static JsonNode onlyPrivateKeyOf(JsonNode keys) {
        var privateKeys = StreamSupport.stream(keys.spliterator(), false)
                .filter(key -> key.has("d"))
                .toList();
        if (privateKeys.size() != 1) {
            throw new IllegalArgumentException("Not exactly one private key");
        }
        return privateKeys.get(0);
    }

    private static PrivateKey ellipticKey(JsonNode jwk) throws GeneralSecurityException {
        if (!jwk.path("crv").asText().equals("P-384")) {
            throw new IllegalArgumentException("The curve is not P-384");
        }
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp384r1"));
        return KeyFactory.getInstance("EC")
                .generatePrivate(new ECPrivateKeySpec(number(jwk, "d"), curve.getParameterSpec(ECParameterSpec.class)));
    }

    private static BigInteger number(JsonNode jwk, String member) {
        if (!jwk.path(member).isTextual()) {
            throw new IllegalArgumentException("Member " + member + " is missing: this is no private key");
        }
        return new BigInteger(1, Base64.getUrlDecoder().decode(jwk.path(member).asText()));
    }

    private static ClientKey ofPem(String text) throws GeneralSecurityException {
        if (!text.contains("-----BEGIN PRIVATE KEY-----")) {
            throw new IllegalArgumentException("Neither JWK nor PKCS #8");
        }
        String body = text.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        var encoded = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body));
        try {
            return of(KeyFactory.getInstance("RSA").generatePrivate(encoded), null);
        } catch (java.security.spec.InvalidKeySpecException notRsa) {
            return of(KeyFactory.getInstance("EC").generatePrivate(encoded), null);
        }
    }

    private static ClientKey of(PrivateKey key, @Nullable String id) {
        if (key instanceof RSAPrivateKey rsa && rsa.getModulus().bitLength() >= SMALLEST_RSA) {
            return new ClientKey(key, "RS384", id);
        }
        if (key instanceof ECPrivateKey elliptic
                && elliptic.getParams().getOrder().bitLength() == P_384) {
            return new ClientKey(key, "ES384", id);
        }
        throw new IllegalArgumentException("Neither RSA of 2048 bits or more nor P-384");
    }

    /** The signature in the form of JWS (RFC 7515). */
    byte[] sign(byte[] text) {
        try {
            Signature signature =
                    Signature.getInstance(algorithm.equals("RS384") ? "SHA384withRSA" : "SHA384withECDSAinP1363Format");
            signature.initSign(key);
            signature.update(text);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java platform has this algorithm", impossible);
        }
    }

    @Override
    public String toString() {
        return "ClientKey[" + algorithm + "]";
    }
}
