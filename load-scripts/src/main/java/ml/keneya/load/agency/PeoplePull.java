package ml.keneya.load.agency;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import ml.keneya.load.exchange.Exchange;

/** Pulls people with their vaccines. */
public final class PeoplePull {
    // A child's card holds some twenty doses, and a server cuts what comes along with a page at 500 records.
    private static final int PEOPLE_A_PAGE = 20;

    private final Exchange exchange;

    public PeoplePull(Exchange exchange) {
        this.exchange = exchange;
    }

    public URI everybody() {
        return exchange.base().under("Patient?_revinclude=Immunization:patient&_count=" + PEOPLE_A_PAGE);
    }

    public URI onlyThose(Collection<ResourceKey> patients) {
        String ids = patients.stream().map(ResourceKey::id).collect(Collectors.joining(","));
        return exchange.base()
                .under("Patient?_id=" + URLEncoder.encode(ids, StandardCharsets.UTF_8)
                        + "&_revinclude=Immunization:patient&_count=" + PEOPLE_A_PAGE);
    }

    /**
     * Reads a search to its end, or until enough was seen.
     *
     * @param wantsMore takes each person, and says whether to go on
     */
    public void follow(URI search, Predicate<Person> wantsMore) {
        new Pages(exchange).follow(search, page -> people(page).stream().allMatch(wantsMore));
    }

    private List<Person> people(Page page) {
        Map<String, List<JsonNode>> immunizations = page.included().stream()
                .filter(record -> record.path("resourceType").asText().equals("Immunization"))
                .collect(Collectors.groupingBy(this::patientOf));
        return page.matches().stream()
                .map(patient -> Person.of(
                        patient,
                        immunizations.getOrDefault(ResourceKey.of(patient).toString(), List.of()).stream()))
                .toList();
    }

    private String patientOf(JsonNode immunization) {
        String reference = immunization.path("patient").path("reference").asText();
        return ResourceKey.read(reference, exchange.base().toString())
                .map(ResourceKey::toString)
                .orElse(reference);
    }
}
