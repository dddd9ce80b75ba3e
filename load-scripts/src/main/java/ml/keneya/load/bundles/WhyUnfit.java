package ml.keneya.load.bundles;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;

/** Says why something that was read cannot be posted. */
final class WhyUnfit {
    private WhyUnfit() {}

    static Outcome.Unsent noBundle(String name, BundleEnvelope envelope) {
        return new Outcome.Unsent(
                name, "unreadable.no-bundle", (envelope.resourceType() + " " + envelope.type()).strip());
    }

    static Outcome.Unsent unreadable(String name, IOException cause) {
        if (cause instanceof CharacterCodingException) {
            return new Outcome.Unsent(name, "unreadable.encoding", "");
        }
        if (cause instanceof JsonProcessingException broken) {
            return new Outcome.Unsent(name, "unreadable.json", placeOf(broken));
        }
        return new Outcome.Unsent(name, "unreadable.json", String.valueOf(cause.getMessage()));
    }

    private static String placeOf(JsonProcessingException broken) {
        var place = broken.getLocation();
        return place == null ? "" : place.getLineNr() + ":" + place.getColumnNr();
    }
}
