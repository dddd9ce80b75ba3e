package ml.keneya.load.export;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A file that the manifest of an export names.
 *
 * @param name what it is called in the folder
 * @param lines how many it must have; -1 when the exchange does not say
 */
record ExportedFile(String name, String url, long lines) {
    /** In the order of the manifest, which does not change. */
    static List<ExportedFile> in(JsonNode manifest) {
        List<ExportedFile> files = new ArrayList<>();
        Map<String, Integer> numbers = new HashMap<>();
        for (JsonNode file : manifest.path("output")) {
            add(files, numbers, file.path("type").asText(), file);
        }
        for (JsonNode file : manifest.path("deleted")) {
            add(files, numbers, "deleted", file);
        }
        for (JsonNode file : manifest.path("error")) {
            add(files, numbers, "error", file);
        }
        return files;
    }

    /** So that the workers end at about the same time, and none with the largest one while the others wait. */
    static List<ExportedFile> largestFirst(List<ExportedFile> files) {
        return files.stream()
                .sorted(Comparator.comparingLong(ExportedFile::lines).reversed())
                .toList();
    }

    private static void add(List<ExportedFile> files, Map<String, Integer> numbers, String type, JsonNode file) {
        String safe = type.replaceAll("[^A-Za-z]", "");
        int number = numbers.merge(safe, 1, Integer::sum);
        files.add(new ExportedFile(
                safe + "-" + number + ".ndjson",
                file.path("url").asText(),
                file.path("count").asLong(-1)));
    }
}
