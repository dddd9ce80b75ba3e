package ml.keneya.security.token;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import ml.keneya.security.access.Scopes;
import ml.keneya.security.client.App;
import ml.keneya.security.client.Apps;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.context.AuthorizationServerContextHolder;
import org.springframework.stereotype.Component;

/**
 * Checks what an application asks a person for, before the person is asked anything (SMART App Launch 2.2, section on
 * the authorization code). What is not understood is refused rather than left out.
 */
@Component
class ChecksWishes implements Consumer<OAuth2AuthorizationCodeRequestAuthenticationContext> {

    private static final String CHALLENGE = "[A-Za-z0-9_-]{43}";
    private static final int LONGEST = 500;

    private final Apps apps;
    private final Addresses addresses;

    ChecksWishes(Apps apps, Addresses addresses) {
        this.apps = apps;
        this.addresses = addresses;
    }

    @Override
    public void accept(OAuth2AuthorizationCodeRequestAuthenticationContext context) {
        OAuth2AuthorizationCodeRequestAuthenticationToken wish = context.getAuthentication();
        App app = apps.find(wish.getClientId())
                .orElseThrow(() -> refused(OAuth2ErrorCodes.UNAUTHORIZED_CLIENT, wish, null));
        String target = wish.getRedirectUri();
        if (target == null || !app.redirectUris().contains(target)) {
            // Nobody is sent to an address that is not known: the person is told instead.
            throw refused(OAuth2ErrorCodes.INVALID_REQUEST, wish, null);
        }
        Map<String, Object> more = wish.getAdditionalParameters();
        Set<String> words = wish.getScopes();
        Optional<Scopes> scopes = Scopes.ofPerson(words);
        Optional<Scopes> atMost = Scopes.ofPerson(app.words());
        if (words.isEmpty()
                || scopes.isEmpty()
                || atMost.isEmpty()
                || !atMost.get().cover(scopes.get())
                || !words.stream().filter(Scopes.ABOUT_PERSONS::contains).allMatch(app.words()::contains)) {
            throw refused(OAuth2ErrorCodes.INVALID_SCOPE, wish, target);
        }
        if (!isShort(wish.getState())
                || !isShortIfAny(more.get("nonce"))
                || !String.valueOf(more.get("code_challenge")).matches(CHALLENGE)
                || !"S256".equals(more.get("code_challenge_method"))
                || more.containsKey("request")
                || !more.getOrDefault("response_mode", "query").equals("query")
                || !isForUs(more.get("aud"), scopes.get())) {
            throw refused(OAuth2ErrorCodes.INVALID_REQUEST, wish, target);
        }
    }

    /**
     * Whether the tokens are meant for this exchange: an application that was talked into sending them elsewhere says
     * so here. Who asks for no records need not say it.
     */
    private boolean isForUs(@Nullable Object audience, Scopes scopes) {
        String base = addresses.fhirBaseOf(
                AuthorizationServerContextHolder.getContext().getIssuer());
        return audience == null
                ? scopes.isNone()
                : base.equals(String.valueOf(audience).replaceFirst("/$", ""));
    }

    private static boolean isShort(@Nullable String text) {
        return text != null
                && !text.isBlank()
                && text.length() <= LONGEST
                && text.chars().noneMatch(Character::isISOControl);
    }

    private static boolean isShortIfAny(@Nullable Object text) {
        return text == null || text instanceof String single && isShort(single);
    }

    private static OAuth2AuthorizationCodeRequestAuthenticationException refused(
            String code, OAuth2AuthorizationCodeRequestAuthenticationToken wish, @Nullable String target) {
        return new OAuth2AuthorizationCodeRequestAuthenticationException(
                new OAuth2Error(code),
                new OAuth2AuthorizationCodeRequestAuthenticationToken(
                        wish.getAuthorizationUri(),
                        wish.getClientId(),
                        (Authentication) wish.getPrincipal(),
                        target,
                        wish.getState(),
                        wish.getScopes(),
                        wish.getAdditionalParameters()));
    }
}
