package ml.keneya.load.agency;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import ml.keneya.load.exchange.Exchange;

/** Pulls the encounters that began in an epidemiological week. */
public final class WeekPull {
    private static final int ENCOUNTERS_A_PAGE = 100;
    private static final Set<String> DID_NOT_HAPPEN = Set.of("planned", "cancelled", "entered-in-error");

    private final Exchange exchange;
    private final Records records;
    private final RegionWalk regions;

    public WeekPull(Exchange exchange) {
        this.exchange = exchange;
        this.records = new Records(exchange);
        this.regions = new RegionWalk(records);
    }

    public URI search(EpidemiologicalWeek week) {
        return exchange.base()
                .under("Encounter?date=ge" + week.monday() + "&date=lt" + week.nextMonday()
                        + "&_include=Encounter:diagnosis&_include=Encounter:location&_include:iterate=Location:partof"
                        + "&_revinclude=Condition:encounter&_count=" + ENCOUNTERS_A_PAGE);
    }

    public void follow(EpidemiologicalWeek week, Consumer<WeekEncounter> taker) {
        new Pages(exchange).follow(search(week), page -> {
            page.included().forEach(records::remember);
            page.matches().stream()
                    .filter(encounter -> beganIn(week, encounter))
                    .map(encounter -> read(encounter, page))
                    .forEach(taker);
            return true;
        });
    }

    // The search also finds what only reached into the week, such as a hospital stay that began before it.
    private static boolean beganIn(EpidemiologicalWeek week, JsonNode encounter) {
        return !DID_NOT_HAPPEN.contains(encounter.path("status").asText())
                && FhirDay.of(encounter.path("period").path("start").asText())
                        .filter(week::contains)
                        .isPresent();
    }

    private WeekEncounter read(JsonNode encounter, Page page) {
        return new WeekEncounter(
                ResourceKey.of(encounter),
                regions.regionOf(encounter).orElse(""),
                encounter.path("class").path("code").asText(),
                Coded.label(encounter.path("reasonCode").path(0)),
                diagnoses(encounter, page));
    }

    /**
     * The conditions that the encounter names, and those that name the encounter: senders do one or the other, or both.
     */
    private List<Diagnosis> diagnoses(JsonNode encounter, Page page) {
        String self = ResourceKey.of(encounter).toString();
        Stream<JsonNode> named = Coded.elements(encounter.path("diagnosis"))
                .flatMap(diagnosis -> records.referredTo(diagnosis.path("condition")).stream());
        Stream<JsonNode> naming = page.included().stream()
                .filter(record -> records.keyOf(record.path("encounter"))
                        .map(ResourceKey::toString)
                        .filter(self::equals)
                        .isPresent());
        Set<ResourceKey> seen = new LinkedHashSet<>();
        var found = new ArrayList<Diagnosis>();
        Stream.concat(named, naming)
                .filter(record -> record.path("resourceType").asText().equals("Condition"))
                .filter(record -> seen.add(ResourceKey.of(record)))
                .forEach(record -> Diagnosis.of(record).ifPresent(found::add));
        return found;
    }
}
