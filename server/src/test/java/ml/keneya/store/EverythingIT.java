package ml.keneya.store;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.aPlaceholder;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Bundle;
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
    @DisplayName("S6: pages that do not bring all there is end with a refusal, never as if it were all")
    void s6_saysThatThereIsMore(String search) {
        for (int part = 0; part < 26; part++) {
            Bundle visit = transaction();
            addWeights(visit, child, 100);
            exchange.post(visit, facility).hasStatus(200);
        }
        String[] site = TestSystem.ofSite(exchange, facility).withAll();

        Answer page = exchange.get(search.startsWith("/") ? child + search : search + child, site);
        Set<String> seen = new HashSet<>();
        while (page.status() == 200) {
            assertThat(page.bundle().hasTotal()).isFalse();
            page.entries().forEach(entry -> seen.add(entry.getFullUrl()));
            page = exchange.get(page.link("next").orElseThrow(), site);
        }

        assertThat(seen).hasSize(2_500);
        page.isRefused(400, "ML-LIMITS-007").says("$export");
    }

    @Test
    void hasPagesAlsoForWhoWantsNothingStored() {
        Answer page = exchange.get("Observation?_count=3&subject=" + child, "Cache-Control", "no-store, max-results=2");

        assertThat(page.entries()).hasSize(3);
        assertThat(page.link("next")).isPresent();
        assertThat(page.bundle().getTotal()).isEqualTo(10);
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
