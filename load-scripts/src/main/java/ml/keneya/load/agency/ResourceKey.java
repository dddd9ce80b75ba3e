package ml.keneya.load.agency;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Type and id of a record. */
public record ResourceKey(String type, String id) implements Comparable<ResourceKey> {
    private static final Pattern REFERENCE =
            Pattern.compile("([A-Z][A-Za-z]{1,63})/([A-Za-z0-9.-]{1,64})(?:/_history/[A-Za-z0-9.-]{1,64})?");

    public static ResourceKey of(JsonNode resource) {
        return new ResourceKey(
                resource.path("resourceType").asText(), resource.path("id").asText());
    }

    /** Reads a reference or a Location header; one that leads to another server or has not been resolved has no key. */
    public static Optional<ResourceKey> read(String reference, String base) {
        String relative = reference.startsWith(base + "/") ? reference.substring(base.length() + 1) : reference;
        Matcher matcher = REFERENCE.matcher(relative);
        return matcher.matches() ? Optional.of(new ResourceKey(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    @Override
    public int compareTo(ResourceKey other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return type + "/" + id;
    }
}
