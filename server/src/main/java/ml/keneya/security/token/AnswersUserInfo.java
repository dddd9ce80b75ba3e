package ml.keneya.security.token;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ml.keneya.security.Admission;
import ml.keneya.security.token.ChecksTokens.Person;
import org.jspecify.annotations.Nullable;

/** Tells an application who its person is (OpenID Connect Core 1.0, section 5.3). */
class AnswersUserInfo extends HttpServlet {

    static final String PATH = "/oauth2/userinfo";

    private static final long serialVersionUID = 1L;
    private static final Pattern BEARER = Pattern.compile("[Bb]earer +([A-Za-z0-9._~+/-]{1,8000}=*)");

    private final transient ObjectMapper json = new ObjectMapper();
    private final transient ChecksTokens tokens;
    private final transient Addresses addresses;
    private final transient PersonClaims claims;

    AnswersUserInfo(ChecksTokens tokens, Addresses addresses, PersonClaims claims) {
        this.tokens = tokens;
        this.addresses = addresses;
        this.claims = claims;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        Admission.tried(Admission.USER_INFO, null, null, null).bringTo(request);
        Person person = personOf(request);
        if (person == null) {
            response.setHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            return;
        }
        if (!person.scopes().contains("openid")) {
            response.setHeader("WWW-Authenticate", "Bearer error=\"insufficient_scope\", scope=\"openid\"");
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        Admission.tried(Admission.USER_INFO, null, null, null)
                .as(person.account().asCaller(null))
                .bringTo(request);
        byte[] body = json.writeValueAsBytes(claims.of(person.account(), person.scopes(), addresses.fhirBase(request)));
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        doGet(request, response);
    }

    private @Nullable Person personOf(HttpServletRequest request) {
        Matcher bearer = BEARER.matcher(String.valueOf(request.getHeader("Authorization")));
        return bearer.matches()
                ? tokens.checkPerson(bearer.group(1), addresses.issuer(request), addresses.fhirBase(request))
                        .orElse(null)
                : null;
    }
}
