package ml.keneya.guide;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;

/** The words of the pages, and the French names of FHIR's elements, which HL7 gives in English only. */
final class Words {

    private final ResourceBundle elements = bundle("elements_fr");
    private final ResourceBundle groups = bundle("groups");
    private final Map<Language, Map<String, String>> pages = new HashMap<>();

    Words() {
        for (Language language : Language.values()) {
            ResourceBundle words = bundle("words_" + language.code());
            Map<String, String> all = new HashMap<>();
            words.keySet().forEach(key -> all.put(key, words.getString(key)));
            pages.put(language, Map.copyOf(all));
        }
    }

    Map<String, String> in(Language language) {
        return pages.getOrDefault(language, Map.of());
    }

    Text text(String key) {
        return new Text(word(Language.FRENCH, key), word(Language.ENGLISH, key));
    }

    private String word(Language language, String key) {
        String word = in(language).get(key);
        if (word == null) {
            throw new IllegalArgumentException("The guide has no word \"" + key + "\" in " + language.code());
        }
        return word;
    }

    /** The number of the group by the profile's own id first, then by its resource type; 9 when nobody said. */
    String groupOf(String profile, String type) {
        for (String key : List.of(profile, type)) {
            if (groups.containsKey(key)) {
                return groups.getString(key);
            }
        }
        return "9";
    }

    /** By its path without the resource type's own name first, then by its last name. */
    Optional<String> elementInFrench(String path) {
        String below = path.substring(path.indexOf('.') + 1);
        String last = path.substring(path.lastIndexOf('.') + 1);
        if (elements.containsKey(below)) {
            return Optional.of(elements.getString(below));
        }
        return elements.containsKey(last) ? Optional.of(elements.getString(last)) : Optional.empty();
    }

    private static ResourceBundle bundle(String name) {
        return ResourceBundle.getBundle("ml.keneya.guide." + name, Locale.ROOT);
    }
}
