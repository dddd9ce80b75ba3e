package ml.keneya.load.terminology;

import com.fasterxml.jackson.databind.node.ObjectNode;
import ml.keneya.load.exchange.Json;

/**
 * Takes what the files say, fact by fact, in the order in which they are read. The exchange puts them together, so that
 * nobody needs the memory for a whole code system.
 */
@FunctionalInterface
interface FactSink {
    /** The name to show, where nothing better is known of a language. */
    int FIRST = 0;

    /** A name that is found and not shown. */
    int OTHER = 5;

    void take(ObjectNode fact);

    default void concept(String code, boolean inactive, String definition) {
        ObjectNode fact = Json.object().put("concept", code);
        if (inactive) {
            fact.put("inactive", true);
        }
        if (!definition.isBlank()) {
            fact.put("definition", definition);
        }
        take(fact);
    }

    /** @param key the same whenever the same name is read again */
    default void name(String code, String key, String language, String name, int rank) {
        if (!name.isBlank()) {
            take(Json.object()
                    .put("name", name.strip())
                    .put("of", code)
                    .put("key", key)
                    .put("language", language)
                    .put("rank", rank));
        }
    }

    /** Of a name that came before, or comes from no file that is read. */
    default void prefer(String key, int rank) {
        take(Json.object().put("prefer", key).put("rank", rank));
    }

    default void parent(String code, String parent) {
        take(Json.object().put("parent", parent).put("of", code));
    }

    default void property(String code, String property, String value) {
        if (!value.isBlank()) {
            take(Json.object().put("property", property).put("of", code).put("value", value.strip()));
        }
    }

    default void target(String code, String map, String system, String target, int position) {
        take(Json.object()
                .put("target", target)
                .put("of", code)
                .put("map", map)
                .put("system", system)
                .put("position", position));
    }
}
