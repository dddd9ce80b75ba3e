package ml.keneya.security.issuer;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches the issuer's public keys, each time it is asked, from where the settings or its discovery document say.
 * Redirections are not followed, and long answers are not read.
 */
class FetchesKeys implements JWKSetSource<SecurityContext> {

    private static final Logger log = LoggerFactory.getLogger(FetchesKeys.class);

    /** Milliseconds. */
    private static final int LONGEST_CONNECTING = 2_000;

    private static final int LONGEST_SILENCE = 3_000;

    /** Bytes; some hundred keys. */
    private static final int LONGEST_ANSWER = 64 * 1024;

    private static final int SMALLEST_RSA_KEY = 2048;
    private static final Set<Curve> CURVES = Set.of(Curve.P_256, Curve.P_384, Curve.P_521);

    private final String issuer;
    private final @Nullable String address;
    private final DefaultResourceRetriever wire =
            new DefaultResourceRetriever(LONGEST_CONNECTING, LONGEST_SILENCE, LONGEST_ANSWER) {
                @Override
                protected HttpURLConnection openHTTPConnection(URL url) throws IOException {
                    HttpURLConnection connection = super.openHTTPConnection(url);
                    connection.setInstanceFollowRedirects(false);
                    return connection;
                }
            };

    /** The last that were had, whether they still count or not. */
    private volatile JWKSet last = new JWKSet();

    /** @param address of the keys; the discovery document names it when it is absent */
    FetchesKeys(String issuer, @Nullable String address) {
        this.issuer = issuer;
        this.address = address;
    }

    @Override
    public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator wanted, long now, @Nullable SecurityContext context)
            throws JWKSetUnavailableException {
        try {
            List<JWK> fit = JWKSet.parse(read(address == null ? discovered() : address)).getKeys().stream()
                    .filter(FetchesKeys::isFit)
                    .toList();
            last = new JWKSet(fit);
            return last;
        } catch (IOException | ParseException | IllegalArgumentException unavailable) {
            log.warn(
                    "The keys of {} cannot be had: {}",
                    issuer,
                    unavailable.getClass().getSimpleName());
            throw new JWKSetUnavailableException("The issuer's keys cannot be had.", unavailable);
        }
    }

    JWKSet last() {
        return last;
    }

    @Override
    public void close() {
        // Nothing is held open.
    }

    /** OpenID Connect Discovery 1.0, section 4: the document must be that of the very issuer. */
    private String discovered() throws IOException, ParseException {
        String place = issuer.replaceFirst("/$", "") + "/.well-known/openid-configuration";
        Map<String, Object> document = JSONObjectUtils.parse(read(place));
        String keys = JSONObjectUtils.getString(document, "jwks_uri");
        if (!issuer.equals(JSONObjectUtils.getString(document, "issuer"))
                || keys == null
                || !IssuerSettings.isSafe(keys)) {
            throw new IOException("The discovery document is another's, or names no safe place of keys.");
        }
        return keys;
    }

    private String read(String place) throws IOException {
        return wire.retrieveResource(URI.create(place).toURL()).getContent();
    }

    private static boolean isFit(JWK key) {
        boolean strong = key instanceof RSAKey rsa && rsa.size() >= SMALLEST_RSA_KEY
                || key instanceof ECKey curve && CURVES.contains(curve.getCurve());
        return strong && !key.isPrivate();
    }
}
