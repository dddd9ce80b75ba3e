package ml.keneya.security.limits;

import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which pages from elsewhere may speak with the exchange in a browser.
 *
 * @param origins as browsers send them, for example {@code https://tableau.sante.ml}; none means none
 */
@ConfigurationProperties("keneya.cors")
record CorsSettings(@DefaultValue List<String> origins) {

    private static final Pattern ORIGIN = Pattern.compile("https?://[\\w.-]+(:\\d{1,5})?");

    CorsSettings {
        origins = List.copyOf(origins);
        for (String origin : origins) {
            if (!ORIGIN.matcher(origin).matches()) {
                throw new IllegalArgumentException(
                        "keneya.cors.origins: \"" + origin + "\" is not an origin such as https://tableau.sante.ml.");
            }
        }
    }

    /** Whether any page from elsewhere may. */
    boolean areOn() {
        return !origins.isEmpty();
    }
}
