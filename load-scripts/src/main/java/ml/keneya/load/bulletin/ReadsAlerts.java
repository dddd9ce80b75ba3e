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
    private static final String DIVISION = "https://keneya.ml/fhir/CodeSystem/ml-administrative-division-2015";
    private static final int REGION = "ML01".length();
    private static final String GOING_ON = "draft,requested,received,accepted,ready,in-progress,on-hold";
    private static final String ENDED = "completed,cancelled,failed,rejected,entered-in-error";

    /** An event is closed when its verification has ended, but the exchange may be late with it. */
    private static final int WEEKS_LATE = 4;

    private final AsksExchange asks;
    private final Map<String, String> regionOf;

    /** @param regionOf the region of a facility by its code, where it is known */
    ReadsAlerts(AsksExchange asks, Map<String, String> regionOf) {
        this.asks = asks;
        this.regionOf = Map.copyOf(regionOf);
    }

    List<AlertLine> of(EpidemiologicalWeek week) {
        Map<String, JsonNode> tasks = new TreeMap<>();
        // A Flag cannot be searched by its category, and many are of other kinds; its Task has the same id.
        List<String> either =
                List.of(GOING_ON, ENDED + "&_lastUpdated=ge" + week.monday().minusWeeks(WEEKS_LATE));
        for (String status : either) {
            for (JsonNode task : asks.search("Task?code=alert-verification&_count=500&status=" + status)) {
                String flag = task.path("focus").path("reference").asText();
                if (flag.startsWith("Flag/")) {
                    tasks.put(flag.substring("Flag/".length()), task);
                }
            }
        }
        String during = "Flag?_count=100&date=ge" + week.monday() + "&date=lt" + week.nextMonday() + "&_id=";
        List<AlertLine> found = new ArrayList<>();
        for (JsonNode flag : asks.searchEach(during, List.copyOf(tasks.keySet()))) {
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

    private Optional<AlertLine> line(JsonNode flag, JsonNode task) {
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
                region(place.path("identifier").path("system").asText(), code),
                code,
                place.path("display").asText(code),
                level,
                began.get(),
                day(task.path("authoredOn")),
                day(flag.path("period").path("end")),
                outcome));
    }

    /** Codes of another division look alike and are of other places. */
    private String region(String system, String code) {
        return switch (system) {
            case DIVISION -> code.length() < REGION ? "" : code.substring(0, REGION);
            case ReadsSilentSites.FACILITY -> regionOf.getOrDefault(code, "");
            default -> "";
        };
    }

    private static String code(JsonNode concept) {
        return concept.path("coding").path(0).path("code").asText();
    }

    private static Optional<LocalDate> day(JsonNode time) {
        String text = time.asText();
        return text.length() < 10 ? Optional.empty() : Optional.of(LocalDate.parse(text.substring(0, 10)));
    }
}
