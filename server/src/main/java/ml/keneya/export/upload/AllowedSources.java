package ml.keneya.export.upload;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.springframework.stereotype.Component;

/** The addresses that the operator lets the exchange fetch files from. Nobody else's word sends it anywhere. */
@Component
class AllowedSources {

    private static final int LONGEST = 2_000;

    private final List<URI> allowed;

    AllowedSources(ImportSettings settings) {
        this.allowed = settings.sources().stream()
                .map(source -> read(source)
                        .orElseThrow(() -> new IllegalArgumentException("keneya.import.sources: \"" + source
                                + "\" is no address such as https://data.example.org/exports/")))
                .toList();
    }

    boolean isEmpty() {
        return allowed.isEmpty();
    }

    /**
     * The address, when files may be fetched from it.
     *
     * @throws RefusedException when it is not one of those that are allowed, or can be read in two ways
     */
    URI check(String address) {
        return read(address)
                .filter(asked -> allowed.stream().anyMatch(source -> isBelow(source, asked)))
                .orElseThrow(() -> new RefusedException(Refusal.of(RefusalCode.IMPORT_SOURCE, shown(address))));
    }

    /**
     * What another program might understand otherwise than this one is no address: one may decode twice, or cut a
     * folder's name at a semicolon before it goes up.
     */
    private static Optional<URI> read(String text) {
        try {
            URI address = new URI(text);
            String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
            String path = String.valueOf(address.getRawPath());
            boolean clear = text.length() <= LONGEST
                    && (scheme.equals("https") || scheme.equals("http"))
                    && address.getHost() != null
                    && address.getRawUserInfo() == null
                    && address.getRawFragment() == null
                    && path.startsWith("/")
                    && !path.contains("//")
                    && !path.toLowerCase(Locale.ROOT).matches(".*(;|%25|%2e|%2f|%3b|%5c|%00).*")
                    && address.normalize().equals(address);
            return clear ? Optional.of(address) : Optional.empty();
        } catch (URISyntaxException noAddress) {
            return Optional.empty();
        }
    }

    private static boolean isBelow(URI source, URI asked) {
        String path = source.getRawPath();
        String folder = path.endsWith("/") ? path : path + "/";
        return source.getScheme().equalsIgnoreCase(asked.getScheme())
                && source.getHost().equalsIgnoreCase(asked.getHost())
                && portOf(source) == portOf(asked)
                && (asked.getRawPath().equals(path) || asked.getRawPath().startsWith(folder));
    }

    private static int portOf(URI address) {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return isEncrypted(address) ? 443 : 80;
    }

    static boolean isEncrypted(URI address) {
        return "https".equalsIgnoreCase(address.getScheme());
    }

    static String shown(String address) {
        int longest = 200;
        String clean = address.replaceAll("\\p{Cntrl}", "?");
        return clean.length() <= longest ? clean : clean.substring(0, longest) + "…";
    }
}
