package ml.keneya.load.exchange;

import java.net.URI;
import java.util.Optional;

/** The address of a FHIR server, without a slash at its end. */
public record FhirBase(URI uri) {
    public FhirBase {
        String text = uri.toString();
        if (text.endsWith("/")) {
            uri = URI.create(text.replaceAll("/+$", ""));
        }
        if (!isHttp(uri) || uri.getHost() == null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("Not the address of a FHIR base: " + text);
        }
    }

    private static boolean isHttp(URI uri) {
        return "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
    }

    /** An address under this base; the query must be encoded already. */
    public URI under(String pathAndQuery) {
        return URI.create(uri + "/" + pathAndQuery);
    }

    /**
     * A link out of an answer, followed at the address we were given: a server behind a proxy may know itself by
     * another name, and no answer may send us to another server.
     *
     * @return nothing when the link does not lead under a base like this one
     */
    public Optional<URI> followed(String link) {
        try {
            URI target = under("").resolve(link).normalize();
            String path = target.getRawPath();
            String root = uri.getRawPath();
            if (path == null || !(path.equals(root) || path.startsWith(root + "/"))) {
                return Optional.empty();
            }
            String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
            return Optional.of(URI.create(uri + path.substring(root.length()) + query));
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
