package ml.keneya.security.access;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a person's numbers lead to when more than one site writes them: never to a stranger's record. */
@KeneyaIntegrationTest
class NumbersOfOthersIT extends TwoSites {

    @Test
    @DisplayName("Z6: a national number alone makes nobody of a stranger, and opens nobody's record")
    void z6_aNationalNumberReplacesNobody() {
        String[] them = TestSystem.ofSite(exchange, there).withAll();
        List<Consumer<Patient>> others = List.of(
                person -> person.setGender(AdministrativeGender.MALE),
                person -> person.setBirthDateElement(new DateType("1971")),
                person -> person.setGenderElement(null),
                person -> person.setBirthDateElement(null));
        for (Consumer<Patient> other : others) {
            String nina = unique("nina");
            String theirs = created(withNina(nina), them);
            String condition = "identifier=" + NINA + "%7C" + nina;
            Patient sent = withNina(nina);
            other.accept(sent);

            assertThat(created(sent.copy(), us)).isNotEqualTo(theirs);
            BundleEntryComponent created = creating(sent.copy());
            created.getRequest().setIfNoneExist(condition);
            Answer conditional = exchange.post("", exchange.json(transaction(created)), us);
            assertThat(conditional.hasStatus(200).entries().get(0).getResponse().getLocation())
                    .doesNotContain(theirs);
            exchange.put("Patient?" + condition, sent.copy(), us);

            exchange.get(theirs, us).isRefused(404, "ML-FHIR-004");
            assertThat(exchange.get(theirs).as(Patient.class).getMeta().getVersionId())
                    .isEqualTo("1");
        }
    }

    @Test
    @DisplayName("Z6: what is stored apart is found again by who sent it")
    void z6_storesAStrangerApartOnce() {
        String nina = unique("nina");
        String theirs =
                created(withNina(nina), TestSystem.ofSite(exchange, there).withAll());
        Patient boy = withNina(nina).setGender(AdministrativeGender.MALE);
        String search = "Patient?identifier=" + NINA + "%7C" + nina;

        exchange.put(search, boy.copy(), us).hasStatus(201);
        exchange.put(search, boy.copy(), us).hasStatus(200);

        Patient apart = exchange.get(search, us).as(Bundle.class).getEntry().stream()
                .map(entry -> (Patient) entry.getResource())
                .reduce((one, another) -> null)
                .orElseThrow();
        assertThat(apart.getLinkFirstRep().getOther().getReference()).isEqualTo(theirs);
    }

    @Test
    @DisplayName("Z4, Z5: a link to the holder of a number brings along nothing of the holder")
    void z4_aLinkToTheHolderShowsNotTheHolder() {
        String nina = unique("nina");
        String theirs =
                created(withNina(nina), TestSystem.ofSite(exchange, there).withAll());
        String apart = created(withNina(nina).setGender(AdministrativeGender.MALE), us);
        assertThat(exchange.get(apart, us)
                        .as(Patient.class)
                        .getLinkFirstRep()
                        .getOther()
                        .getReference())
                .isEqualTo(theirs);
        String id = apart.replace("Patient/", "");

        for (String search : List.of(
                "Patient?_id=" + id + "&_include=Patient:link",
                "Patient?_id=" + id + "&_include:iterate=Patient:link",
                "Patient?_include=Patient:link:Patient&_id=" + id,
                apart + "/$everything",
                apart + "/*")) {
            assertThat(idsIn(exchange.get(search, us)))
                    .as(search)
                    .contains(apart)
                    .doesNotContain(theirs);
        }
    }

    @Test
    @DisplayName("Z6: the record number of another leaves no link to whose it is")
    void z6_anothersRecordNumberLeavesNoLink() {
        String number = unique("record");
        String[] them = TestSystem.ofSite(exchange, there).withAll();
        created(numbered(there, number), them);

        String posted = created(numbered(there, number), us);
        Patient put = numbered(there, number);
        put.setId("Patient/" + UUID.randomUUID());
        exchange.put(put.getId(), put, us).hasStatus(201);
        put.setActive(true);
        exchange.put(put.getId(), put, us).hasStatus(200);

        assertThat(exchange.get(posted, us).as(Patient.class).hasLink()).isFalse();
        assertThat(exchange.get(put.getId(), us).as(Patient.class).hasLink()).isFalse();
    }

    @Test
    @DisplayName("Z7: nobody takes the record numbers of another, or takes them away")
    void z7_claimsNoRecordNumberOfAnother() {
        String nina = unique("nina");
        String number = unique("record");
        String[] them = TestSystem.ofSite(exchange, there).withAll();
        Patient adult = withNina(nina);
        adult.addIdentifier(numbered(there, number).getIdentifierFirstRep());
        String squatter = created(adult, us);
        assertThat(created(withNina(nina), them)).isEqualTo(squatter);

        Patient child = numbered(there, number);
        String theirs = created(child.copy(), them);
        assertThat(theirs).isNotEqualTo(squatter);
        assertThat(exchange.get(theirs, them).as(Patient.class).hasLink()).isFalse();
        assertThat(created(child.copy(), them)).isEqualTo(theirs);
    }

    @Test
    @DisplayName("Z7: whoever replaces a person's record keeps the numbers that others know her by")
    void z7_keepsTheNumbersOfOtherSites() {
        String nina = unique("nina");
        String[] them = TestSystem.ofSite(exchange, there).withAll();
        Patient known = withNina(nina);
        String numberThere = unique("record");
        known.addIdentifier(numbered(there, numberThere).getIdentifierFirstRep());
        String shared = created(known, them);
        String numberHere = unique("record");
        Patient ours = withNina(nina);
        ours.addIdentifier(numbered(here, numberHere).getIdentifierFirstRep());
        assertThat(created(ours, us)).isEqualTo(shared);

        Patient bare = numbered(here, unique("record"));
        bare.setId(shared);
        exchange.put(shared, bare, us).hasStatus(200);

        assertThat(exchange.get(shared, us).as(Patient.class).getIdentifier())
                .extracting(Identifier::getValue)
                .contains(nina, numberThere, bare.getIdentifierFirstRep().getValue());
        assertThat(created(numbered(there, numberThere), them)).isEqualTo(shared);
        assertThat(created(withNina(nina), them)).isEqualTo(shared);
    }

    @Test
    @DisplayName("Z7: a site corrects the numbers of a person whom it alone treats")
    void z7_correctsTheNumbersOfOnesOwn() {
        String mistyped = unique("nina");
        String own = created(withNina(mistyped), us);
        Patient corrected = withNina(unique("nina"));
        corrected.setId(own);

        exchange.put(own, corrected, us).hasStatus(200);

        assertThat(exchange.get(own, us).as(Patient.class).getIdentifier())
                .extracting(Identifier::getValue)
                .doesNotContain(mistyped);
    }

    private static Patient numbered(String facility, String number) {
        Patient child = aChild(number);
        child.getIdentifierFirstRep().setSystem("https://keneya.ml/id/site/" + facility + "/record");
        return child;
    }
}
