package ml.keneya.store;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.reading;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashSet;
import java.util.Set;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Communication.CommunicationStatus;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** {@code GET Patient/{id}/Observation} and its kind. */
@KeneyaIntegrationTest
class CompartmentIT {

    @Autowired
    Exchange exchange;

    private String child = "";

    @BeforeEach
    void registerAChildAndAnother() {
        child = "Patient/" + stored(aChild(unique("record")));
        stored(weightOf("Patient/" + stored(aChild(unique("record"))), "12"));
    }

    @Test
    void findsWhatBelongsToThePatientAndNothingElse() {
        String weight = stored(weightOf(child, "7.4"));

        Answer found = exchange.get(child + "/Observation").hasStatus(200);

        assertThat(ids(found)).containsExactly(weight);
    }

    @Test
    void narrowsByFurtherParameters() {
        stored(weightOf(child, "7.4"));

        assertThat(ids(exchange.get(child + "/Observation?code=29463-7"))).hasSize(1);
        assertThat(ids(exchange.get(child + "/Observation?code=8302-2"))).isEmpty();
    }

    @Test
    void namesInTheSelfLinkWhatWasAskedFor() {
        Answer found = exchange.get(child + "/Observation?_count=2");

        assertThat(found.link("self")).contains(exchange.base() + "/" + child + "/Observation?_count=2");
    }

    @Test
    void showsEveryRecordOnceOverItsPages() {
        Set<String> stored = new HashSet<>();
        for (int kilograms = 3; kilograms < 8; kilograms++) {
            stored.add(stored(weightOf(child, String.valueOf(kilograms))));
        }

        Answer page = exchange.get(child + "/Observation?_count=2&_summary=true");
        Set<String> seen = new HashSet<>(ids(page));
        while (page.link("next").isPresent()) {
            assertThat(page.link("next").get()).startsWith(exchange.base() + "/Observation?");
            page = exchange.get(page.link("next").get()).hasStatus(200);
            seen.addAll(ids(page));
            assertThat(page.entries())
                    .allSatisfy(
                            entry -> assertThat(entry.getResource().getMeta().getTag())
                                    .extracting("code")
                                    .contains("SUBSETTED"));
        }

        assertThat(seen).isEqualTo(stored);
    }

    @Test
    void findsTheSameByAForm() {
        stored(weightOf(child, "7.4"));

        Answer found = exchange.send(
                "POST",
                child + "/Observation/_search",
                "application/x-www-form-urlencoded",
                BodyPublishers.ofString("code=29463-7"));

        assertThat(ids(found.hasStatus(200))).hasSize(1);
    }

    @Test
    void findsAMessageByItsSubjectAndByItsRecipient() {
        Communication about = new Communication().setStatus(CommunicationStatus.COMPLETED);
        about.getSubject().setReference(child);
        Communication sentTo = new Communication().setStatus(CommunicationStatus.COMPLETED);
        sentTo.addRecipient().setReference(child);
        String first = stored(about);
        String second = stored(sentTo);

        assertThat(ids(exchange.get(child + "/Communication"))).containsExactlyInAnyOrder(first, second);
    }

    @Test
    void findsWhatWasMeasuredDuringAVisit() {
        Encounter visit = new Encounter().setStatus(EncounterStatus.FINISHED);
        visit.getClass_()
                .setSystem("http://terminology.hl7.org/CodeSystem/v3-ActCode")
                .setCode("AMB");
        visit.getSubject().setReference(child);
        String encounter = "Encounter/" + stored(visit);
        Observation weight = weightOf(child, "7.4");
        weight.getEncounter().setReference(encounter);
        String measured = stored(weight);
        stored(weightOf(child, "7.5"));

        assertThat(ids(exchange.get(encounter + "/Observation"))).containsExactly(measured);
        assertThat(ids(exchange.get(child + "/Encounter"))).hasSize(1);
    }

    @Test
    void findsTheSameInsideABundle() {
        String weight = stored(weightOf(child, "7.4"));

        Answer answer = exchange.post(
                transaction(reading(child + "/Observation?code=29463-7"), reading(child + "/Location")),
                unique("cscom"));

        Bundle found = (Bundle) answer.hasStatus(200).entries().get(0).getResource();
        assertThat(found.getEntryFirstRep().getResource().getIdElement().getIdPart())
                .isEqualTo(weight);
        assertThat(answer.entries().get(1).getResponse().getStatus()).startsWith("400");
    }

    @Test
    void findsAllTypesByAStar() {
        stored(weightOf(child, "7.4"));

        Answer found = exchange.get(child + "/*").hasStatus(200);

        assertThat(found.entries())
                .extracting(entry -> entry.getResource().fhirType())
                .containsExactlyInAnyOrder("Patient", "Observation");
    }

    @Test
    void findsNothingForAPatientThatDoesNotExist() {
        assertThat(exchange.get("Patient/" + unique("nobody") + "/Observation")
                        .hasStatus(200)
                        .entries())
                .isEmpty();
    }

    @Test
    void explainsThatATypeIsNotTiedToPatients() {
        exchange.get(child + "/Location").isRefused(400, "ML-FHIR-038").says("« Location »");
    }

    @Test
    void listsTheTypesServedToWhoAsksForAnother() {
        exchange.get(child + "/Medication").isRefused(404, "ML-FHIR-003").says("Observation");
    }

    private String stored(Resource resource) {
        return exchange.create(resource)
                .hasStatus(201)
                .as(resource.getClass())
                .getIdElement()
                .getIdPart();
    }

    private static Set<String> ids(Answer found) {
        Set<String> ids = new HashSet<>();
        for (BundleEntryComponent entry : found.entries()) {
            ids.add(entry.getResource().getIdElement().getIdPart());
        }
        return ids;
    }
}
