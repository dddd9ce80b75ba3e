package ml.keneya.security.token;

import com.nimbusds.jose.jwk.ECKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import ml.keneya.security.access.PageSecrets;
import org.springframework.stereotype.Component;

/** Every copy of the server has the signing keys, so what is derived from them is shared without being kept. */
@Component
class SecretsFromSigningKeys implements PageSecrets {

    private final SigningKeys keys;

    SecretsFromSigningKeys(SigningKeys keys) {
        this.keys = keys;
    }

    @Override
    public List<byte[]> secrets() {
        return keys.all().stream()
                .filter(ECKey.class::isInstance)
                .map(key -> digest("pages\n" + key.toJSONString()))
                .toList();
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Java has no SHA-256.", impossible);
        }
    }
}
