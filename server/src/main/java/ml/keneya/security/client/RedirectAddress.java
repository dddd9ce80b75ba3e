package ml.keneya.security.client;

import java.net.URI;
import java.util.Set;

/** Where an authorization code may be sent. */
final class RedirectAddress {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");
    private static final int LONGEST = 500;

    private RedirectAddress() {}

    /**
     * Over TLS, or to the very machine that the person sits at, or to a scheme that nobody else claims (RFC 8252,
     * section 7.1: a domain name read backwards).
     */
    static boolean isSafe(String address) {
        URI uri;
        try {
            uri = URI.create(address);
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
        String scheme = uri.getScheme();
        if (scheme == null
                || address.length() > LONGEST
                || address.contains("*")
                || uri.getRawFragment() != null
                || uri.getRawUserInfo() != null) {
            return false;
        }
        return switch (scheme) {
            case "https" -> uri.getHost() != null;
            case "http" -> uri.getHost() != null && LOOPBACK.contains(uri.getHost());
            default -> scheme.matches("[a-z][a-z0-9+-]*(\\.[a-z0-9+-]+)+");
        };
    }
}
