package ml.keneya.security.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys a system may sign with, and where it may publish them. */
class ClientKeysTest {

    @Test
    void strongPublicKeysWithAnIdAreFit() throws JOSEException {
        assertThat(ClientKeys.isFit(rsa(2048).toPublicJWK())).isTrue();
        assertThat(ClientKeys.isFit(curve(Curve.P_384, "k").toPublicJWK())).isTrue();
    }

    @Test
    void othersAreNot() throws JOSEException {
        assertThat(ClientKeys.isFit(rsa(1024).toPublicJWK())).as("short").isFalse();
        assertThat(ClientKeys.isFit(curve(Curve.P_256, "k").toPublicJWK()))
                .as("another curve")
                .isFalse();
        assertThat(ClientKeys.isFit(curve(Curve.P_384, null).toPublicJWK()))
                .as("without id")
                .isFalse();
        assertThat(ClientKeys.isFit(rsa(2048))).as("private").isFalse();
        assertThat(ClientKeys.isFit(curve(Curve.P_384, "k"))).as("private").isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://emr.example.ml/jwks.json", "http://127.0.0.1:9/jwks"})
    void publishedOverTlsOrHere(String address) {
        assertThat(ClientKeys.isSafe(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://emr.example.ml/jwks.json", "http.evil.example:/keys", "httpsx://a/b", "file:///keys"})
    void nowhereElse(String address) {
        assertThat(ClientKeys.isSafe(address)).isFalse();
    }

    private static JWK rsa(int bits) throws JOSEException {
        return new RSAKeyGenerator(bits, true).keyID("k").generate();
    }

    private static JWK curve(Curve curve, String id) throws JOSEException {
        return new ECKeyGenerator(curve).keyID(id).generate();
    }
}
