package ml.keneya.load.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/**
 * A fresh pair of keys on the curve P-384, as JSON Web Keys (RFC 7517, and RFC 7518, section 6.2).
 *
 * @param secret the private key, which stays with the system that signs
 * @param shown the set that holds the public one, for the exchange
 */
record NewKey(ObjectNode secret, ObjectNode shown) {
    /** Bytes of a number on this curve; RFC 7518 wants them all, also the first ones that are zero. */
    private static final int LENGTH = 48;

    static NewKey made() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp384r1"));
            KeyPair pair = generator.generateKeyPair();
            var point = ((ECPublicKey) pair.getPublic()).getW();
            ObjectNode open = JsonNodeFactory.instance
                    .objectNode()
                    .put("crv", "P-384")
                    .put("kty", "EC")
                    .put("x", number(point.getAffineX()))
                    .put("y", number(point.getAffineY()));
            // The thumbprint of RFC 7638: its members in this order, without spaces.
            byte[] thumbprint =
                    MessageDigest.getInstance("SHA-256").digest(open.toString().getBytes(StandardCharsets.UTF_8));
            open.put("kid", text(thumbprint)).put("alg", "ES384").put("use", "sig");
            ObjectNode secret = open.deepCopy().put("d", number(((ECPrivateKey) pair.getPrivate()).getS()));
            ObjectNode shown = JsonNodeFactory.instance.objectNode();
            shown.putArray("keys").add(open);
            return new NewKey(secret, shown);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java platform has this curve", impossible);
        }
    }

    private static String number(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] all = new byte[LENGTH];
        // Java writes a sign byte before a number whose first bit is set.
        int spare = Math.max(0, bytes.length - LENGTH);
        int length = bytes.length - spare;
        System.arraycopy(bytes, spare, all, LENGTH - length, length);
        return text(all);
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "NewKey[" + shown + "]";
    }
}
