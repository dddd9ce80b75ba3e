package ml.keneya.load.generate;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import ml.keneya.load.generate.GeneratedImperfectionsTest.Sendings;
import ml.keneya.load.generate.mali.Mali;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** How often each kind of imperfection could have happened. */
final class Opportunities {
    private final Map<String, Double> chances = new TreeMap<>();
    private final Set<String> misspellable = misspellable();

    private Opportunities() {}

    /** @param sent all submissions, those of duplicates too */
    static Map<String, Double> of(Sendings clean, Set<String> sent) {
        var opportunities = new Opportunities();
        clean.records("Patient").values().forEach(opportunities::person);
        clean.bySubmission()
                .values()
                .forEach(each -> opportunities.visit(each.get(0).bundle()));
        sent.forEach(submission -> {
            opportunities.add("re-sent-bundle", true);
            // What is ready at the very end cannot arrive late any more.
            opportunities.add(
                    "late-bundle",
                    GeneratedImperfectionsTest.ready(submission)
                            .plusDays(2)
                            .isBefore(GeneratedImperfectionsTest.LAST_DAY));
        });
        return opportunities.chances;
    }

    private void add(String fault, boolean possible) {
        chances.merge(fault, possible ? 1.0 : 0.0, Double::sum);
    }

    private void person(JsonNode patient) {
        add("duplicate-person", true);
        add("missing-address", true);
        add("missing-phone", patient.has("telecom"));
        JsonNode name = patient.path("name").path(0);
        double right = 1;
        for (String part : Set.of(
                "given " + name.path("given").path(0).asText(),
                "family "
                        + name.path("family")
                                .asText()
                                .replaceFirst("^Walet ", "Ag ")
                                .replaceFirst("^Mint ", "Ould "))) {
            right *= misspellable.contains(part) ? 1 - GeneratedImperfectionsTest.RATE : 1;
        }
        chances.merge("misspelt-name", (1 - right) / GeneratedImperfectionsTest.RATE, Double::sum);
    }

    private void visit(JsonNode bundle) {
        Set<String> possible = new HashSet<>();
        bundle.path("entry").forEach(entry -> {
            JsonNode resource = entry.path("resource");
            JsonNode codings = resource.path("code").path("coding");
            switch (resource.path("resourceType").asText()) {
                case "Encounter" -> possible.add("undated-encounter");
                case "Observation" -> possible.add("undated-result");
                case "Immunization" -> {
                    if (resource.has("lotNumber")) {
                        possible.add("missing-lot");
                    }
                }
                case "Condition" -> {
                    if (codings.size() > 1) {
                        possible.add("unknown-disease-code");
                    }
                    if (codings.path(0).path("code").asText().contains(".")) {
                        possible.add("mistyped-icd-10");
                    }
                }
                default -> {}
            }
        });
        possible.forEach(fault -> add(fault, true));
    }

    /** Names that registers spell in several ways. */
    private static Set<String> misspellable() {
        Set<String> names = new HashSet<>();
        try (Reader reader = new InputStreamReader(
                        Mali.class.getResourceAsStream("/ml/keneya/load/generate/names.csv"), StandardCharsets.UTF_8);
                var rows = CSVFormat.RFC4180
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .build()
                        .parse(reader)) {
            for (CSVRecord row : rows) {
                if (!row.get("variants").isEmpty()) {
                    names.add(row.get("kind") + " " + row.get("name"));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return names;
    }
}
