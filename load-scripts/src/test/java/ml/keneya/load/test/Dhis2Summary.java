package ml.keneya.load.test;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The summary of one import of the stand-in of DHIS2, while it runs. */
final class Dhis2Summary {
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Conflict(String code, String property, String object, String words, Set<Integer> indexes) {}

    private final boolean old;
    private final Map<String, Conflict> conflicts = new LinkedHashMap<>();
    private final Set<Integer> rejected = new HashSet<>();
    int imported;
    int updated;
    int ignored;
    int deleted;

    /** @param old whether it is one from before 2.37, which does not say which values were ignored */
    Dhis2Summary(boolean old) {
        this.old = old;
    }

    void reject(int index) {
        ignored++;
        rejected.add(index);
    }

    boolean hasConflicts() {
        return !conflicts.isEmpty();
    }

    // The same fault of several values is one conflict with several places.
    void note(String code, String property, String object, String words, int index) {
        Set<Integer> indexes = conflicts
                .computeIfAbsent(code + object, each -> new Conflict(code, property, object, words, new HashSet<>()))
                .indexes();
        if (index >= 0) {
            indexes.add(index);
        }
    }

    ObjectNode json(String status, String words) {
        ObjectNode summary = JSON.createObjectNode();
        summary.put("responseType", "ImportSummary").put("status", status).put("description", words);
        summary.putObject("importCount")
                .put("imported", imported)
                .put("updated", updated)
                .put("ignored", ignored)
                .put("deleted", deleted);
        ArrayNode list = summary.putArray("conflicts");
        for (Conflict conflict : conflicts.values()) {
            ObjectNode each = list.addObject().put("object", conflict.object()).put("value", conflict.words());
            if (!old) {
                each.putObject("objects").put(conflict.property(), conflict.object());
                each.put("errorCode", conflict.code()).put("property", conflict.property());
                ArrayNode indexes = each.putArray("indexes");
                conflict.indexes().stream().sorted().forEach(indexes::add);
            }
        }
        if (!old) {
            ArrayNode indexes = summary.putArray("rejectedIndexes");
            rejected.stream().sorted().forEach(indexes::add);
        }
        return summary.put("dataSetComplete", "false");
    }
}
