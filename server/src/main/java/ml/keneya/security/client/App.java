package ml.keneya.security.client;

import java.util.List;
import java.util.Set;

/**
 * An application that people use. It runs in their browser or telephone and can keep no secret, so it shows that it is
 * the one that asked by PKCE (RFC 7636) and gets its answers at these addresses only.
 *
 * @param name shown to people when they log in
 * @param redirectUris compared letter by letter
 * @param scopes what it may ask for at most, separated by blanks
 */
public record App(String id, String name, Set<String> redirectUris, String scopes, boolean revoked) {

    public App {
        redirectUris = Set.copyOf(redirectUris);
    }

    public List<String> words() {
        return List.of(scopes.split(" "));
    }
}
