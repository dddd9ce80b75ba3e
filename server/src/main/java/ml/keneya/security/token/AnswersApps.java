package ml.keneya.security.token;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import ml.keneya.security.client.Apps;
import ml.keneya.security.login.ShowsLogin;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;

/**
 * Sends the person back to the application, with a code or with the reason why there is none; never to an address that
 * is not registered for it. Every answer says whose it is (RFC 9207).
 */
@Component
class AnswersApps implements AuthenticationSuccessHandler, AuthenticationFailureHandler {

    private final Apps apps;
    private final Addresses addresses;
    private final ShowsLogin page;

    AnswersApps(Apps apps, Addresses addresses, ShowsLogin page) {
        this.apps = apps;
        this.addresses = addresses;
        this.page = page;
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws IOException {
        OAuth2AuthorizationCodeRequestAuthenticationToken granted =
                (OAuth2AuthorizationCodeRequestAuthenticationToken) authentication;
        String code = Objects.requireNonNull(granted.getAuthorizationCode()).getTokenValue();
        send("code", code, granted, request, response);
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        if (failure instanceof OAuth2AuthorizationCodeRequestAuthenticationException refused) {
            send(
                    "error",
                    refused.getError().getErrorCode(),
                    refused.getAuthorizationCodeRequestAuthentication(),
                    request,
                    response);
        } else {
            page.refuse("request", request, response);
        }
    }

    private void send(
            String name,
            String value,
            @Nullable OAuth2AuthorizationCodeRequestAuthenticationToken wish,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        if (wish == null || wish.getRedirectUri() == null || !isRegistered(wish, wish.getRedirectUri())) {
            page.refuse("request", request, response);
            return;
        }
        Map<String, String> said = new LinkedHashMap<>();
        said.put(name, value);
        if (wish.getState() != null) {
            said.put("state", wish.getState());
        }
        said.put("iss", addresses.issuer(request));
        StringBuilder address = new StringBuilder(wish.getRedirectUri());
        said.forEach((key, text) -> address.append(address.indexOf("?") < 0 ? '?' : '&')
                .append(key)
                .append('=')
                .append(UriUtils.encode(text, StandardCharsets.UTF_8)));
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", address.toString());
        response.setHeader("Cache-Control", "no-store");
    }

    private boolean isRegistered(OAuth2AuthorizationCodeRequestAuthenticationToken wish, String target) {
        return apps.find(wish.getClientId())
                .filter(app -> app.redirectUris().contains(target))
                .isPresent();
    }
}
