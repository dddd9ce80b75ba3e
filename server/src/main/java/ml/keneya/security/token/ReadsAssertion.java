package ml.keneya.security.token;

import com.nimbusds.jwt.SignedJWT;
import jakarta.servlet.http.HttpServletRequest;
import java.text.ParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Takes the assertion out of a request for a token. Clients of SMART Backend Services send no {@code client_id},
 * without which Spring's own does nothing: who it is stands in the assertion.
 */
class ReadsAssertion implements AuthenticationConverter {

    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /** Spring's name for "by an assertion, of whatever kind". */
    private static final ClientAuthenticationMethod BY_ASSERTION = new ClientAuthenticationMethod(TYPE);

    private static final int LONGEST = 8_000;

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        String assertion = only(request, "client_assertion");
        String claimedId = claimedId(assertion);
        String[] named = request.getParameterValues("client_id");
        if (!TYPE.equals(only(request, "client_assertion_type"))
                || named != null && !(named.length == 1 && named[0].equals(claimedId))) {
            throw refused(OAuth2ErrorCodes.INVALID_REQUEST);
        }
        return new OAuth2ClientAuthenticationToken(claimedId, BY_ASSERTION, assertion, Map.of());
    }

    private static String only(HttpServletRequest request, String name) {
        String[] values = request.getParameterValues(name);
        if (values == null || values.length != 1 || values[0].isEmpty() || values[0].length() > LONGEST) {
            throw refused(OAuth2ErrorCodes.INVALID_REQUEST);
        }
        // What stands in an address is written into logs on the way.
        if (request.getQueryString() != null) {
            throw refused(OAuth2ErrorCodes.INVALID_REQUEST);
        }
        return values[0];
    }

    /** Believed only to find the keys that the signature is then checked with. */
    private static String claimedId(String assertion) {
        try {
            String subject = SignedJWT.parse(assertion).getJWTClaimsSet().getSubject();
            if (subject == null) {
                throw refused(OAuth2ErrorCodes.INVALID_CLIENT);
            }
            return subject;
        } catch (ParseException unreadable) {
            throw refused(OAuth2ErrorCodes.INVALID_CLIENT);
        }
    }

    private static OAuth2AuthenticationException refused(String code) {
        return new OAuth2AuthenticationException(code);
    }
}
