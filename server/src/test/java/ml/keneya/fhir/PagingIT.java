package ml.keneya.fhir;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.aPlaceholder;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.reading;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Links between pages: under the base, of the right type, and showing what was asked for. */
@KeneyaIntegrationTest
class PagingIT {

    @Autowired
    Exchange exchange;

    private final String facility = unique("cscom");
    private String child = "";

    @BeforeEach
    void fiveWeights() {
        String placeholder = aPlaceholder();
        Bundle visit = transaction(creating(placeholder, aChild(unique("record"))));
        for (int kilograms = 3; kilograms < 8; kilograms++) {
            visit.addEntry(creating(weightOf(placeholder, String.valueOf(kilograms))));
        }
        Answer answer = exchange.post(visit, facility).hasStatus(200);
        child = answer.entries().get(0).getResponse().getLocation().replaceAll("/_history/.*", "");
    }

    @Test
    void staysUnderTheBaseInBothDirections() {
        Answer first = exchange.get("Observation?_count=2&subject=" + child);
        Answer second = exchange.get(first.link("next").orElseThrow()).hasStatus(200);

        for (String relation : List.of("self", "next", "previous")) {
            assertThat(second.link(relation).orElseThrow())
                    .as(relation)
                    .startsWith(exchange.base() + "/Observation?_getpages=");
        }
        assertThat(ids(exchange.get(second.link("previous").orElseThrow()))).isEqualTo(ids(first));
        assertThat(ids(exchange.get(second.link("self").orElseThrow()))).isEqualTo(ids(second));
    }

    @Test
    void showsEveryRecordOnceOverItsPages() {
        Answer page = exchange.get("Observation?_count=2&subject=" + child);
        Set<String> seen = new HashSet<>(ids(page));
        int shown = page.entries().size();
        while (page.link("next").isPresent()) {
            page = exchange.get(page.link("next").get()).hasStatus(200);
            seen.addAll(ids(page));
            shown += page.entries().size();
        }

        assertThat(seen).hasSize(5);
        assertThat(shown).isEqualTo(5);
    }

    @Test
    void showsSummariesOnEveryPage() {
        Answer first = exchange.get("Observation?_count=2&_summary=text&subject=" + child);
        Answer second = exchange.get(first.link("next").orElseThrow());
        Answer third = exchange.get(second.link("next").orElseThrow());

        for (Answer page : List.of(first, second, third)) {
            assertThat(page.body()).contains("SUBSETTED").doesNotContain("valueQuantity");
        }
    }

    @Test
    void showsTheElementsAskedForOnEveryPage() {
        Answer first = exchange.get("Observation?_count=2&_elements=effective,Observation.code&subject=" + child);
        Answer second = exchange.get(first.link("next").orElseThrow());
        Answer third = exchange.get(second.link("next").orElseThrow());

        for (Answer page : List.of(first, second, third)) {
            assertThat(page.body())
                    .contains("effectiveDateTime", "29463-7")
                    .doesNotContain("valueQuantity", "\"subject\"");
        }
    }

    @Test
    void keepsTheLinksOfEverythingUnderThePatient() {
        Answer first = exchange.get(child + "/$everything?_count=2&_since=2020-01-01T00:00:00Z")
                .hasStatus(200);

        String next = first.link("next").orElseThrow();

        assertThat(next)
                .startsWith(exchange.base() + "/Patient?_getpages=")
                .contains("_since=2020-01-01T00%3A00%3A00Z");
        assertThat(exchange.get(next).hasStatus(200).entries()).isNotEmpty();
    }

    @Test
    void showsEveryRecordOnceOverThePagesOfASearchInsideABundle() {
        Bundle reads = transaction(reading("Observation?_count=2&_elements=status&subject=" + child));

        Answer answer = exchange.post(reads, facility).hasStatus(200);

        Bundle found = (Bundle) answer.entries().get(0).getResource();
        assertThat(found.getEntry()).hasSize(2);
        String next = found.getLink("next").getUrl();
        assertThat(next).startsWith(exchange.base() + "/Observation?_getpages=").contains("_elements=status");
        Answer second = exchange.get(next).hasStatus(200);
        assertThat(second.body()).doesNotContain("valueQuantity");
        assertThat(exchange.get(second.link("next").orElseThrow()).entries()).hasSize(1);
    }

    @Test
    void saysThatAPageIsGone() {
        exchange.get("Observation?_getpages=" + unique("search")).isRefused(410, "ML-FHIR-005");
    }

    private static Set<String> ids(Answer page) {
        Set<String> ids = new HashSet<>();
        page.entries()
                .forEach(entry -> ids.add(entry.getResource().getIdElement().getIdPart()));
        return ids;
    }
}
