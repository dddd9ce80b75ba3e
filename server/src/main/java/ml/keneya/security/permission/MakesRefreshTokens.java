package ml.keneya.security.permission;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import ml.keneya.security.people.Secret;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;

/**
 * Makes the tokens by which an application goes on without asking the person again, where that was asked for. Spring's
 * own gives none to applications that can keep no secret; ours are good once, and the second use of one ends everything
 * that came of the login (RFC 9700, section 2.2.2).
 */
public class MakesRefreshTokens implements OAuth2TokenGenerator<OAuth2RefreshToken> {

    /** {@code online_access}: while the person is there, a working day at most. */
    private static final Duration UNUSED_ONLINE = Duration.ofMinutes(30);

    private static final Duration WHOLE_ONLINE = Duration.ofHours(10);

    /** {@code offline_access}: over a weekend, a month at most. */
    private static final Duration UNUSED_OFFLINE = Duration.ofDays(3);

    private static final Duration WHOLE_OFFLINE = Duration.ofDays(30);

    private final Clock clock = Clock.systemUTC();

    @Override
    public @Nullable OAuth2RefreshToken generate(OAuth2TokenContext context) {
        OAuth2Authorization authorization = context.getAuthorization();
        if (!OAuth2TokenType.REFRESH_TOKEN.equals(context.getTokenType()) || authorization == null) {
            return null;
        }
        Permission permission = authorization.getAttribute(Permission.class.getName());
        if (permission == null) {
            return null;
        }
        Set<String> scopes = permission.scopes();
        boolean offline = scopes.contains("offline_access");
        if (!offline && !scopes.contains("online_access")) {
            return null;
        }
        Instant now = clock.instant();
        Instant unused = now.plus(offline ? UNUSED_OFFLINE : UNUSED_ONLINE);
        Instant whole = permission.begunAt().plus(offline ? WHOLE_OFFLINE : WHOLE_ONLINE);
        Instant expires = unused.isBefore(whole) ? unused : whole;
        return new OAuth2RefreshToken(
                permission.id() + "." + Secret.make(), now, expires.isAfter(now) ? expires : now.plusSeconds(1));
    }
}
