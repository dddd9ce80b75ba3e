package ml.keneya.store;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.aPlaceholder;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@KeneyaIntegrationTest
class EverythingIT {

    private static final int LATER = 7;

    @Autowired
    Exchange exchange;

    private final String facility = unique("cscom");
    private String child;
    private String between;

    /** Three weights, an instant, then seven more. */
    @BeforeEach
    void weighAChildBeforeAndAfterAnInstant() {
        String placeholder = aPlaceholder();
        Bundle first = transaction(creating(placeholder, aChild(unique("record"))));
        addWeights(first, placeholder, 3);
        Answer answer = exchange.post(first, facility).hasStatus(200);
        child = answer.entries().get(0).getResponse().getLocation().replaceAll("/_history/.*", "");
        // The last version of the first visit, to the millisecond: nothing of it is after it.
        between = exchange.get(child)
                .as(Patient.class)
                .getMeta()
                .getLastUpdatedElement()
                .getValueAsString();
        Bundle second = transaction();
        addWeights(second, child, LATER);
        exchange.post(second, facility).hasStatus(200);
    }

    @Test
    void gathersTheWholeRecordOfAPatient() {
        List<Resource> gathered = gather(child + "/$everything");

        assertThat(gathered)
                .extracting(Resource::fhirType)
                .filteredOn("Observation"::equals)
                .hasSize(10);
        assertThat(gathered).extracting(Resource::fhirType).contains("Patient");
    }

    @Test
    void leavesOutWhatDidNotChangeSince() {
        List<Resource> gathered = gather(child + "/$everything?_since=" + between.replace("+", "%2B"));

        assertThat(gathered).hasSize(LATER);
        assertThat(gathered).extracting(Resource::fhirType).containsOnly("Observation");
    }

    @Test
    void leavesOutOlderRecordsOnEveryPage() {
        Answer first = exchange.get(child + "/$everything?_count=3&_since=" + between.replace("+", "%2B"));

        assertThat(first.entries()).hasSize(3);
        List<Resource> gathered = gather(child + "/$everything?_count=3&_since=" + between.replace("+", "%2B"));
        assertThat(gathered).hasSize(LATER);
        assertThat(gathered).extracting(Resource::getId).doesNotHaveDuplicates();
    }

    @Test
    void pagesTheWholeRecordWithoutDoubles() {
        List<Resource> gathered = gather(child + "/$everything?_count=4");

        assertThat(gathered).extracting(Resource::getId).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(11);
    }

    @Test
    void readsAnInstantWhosePlusSignWasNotEscaped() {
        assertThat(gather(child + "/$everything?_since=" + between)).hasSize(LATER);
    }

    @Test
    void readsTheInstantFromAPostedBody() {
        String body = """
                {"resourceType":"Parameters","parameter":[{"name":"_since","valueInstant":"%s"}]}""".formatted(between);

        assertThat(exchange.post(child + "/$everything", body).hasStatus(200).entries())
                .hasSize(LATER);
    }

    @Test
    void gathersOnlyTheTypesAskedFor() {
        List<Resource> gathered = gather(child + "/$everything?_type=Observation");

        assertThat(gathered)
                .extracting(Resource::fhirType)
                .contains("Observation")
                .doesNotContain("Organization");
    }

    @Test
    void refusesAnInstantThatIsNone() {
        exchange.get(child + "/$everything?_since=yesterday")
                .isRefused(400, "ML-FHIR-040")
                .says("_since");
    }

    @Test
    void refusesAFilterItWouldNotApply() {
        exchange.get(child + "/$everything?start=2026-01-01")
                .isRefused(400, "ML-FHIR-019")
                .says("start");
    }

    @Test
    void answers404ForAPatientWhoDoesNotExist() {
        exchange.get("Patient/" + unique("nobody") + "/$everything").isRefused(404, "ML-FHIR-004");
    }

    @Test
    @DisplayName("S6: everything of a person with a thousand records comes in pages, each within the limit")
    void s6_pagesAVeryLargeRecord() {
        for (int part = 0; part < 12; part++) {
            Bundle visit = transaction();
            addWeights(visit, child, 100);
            exchange.post(visit, facility).hasStatus(200);
        }

        Answer page = exchange.get(child + "/$everything?_count=100000").hasStatus(200);
        List<String> seen = new ArrayList<>();
        int pages = 0;
        for (Optional<String> next = Optional.of(""); next.isPresent(); next = page.link("next")) {
            if (pages > 0) {
                page = exchange.get(next.get()).hasStatus(200);
            }
            assertThat(page.entries()).hasSizeBetween(1, 500);
            page.entries().forEach(entry -> seen.add(entry.getFullUrl()));
            pages++;
        }

        assertThat(pages).isGreaterThanOrEqualTo(3);
        assertThat(seen).doesNotHaveDuplicates();
        assertThat(seen).filteredOn(url -> url.contains("/Observation/")).hasSize(1_210);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/$everything?_count=500", "Observation?_count=500&subject="})
    @DisplayName("S6: a search that does not bring all there is says so at its end, and no number of all")
    void s6_saysThatThereIsMore(String search) {
        for (int part = 0; part < 26; part++) {
            Bundle visit = transaction();
            addWeights(visit, child, 100);
            exchange.post(visit, facility).hasStatus(200);
        }

        Answer page = exchange.get(search.startsWith("/") ? child + search : search + child);
        int seen = page.entries().size();
        for (Optional<String> next = page.link("next"); next.isPresent(); next = page.link("next")) {
            assertThat(page.entries()).noneMatch(EverythingIT::isOutcome);
            page = exchange.get(next.get()).hasStatus(200);
            assertThat(page.bundle().hasTotal()).isFalse();
            seen += page.entries().size();
        }

        assertThat(seen).isBetween(2_500, 2_510);
        assertThat(page.entries())
                .last()
                .satisfies(entry -> assertThat(isOutcome(entry)).isTrue());
        assertThat(page.body()).contains("rend 2500 ressources au plus", "\"incomplete\"");
    }

    private static boolean isOutcome(BundleEntryComponent entry) {
        return entry.getSearch().getMode() == SearchEntryMode.OUTCOME;
    }

    private static void addWeights(Bundle bundle, String patient, int number) {
        for (int kilograms = 1; kilograms <= number; kilograms++) {
            bundle.addEntry(creating(weightOf(patient, kilograms + ".5")));
        }
    }

    private List<Resource> gather(String path) {
        List<Resource> gathered = new ArrayList<>();
        Optional<String> next = Optional.of(path);
        while (next.isPresent()) {
            Answer page = exchange.get(next.get()).hasStatus(200);
            page.entries().forEach(entry -> gathered.add(entry.getResource()));
            next = page.link("next");
        }
        return gathered;
    }
}
