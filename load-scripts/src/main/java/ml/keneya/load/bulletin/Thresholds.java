package ml.keneya.load.bulletin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Those of the thresholds of {@code ml-alert-threshold} that are a line in a weekly curve. */
final class Thresholds {
    private final Set<String> oneCase = new HashSet<>();
    private final Map<String, List<Incidence>> incidences = new TreeMap<>();

    /**
     * So many cases for 100 000 inhabitants in a week.
     *
     * @param level code of {@code ml-alert-level}
     */
    record Incidence(String level, double per100000) {
        double cases(long inhabitants) {
            return per100000 * inhabitants / 100_000;
        }
    }

    Thresholds() {
        for (JsonNode concept : Concepts.read("ml-alert-threshold").path("concept")) {
            Map<String, JsonNode> properties = new TreeMap<>();
            concept.path("property")
                    .forEach(property -> properties.put(property.path("code").asText(), value(property)));
            read(properties);
        }
        incidences.values().forEach(lines -> lines.sort(Comparator.comparingDouble(Incidence::per100000)));
    }

    private void read(Map<String, JsonNode> properties) {
        boolean usable = text(properties, "certain").equals("true")
                && text(properties, "case-class").equals("suspected")
                && text(properties, "condition").isEmpty()
                && text(properties, "age-max-years").isEmpty();
        if (!usable || !text(properties, "comparator").equals(">=")) {
            return;
        }
        String disease = properties.containsKey("disease")
                ? properties.get("disease").path("code").asText()
                : "";
        Optional<Double> threshold = number(text(properties, "threshold"));
        if (disease.isEmpty() || threshold.isEmpty()) {
            return;
        }
        String window = text(properties, "window-value") + " " + text(properties, "window-unit");
        switch (text(properties, "metric")) {
            case "cases" -> {
                // What is only to be investigated is no alert yet.
                boolean alert = !text(properties, "alert-level").equals("investigate");
                if (alert
                        && threshold.get() == 1
                        && text(properties, "population-min").isEmpty()) {
                    oneCase.add(disease);
                }
            }
            case "incidence_per_100k" -> {
                if (window.equals("1 week")) {
                    incidences
                            .computeIfAbsent(disease, code -> new ArrayList<>())
                            .add(new Incidence(text(properties, "alert-level"), threshold.get()));
                }
            }
            default -> {
                // The others are no number of cases in a week.
            }
        }
    }

    private static JsonNode value(JsonNode property) {
        for (Map.Entry<String, JsonNode> field : property.properties()) {
            if (field.getKey().startsWith("value")) {
                return field.getValue();
            }
        }
        return property.path("value");
    }

    private static String text(Map<String, JsonNode> properties, String name) {
        JsonNode value = properties.get(name);
        return value == null ? "" : value.asText();
    }

    private static Optional<Double> number(String text) {
        try {
            return Optional.of(Double.valueOf(text));
        } catch (NumberFormatException words) {
            return Optional.empty();
        }
    }

    /** Whether one case is an alert. */
    boolean isOneCase(String disease) {
        return oneCase.contains(disease);
    }

    /** By how much, the lowest first. */
    List<Incidence> incidences(String disease) {
        return incidences.getOrDefault(disease, List.of());
    }
}
