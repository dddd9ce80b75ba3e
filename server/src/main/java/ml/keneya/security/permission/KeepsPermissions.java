package ml.keneya.security.permission;

import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ml.keneya.security.people.Secret;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.stereotype.Component;

/**
 * Shows what people have allowed to Spring's authorization server. Spring's own services keep the tokens themselves;
 * this one keeps hashes, and lets each code and each refresh token be used once even when two come at the same moment.
 * Of systems nothing is kept: their tokens speak for themselves and die soon.
 */
@Component
class KeepsPermissions implements OAuth2AuthorizationService {

    private static final Logger log = LoggerFactory.getLogger(KeepsPermissions.class);

    private static final Pattern REFRESH_TOKEN =
            Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\.([A-Za-z0-9_-]{43})");
    private static final String CODE = "code";

    /** Which refresh token was shown, so that it is this one that is replaced. */
    private static final String SHOWN = "shown";

    private final Permissions permissions;
    private final RegisteredClientRepository clients;
    private final PermissionOfToken ofToken;
    private final Clock clock = Clock.systemUTC();

    KeepsPermissions(Permissions permissions, RegisteredClientRepository clients, PermissionOfToken ofToken) {
        this.permissions = permissions;
        this.clients = clients;
        this.ofToken = ofToken;
    }

    @Override
    public void save(OAuth2Authorization authorization) {
        if (!AuthorizationGrantType.AUTHORIZATION_CODE.equals(authorization.getAuthorizationGrantType())) {
            return;
        }
        UUID id = UUID.fromString(authorization.getId());
        boolean first = authorization.getAttribute(Permission.class.getName()) == null;
        if (first) {
            begin(id, authorization);
        } else if (isInvalidated(authorization.getAccessToken())
                || isInvalidated(authorization.getRefreshToken())
                || authorization.getAccessToken() == null) {
            permissions.revoke(id);
            log.info("The tokens of login {} are good no longer", id);
        } else if (!give(id, authorization)) {
            permissions.revoke(id);
            log.warn("Two used the same code or refresh token of login {} at once; its tokens are good no longer", id);
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
        }
    }

    @Override
    public void remove(OAuth2Authorization authorization) {
        permissions.revoke(UUID.fromString(authorization.getId()));
    }

    @Override
    public @Nullable OAuth2Authorization findById(String id) {
        return null;
    }

    @Override
    public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
        if (type == null) {
            return findToGiveBack(token);
        }
        return switch (type.getValue()) {
            case CODE -> findByCode(token);
            case "refresh_token" -> findByRefreshToken(token);
            default -> null;
        };
    }

    private void begin(UUID id, OAuth2Authorization authorization) {
        OAuth2AuthorizationRequest request =
                Objects.requireNonNull(authorization.getAttribute(OAuth2AuthorizationRequest.class.getName()));
        OAuth2AuthorizationCode code = Objects.requireNonNull(authorization.getToken(OAuth2AuthorizationCode.class))
                .getToken();
        permissions.begin(
                new Permission(
                        id,
                        authorization.getPrincipalName(),
                        authorization.getRegisteredClientId(),
                        authorization.getAuthorizedScopes(),
                        request.getRedirectUri(),
                        String.valueOf(request.getAdditionalParameters().get("code_challenge")),
                        (String) request.getAdditionalParameters().get("nonce"),
                        began(authorization),
                        Objects.requireNonNull(code.getExpiresAt()),
                        false,
                        null),
                Secret.hash(code.getTokenValue()));
    }

    /** When the person began to log in: a reset since then ends this too, whatever password was right before. */
    private static Instant began(OAuth2Authorization authorization) {
        Authentication person = authorization.getAttribute(Principal.class.getName());
        if (person == null || !(person.getDetails() instanceof Instant began)) {
            throw new IllegalStateException("Nobody knows when this login began.");
        }
        return began;
    }

    private boolean give(UUID id, OAuth2Authorization authorization) {
        OAuth2RefreshToken refresh = Optional.ofNullable(authorization.getRefreshToken())
                .map(OAuth2Authorization.Token::getToken)
                .orElse(null);
        byte[] hash = refresh == null ? null : Secret.hash(refresh.getTokenValue());
        byte[] shown = authorization.getAttribute(SHOWN);
        if (shown == null) {
            return permissions.redeem(id, hash, refresh == null ? null : refresh.getExpiresAt());
        }
        return hash != null
                && permissions.renew(
                        id, shown, hash, Objects.requireNonNull(refresh).getExpiresAt());
    }

    private @Nullable OAuth2Authorization findByCode(String code) {
        Permission permission = permissions.byCode(Secret.hash(code)).orElse(null);
        if (permission != null && permission.codeUsed()) {
            // Either the application is confused or somebody has overheard the code: RFC 6749, section 4.1.2.
            log.warn("The code of login {} was used again; its tokens are good no longer", permission.id());
            permissions.revoke(permission.id());
            return null;
        }
        return permission == null
                ? null
                : begun(permission)
                        .map(authorization -> authorization
                                .token(new OAuth2AuthorizationCode(
                                        code, permission.begunAt(), permission.codeExpiresAt()))
                                .build())
                        .orElse(null);
    }

    private @Nullable OAuth2Authorization findByRefreshToken(String token) {
        Matcher form = REFRESH_TOKEN.matcher(token);
        Permission permission = form.matches()
                ? permissions.byId(UUID.fromString(form.group(1))).orElse(null)
                : null;
        if (permission == null || permission.refreshExpiresAt() == null) {
            return null;
        }
        byte[] hash = Secret.hash(token);
        if (!permissions.hasRefresh(permission.id(), hash)) {
            log.warn("A refresh token of login {} was used again; its tokens are good no longer", permission.id());
            permissions.revoke(permission.id());
            return null;
        }
        Instant begun = permission.begunAt();
        return begun(permission)
                .map(authorization -> authorization
                        .attribute(SHOWN, hash)
                        .refreshToken(new OAuth2RefreshToken(token, begun, permission.refreshExpiresAt()))
                        // Nobody has kept these two; Spring ends the one with the refresh token, and copies from the
                        // other what ours say anyway.
                        .accessToken(new OAuth2AccessToken(
                                OAuth2AccessToken.TokenType.BEARER, "-", begun, begun.plusSeconds(1)))
                        .token(new OidcIdToken("-", begun, begun.plusSeconds(1), Map.of("sub", permission.account())))
                        .build())
                .orElse(null);
    }

    private @Nullable OAuth2Authorization findToGiveBack(String token) {
        if (REFRESH_TOKEN.matcher(token).matches()) {
            return findByRefreshToken(token);
        }
        Instant now = clock.instant();
        return ofToken.read(token)
                .flatMap(permissions::byId)
                .flatMap(this::begun)
                .map(authorization -> authorization
                        .accessToken(new OAuth2AccessToken(
                                OAuth2AccessToken.TokenType.BEARER, token, now, now.plusSeconds(1)))
                        .build())
                .orElse(null);
    }

    private Optional<OAuth2Authorization.Builder> begun(Permission permission) {
        RegisteredClient app = clients.findById(permission.app());
        if (app == null) {
            return Optional.empty();
        }
        Map<String, Object> kept = new HashMap<>();
        kept.put("code_challenge", permission.challenge());
        kept.put("code_challenge_method", "S256");
        if (permission.nonce() != null) {
            kept.put("nonce", permission.nonce());
        }
        return Optional.of(OAuth2Authorization.withRegisteredClient(app)
                .id(permission.id().toString())
                .principalName(permission.account())
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .authorizedScopes(permission.scopes())
                .attribute(Permission.class.getName(), permission)
                .attribute(
                        Principal.class.getName(),
                        UsernamePasswordAuthenticationToken.authenticated(permission.account(), null, List.of()))
                .attribute(
                        OAuth2AuthorizationRequest.class.getName(),
                        OAuth2AuthorizationRequest.authorizationCode()
                                .authorizationUri("-")
                                .clientId(permission.app())
                                .redirectUri(permission.redirectUri())
                                .scopes(permission.scopes())
                                .additionalParameters(kept)
                                .build()));
    }

    private static boolean isInvalidated(OAuth2Authorization.@Nullable Token<? extends OAuth2Token> token) {
        return token != null && token.isInvalidated();
    }
}
