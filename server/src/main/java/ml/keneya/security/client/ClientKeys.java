package ml.keneya.security.client;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import java.net.URI;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * Where the public keys of a client are (RFC 7517): in the register, or at an address of its maker's that the operator
 * registered (SMART App Launch 2.2, "Registering a client": a URL is preferred, because keys can then be changed
 * without an operator). One of the two.
 *
 * @param set the keys
 * @param address where the set of keys is fetched
 */
public record ClientKeys(@Nullable String set, @Nullable URI address) {

    private static final int SMALLEST_RSA_KEY = 2048;

    public ClientKeys {
        if ((set == null) == (address == null)) {
            throw new IllegalArgumentException("Either the keys or their address.");
        }
    }

    static ClientKeys of(String set) {
        return new ClientKeys(set, null);
    }

    static ClientKeys at(URI address) {
        return new ClientKeys(null, address);
    }

    /** Over TLS, or on this very machine, so that nobody on the way can put in a key of his own. */
    static boolean isSafe(String address) {
        return address.matches("https?://.*") && RedirectAddress.isSafe(address);
    }

    /** Whether a client may sign with it; a private one has no business here. */
    static boolean isFit(JWK key) {
        boolean strong = key instanceof RSAKey rsa && rsa.size() >= SMALLEST_RSA_KEY
                || key instanceof ECKey curve && Curve.P_384.equals(curve.getCurve());
        return strong && !key.isPrivate() && key.getKeyID() != null;
    }

    static JWKSet parse(String set) {
        try {
            return JWKSet.parse(set);
        } catch (ParseException damaged) {
            throw new IllegalStateException("The keys of a client in the database are damaged.", damaged);
        }
    }
}
