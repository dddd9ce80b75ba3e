package ml.keneya.security.login;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.stream.Stream;
import ml.keneya.security.people.Secret;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/**
 * Shows that a form came from our page: the same random text stands in the form and in a cookie that pages of others
 * can neither read nor have sent along.
 */
class FormToken {

    static final String FIELD = "form_token";

    private static final String NAME = "keneya-login";

    /** What browsers keep the makers of other names on the same domain from setting. */
    private static final String NAME_OVER_TLS = "__Host-" + NAME;

    private FormToken() {}

    static boolean isRight(HttpServletRequest request) {
        String sent = request.getParameter(FIELD);
        return sent != null
                && inCookie(request)
                        .filter(kept -> MessageDigest.isEqual(
                                kept.getBytes(StandardCharsets.UTF_8), sent.getBytes(StandardCharsets.UTF_8)))
                        .isPresent();
    }

    /** The one that the browser has, so that two open pages both work, or a fresh one. */
    static String give(HttpServletRequest request, HttpServletResponse response) {
        return inCookie(request).orElseGet(() -> {
            String made = Secret.make();
            response.addHeader(
                    HttpHeaders.SET_COOKIE,
                    ResponseCookie.from(name(request), made)
                            .path("/")
                            .httpOnly(true)
                            .secure(request.isSecure())
                            .sameSite("Strict")
                            .build()
                            .toString());
            return made;
        });
    }

    private static Optional<String> inCookie(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return Stream.of(cookies == null ? new Cookie[0] : cookies)
                .filter(cookie -> cookie.getName().equals(name(request)))
                .map(Cookie::getValue)
                // As we make them: what somebody else has put there is not shown on the page.
                .filter(value -> value.matches("[A-Za-z0-9_-]{43}"))
                .findFirst();
    }

    private static String name(HttpServletRequest request) {
        return request.isSecure() ? NAME_OVER_TLS : NAME;
    }
}
