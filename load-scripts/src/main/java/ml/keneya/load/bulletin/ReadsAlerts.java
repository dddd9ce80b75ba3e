package ml.keneya.load.bulletin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import ml.keneya.load.agency.EpidemiologicalWeek;

/** Reads the alerts that were open on a day of a week: the Task that verifies each, and the Flag that it is about. */
final class ReadsAlerts {
    private final AsksExchange asks;

    ReadsAlerts(AsksExchange asks) {
        this.asks = asks;
    }

    List<AlertLine> of(EpidemiologicalWeek week) {
        Map<String, JsonNode> tasks = new TreeMap<>();
        // A Flag cannot be searched by its category, and many are of other kinds; its Task has the same id.
        for (JsonNode task : asks.search("Task?code=alert-verification&_count=500")) {
            String flag = task.path("focus").path("reference").asText();
            if (flag.startsWith("Flag/")) {
                tasks.put(flag.substring("Flag/".length()), task);
            }
        }
        List<AlertLine> found = new ArrayList<>();
        for (JsonNode flag : asks.searchEach("Flag?_count=100&_id=", List.copyOf(tasks.keySet()))) {
            JsonNode task = tasks.getOrDefault(flag.path("id").asText(), MissingNode.getInstance());
            line(flag, task).filter(alert -> isOf(alert, week)).ifPresent(found::add);
        }
        found.sort(Comparator.comparing(AlertLine::beganOn)
                .reversed()
                .thenComparing(AlertLine::disease)
                .thenComparing(AlertLine::place));
        return found;
    }

    private static boolean isOf(AlertLine alert, EpidemiologicalWeek week) {
        return alert.beganOn().isBefore(week.nextMonday())
                && alert.closedOn().map(day -> !day.isBefore(week.monday())).orElse(true);
    }

    private static Optional<AlertLine> line(JsonNode flag, JsonNode task) {
        Optional<LocalDate> began = day(flag.path("period").path("start"));
        if (began.isEmpty()) {
            return Optional.empty();
        }
        JsonNode place = flag.path("subject");
        String code = place.path("identifier").path("value").asText();
        String outcome = "";
        for (JsonNode output : task.path("output")) {
            outcome = outcome.isEmpty() ? code(output.path("valueCodeableConcept")) : outcome;
        }
        String level = "";
        for (JsonNode extension : flag.path("extension")) {
            if (extension.path("url").asText().endsWith("/ml-ext-alert-level")) {
                level = code(extension.path("valueCodeableConcept"));
            }
        }
        return Optional.of(new AlertLine(
                code(flag.path("code")),
                code,
                place.path("display").asText(code),
                level,
                began.get(),
                day(task.path("authoredOn")),
                day(flag.path("period").path("end")),
                outcome));
    }

    private static String code(JsonNode concept) {
        return concept.path("coding").path(0).path("code").asText();
    }

    private static Optional<LocalDate> day(JsonNode time) {
        String text = time.asText();
        return text.length() < 10 ? Optional.empty() : Optional.of(LocalDate.parse(text.substring(0, 10)));
    }
}
