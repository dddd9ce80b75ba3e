package ml.keneya.conformance;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Code systems that an operator has loaded beside those of the class path, as their publishers distribute them. A
 * version is here once it is loaded to its end.
 */
public interface LoadedCodeSystems {

    /**
     * A version of a code system.
     *
     * @param recordId id of the CodeSystem record that describes it
     * @param language of the names that a caller gets whose language it does not have
     * @param newest whether it answers those who name no version
     * @param concepts how many codes it has
     */
    record LoadedSystem(
            long id,
            String url,
            String version,
            String recordId,
            String title,
            String language,
            boolean newest,
            long concepts) {}

    /**
     * A code.
     *
     * @param names the one to show first in each language
     */
    record LoadedConcept(String code, boolean inactive, List<Name> names) {

        /** What it is called in one language. */
        public record Name(String language, String text) {}

        public LoadedConcept {
            names = List.copyOf(names);
        }
    }

    /**
     * What else is known of a code.
     *
     * @param properties values by name
     * @param parents what it stands directly under
     */
    record LoadedDetails(@Nullable String definition, Map<String, List<String>> properties, List<String> parents) {
        public LoadedDetails {
            properties = Map.copyOf(properties);
            parents = List.copyOf(parents);
        }
    }

    /**
     * Codes that are looked for.
     *
     * @param words each of which stands in a name, plain, or begins the code; all codes when there are none
     */
    record CodeQuery(CodeCriterion criterion, List<String> words, boolean onlyActive) {
        public CodeQuery {
            words = List.copyOf(words);
        }
    }

    /**
     * What a code is in another system.
     *
     * @param map address of the map that says so
     */
    record LoadedTranslation(String map, String system, String code) {}

    /**
     * A page of a list.
     *
     * @param total how many there are on all pages
     */
    record LoadedPage(long total, List<LoadedConcept> concepts) {
        public LoadedPage {
            concepts = List.copyOf(concepts);
        }
    }

    /** All versions that answer. */
    List<LoadedSystem> all();

    /** @param version the one asked for; the newest when absent */
    Optional<LoadedSystem> find(String url, @Nullable String version);

    Optional<LoadedConcept> concept(LoadedSystem system, String code);

    LoadedDetails details(LoadedSystem system, String code);

    boolean meets(LoadedSystem system, String code, CodeCriterion criterion);

    long count(LoadedSystem system, CodeQuery query);

    /** By code; where words are looked for, short names first. It is counted and read in one go. */
    LoadedPage page(LoadedSystem system, CodeQuery query, long offset, int count);

    /** Every code above one, nearest first. */
    List<String> above(LoadedSystem system, String code);

    /** What each of several codes stands directly under; nothing of those that stand under none. */
    Map<String, List<String>> parents(LoadedSystem system, Collection<String> codes);

    /** The codes directly below one. */
    List<String> children(LoadedSystem system, String code);

    /** @param backwards from what the code is to the code itself */
    List<LoadedTranslation> translations(String system, String code, boolean backwards);

    /**
     * Whether a publisher's map leads from the codes of a system to others at all.
     *
     * @param map the address of the one that is meant; any when absent
     * @param target the system that is led to; any when absent
     * @param backwards from what the codes are to the codes themselves
     */
    boolean translates(String system, @Nullable String map, @Nullable String target, boolean backwards);
}
