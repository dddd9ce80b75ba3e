package ml.keneya.store;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.aPlaceholder;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.Flag.FlagStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** {@code GET [base]?_type=Patient,Observation&…}. */
@KeneyaIntegrationTest
class SeveralTypesIT {

    @Autowired
    Exchange exchange;

    private final String facility = unique("cscom");
    private final String owner = "&owner=" + facility;

    @BeforeEach
    void fourWeightsAndThreeFlags() {
        String child = aPlaceholder();
        Bundle visit = transaction(creating(child, aChild(unique("record"))));
        for (int kilograms = 3; kilograms < 7; kilograms++) {
            visit.addEntry(creating(weightOf(child, String.valueOf(kilograms))));
        }
        for (int number = 0; number < 3; number++) {
            Flag flag = new Flag().setStatus(FlagStatus.ACTIVE);
            flag.getCode().setText("Perdu de vue " + number);
            flag.getSubject().setReference(child);
            visit.addEntry(creating(flag));
        }
        exchange.post(visit, facility).hasStatus(200);
    }

    @Test
    void findsRecordsOfAllTheTypes() {
        Answer found = exchange.get("?_type=Observation,Flag" + owner).hasStatus(200);

        assertThat(types(found))
                .containsExactly("Observation", "Observation", "Observation", "Observation", "Flag", "Flag", "Flag");
        assertThat(found.link("next")).isEmpty();
        assertThat(found.bundle().hasTotal()).isFalse();
        assertThat(found.entries())
                .allSatisfy(entry -> assertThat(entry.getFullUrl())
                        .isEqualTo(exchange.base() + "/"
                                + entry.getResource().getIdElement().toUnqualifiedVersionless()));
    }

    @Test
    void showsEveryRecordOnceOverItsPages() {
        Answer page = exchange.get("?_type=Observation,Flag&_count=2" + owner);
        List<String> ids = new ArrayList<>(ids(page));
        int pages = 1;
        while (page.link("next").isPresent()) {
            assertThat(page.link("next").get()).startsWith(exchange.base() + "/?");
            page = exchange.get(page.link("next").get()).hasStatus(200);
            assertThat(page.entries()).hasSizeBetween(1, 2);
            ids.addAll(ids(page));
            pages++;
        }

        assertThat(ids).hasSize(7).doesNotHaveDuplicates();
        assertThat(pages).isEqualTo(4);
    }

    @Test
    void keepsTheFormOfTheAnswerOnEveryPage() {
        Answer page = exchange.get("?_type=Observation,Flag&_count=2&_elements=status" + owner);

        Answer next = exchange.get(page.link("next").orElseThrow());

        assertThat(next.body()).contains("SUBSETTED").doesNotContain("subject");
    }

    @Test
    void narrowsByWhenRecordsChanged() {
        assertThat(ids(exchange.get("?_type=Observation,Flag&_lastUpdated=gt2020" + owner)))
                .hasSize(7);
        assertThat(ids(exchange.get("?_type=Observation,Flag&_lastUpdated=lt2020" + owner)))
                .isEmpty();
    }

    @Test
    void narrowsByAParameterThatAllTheTypesHave() {
        String child = subjectOf(exchange.get("?_type=Flag" + owner));

        assertThat(ids(exchange.get("?_type=Observation,Flag,Condition&patient=" + child)))
                .hasSize(7);
    }

    @Test
    void refusesAParameterThatOneOfTheTypesLacks() {
        exchange.get("?_type=Observation,Location&patient=Patient/1")
                .isRefused(400, "ML-FHIR-019")
                .says("« patient »");
    }

    @Test
    void refusesWhatOnlyASearchInOneTypeOffers() {
        exchange.get("?_type=Observation,Flag&_include=Observation:subject")
                .isRefused(400, "ML-FHIR-019")
                .says("plusieurs types");
        exchange.get("?_type=Observation,Flag&_sort=date")
                .isRefused(400, "ML-FHIR-019")
                .says("plusieurs types");
    }

    @Test
    void countsForWhoAsks() {
        assertThat(exchange.get("?_type=Observation,Flag&_summary=count" + owner)
                        .bundle()
                        .getTotal())
                .isEqualTo(7);
        Answer found = exchange.get("?_type=Observation,Flag&_total=accurate&_count=1" + owner);
        assertThat(found.bundle().getTotal()).isEqualTo(7);
        assertThat(found.entries()).hasSize(1);
    }

    @Test
    void findsTheSameByAForm() {
        Answer found = exchange.send(
                "POST",
                "_search",
                "application/x-www-form-urlencoded",
                BodyPublishers.ofString("_type=Observation,Flag&owner=" + facility));

        assertThat(ids(found.hasStatus(200))).hasSize(7);
    }

    @Test
    void asksForTheTypesWhenNoneIsNamed() {
        exchange.get("").isRefused(400, "ML-FHIR-037").says("nommer les types");
        exchange.get("?_lastUpdated=gt2020").isRefused(400, "ML-FHIR-037").says("_type=Patient,Observation");
    }

    @Test
    void listsTheTypesServedToWhoAsksForAnother() {
        exchange.get("?_type=Observation,Medication")
                .isRefused(404, "ML-FHIR-003")
                .says("Medication");
    }

    private static List<String> types(Answer found) {
        return found.entries().stream()
                .map(entry -> entry.getResource().fhirType())
                .toList();
    }

    private static List<String> ids(Answer found) {
        return found.entries().stream()
                .map(entry -> entry.getResource().getIdElement().getIdPart())
                .toList();
    }

    private static String subjectOf(Answer flags) {
        return ((Flag) flags.entries().get(0).getResource()).getSubject().getReference();
    }
}
