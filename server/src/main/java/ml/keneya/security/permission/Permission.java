package ml.keneya.security.permission;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One login of one person in one application.
 *
 * @param account id of the person
 * @param app id of the application
 * @param challenge of PKCE (RFC 7636), made with S256
 * @param codeUsed whether tokens were given for the code
 */
public record Permission(
        UUID id,
        String account,
        String app,
        Set<String> scopes,
        String redirectUri,
        String challenge,
        @Nullable String nonce,
        Instant begunAt,
        Instant codeExpiresAt,
        boolean codeUsed,
        @Nullable Instant refreshExpiresAt) {

    public Permission {
        scopes = Set.copyOf(scopes);
    }
}
