package ml.keneya.security.issuer;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Another issuer whose access tokens are accepted beside our own (OpenID Connect).
 *
 * @param uri what its tokens call it, letter by letter; without it there is none
 * @param audience what its tokens must be for; our FHIR base unless it is given
 * @param keys where its public keys are; found by its discovery document unless it is given
 * @param roles names of the roles that it may give; everybody else's tokens are refused
 * @param roleClaim which claim names the role
 * @param facilityClaim which claim holds the code of the facility or authority
 * @param areasClaim which claim holds codes of administrative divisions
 * @param purposeClaim which claim says what its holder may read for (HL7 v3 PurposeOfUse)
 */
@ConfigurationProperties("keneya.issuer")
record IssuerSettings(
        @Nullable String uri,
        @Nullable String audience,
        @Nullable String keys,
        @DefaultValue("site") Set<String> roles,
        @DefaultValue("keneya_role") String roleClaim,
        @DefaultValue("keneya_facility") String facilityClaim,
        @DefaultValue("keneya_areas") String areasClaim,
        @DefaultValue("keneya_purpose") String purposeClaim) {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    IssuerSettings {
        uri = emptyIsNone(uri);
        audience = emptyIsNone(audience);
        keys = emptyIsNone(keys);
        roles = Set.copyOf(roles);
        check("keneya.issuer.uri", uri);
        check("keneya.issuer.keys", keys);
    }

    /** Over TLS, or on this very machine, so that nobody on the way can put in a key of his own. */
    static boolean isSafe(String address) {
        try {
            URI read = URI.create(address);
            boolean ours = "http".equals(read.getScheme()) && LOOPBACK.contains(String.valueOf(read.getHost()));
            return ("https".equals(read.getScheme()) && read.getHost() != null || ours)
                    && read.getUserInfo() == null
                    && read.getFragment() == null;
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }

    private static void check(String property, @Nullable String address) {
        if (address != null && !isSafe(address)) {
            throw new IllegalArgumentException(
                    property + ": \"" + address + "\" is neither https:// nor http:// on this machine.");
        }
    }

    private static @Nullable String emptyIsNone(@Nullable String value) {
        return value == null || value.isBlank() ? null : value;
    }
}
