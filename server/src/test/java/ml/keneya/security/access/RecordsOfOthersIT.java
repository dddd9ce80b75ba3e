package ml.keneya.security.access;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.deleting;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.reading;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.Records;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What one site can do to records of another: nothing. */
@KeneyaIntegrationTest
class RecordsOfOthersIT extends TwoSites {

    @Test
    @DisplayName("Z6: a bundle neither points to another's records nor touches them")
    void z6_refusesBundlesThatTouchAnothersRecords() {
        String unknown = "Patient/" + UUID.randomUUID();
        isAlike(
                exchange.post("", exchange.json(transaction(creating(weightOf(patientThere, "9.9")))), us),
                exchange.post("", exchange.json(transaction(creating(weightOf(unknown, "9.9")))), us),
                patientThere,
                unknown);
        isAlike(
                exchange.create(weightOf(patientThere, "9.9"), us),
                exchange.create(weightOf(unknown, "9.9"), us),
                patientThere,
                unknown);
        Observation theirs = weightOf(patientHere, "1.1");
        theirs.setId(weightThere);
        exchange.post("", exchange.json(transaction(putting(theirs))), us).isRefused(404, "ML-FHIR-004");
        exchange.put(weightThere, theirs, us).isRefused(404, "ML-FHIR-004");
        isAlike(
                exchange.post("", exchange.json(transaction(deleting(weightThere))), us),
                exchange.post("", exchange.json(transaction(deleting("Observation/" + UUID.randomUUID()))), us),
                weightThere,
                weightThere);
        exchange.delete(weightThere, us).isRefused(404, "ML-FHIR-004");
        exchange.send(
                        "PATCH",
                        weightThere,
                        "application/json-patch+json",
                        BodyPublishers.ofString("[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"amended\"}]"),
                        us)
                .isRefused(404, "ML-FHIR-004");
        assertThat(exchange.get(weightThere).as(Observation.class).getMeta().getVersionId())
                .isEqualTo("1");
    }

    @Test
    @DisplayName("Z6: another's record number matches nobody, a national number does (decision 14)")
    void z6_matchesPeopleByNationalNumbersOnly() {
        BundleEntryComponent known = creating(aChild(recordThere));
        known.getRequest().setIfNoneExist("identifier=" + Records.RECORD_NUMBER + "|" + recordThere);
        Answer answer = exchange.post("", exchange.json(transaction(known)), us);
        assertThat(answer.body()).doesNotContain(patientThere.replace("Patient/", ""));

        String nina = unique("nina");
        String[] them = TestSystem.ofSite(exchange, there).withAll();
        String theirs = created(withNina(nina), them);
        exchange.get(theirs, us).hasStatus(404);
        assertThat(created(withNina(nina), us)).isEqualTo(theirs);
        exchange.get(theirs, us).hasStatus(200);
    }

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

    @Test
    @DisplayName("Z7: the server alone says whose a record is")
    void z7_setsTheOwnerItself() {
        Observation forged = weightOf(patientHere, "9.1");
        forged.getMeta().addSecurity().setSystem(OWNER).setCode(there);
        forged.getMeta().setSource("https://example.org");

        Observation kept = exchange.get(created(forged, us), us).as(Observation.class);

        assertThat(kept.getMeta().getSecurity())
                .extracting(label -> label.getCode())
                .containsExactly(here);
        assertThat(kept.getMeta().getSource()).startsWith("https://keneya.ml/fhir/source/");
        exchange.send(
                "PATCH",
                weightHere,
                "application/json-patch+json",
                BodyPublishers.ofString(
                        "[{\"op\":\"replace\",\"path\":\"/meta/security/0/code\",\"value\":\"" + there + "\"}]"),
                us);
        exchange.get(weightHere, us).hasStatus(200);
        exchange.create(aChild(unique("record")), with(us, "Keneya-Facility", there))
                .isRefused(403, "ML-FHIR-013");
    }

    @Test
    @DisplayName("Z8: whoever may only write is shown nothing for it")
    void z8_showsNothingToWhoMayOnlyWrite() {
        String[] writes = TestSystem.ofSite(exchange, here).with("system/*.cu");

        Answer created = exchange.create(aChild(unique("record")), with(writes, "Prefer", "return=representation"));
        created.hasStatus(201);
        assertThat(created.body()).doesNotContain("Traor");
        Answer patched = exchange.send(
                "PATCH",
                weightHere,
                "application/json-patch+json",
                BodyPublishers.ofString("[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"amended\"}]"),
                with(writes, "Prefer", "return=representation"));
        patched.hasStatus(200);
        assertThat(patched.body()).doesNotContain("29463-7");
        Answer transaction = exchange.post(
                "",
                exchange.json(transaction(creating(weightOf(patientHere, "9.7")))),
                with(writes, "Prefer", "return=representation"));
        transaction.hasStatus(200);
        assertThat(transaction.body()).doesNotContain("29463-7");
        exchange.post("", exchange.json(transaction(reading(weightHere))), writes)
                .isRefused(403, "ML-FHIR-013");
    }

    @Test
    @DisplayName("Z15: an id that another site uses cannot be taken")
    void z15_refusesAnIdThatAnotherUses() {
        Patient other = aChild(unique("record"));
        other.setId(patientThere);
        exchange.put(patientThere, other, us).isRefused(404, "ML-FHIR-004");

        Patient free = aChild(unique("record"));
        free.setId("Patient/" + UUID.randomUUID());
        exchange.put(free.getId(), free, us).hasStatus(201);
        exchange.get(free.getId(), us).hasStatus(200);
    }

    @Test
    @DisplayName("A bundle of one's own is delivered, answered and read back")
    void deliversABundle() {
        String placeholder = Records.aPlaceholder();
        Encounter visit = new Encounter();
        visit.setStatus(Encounter.EncounterStatus.FINISHED);
        visit.getClass_()
                .setSystem("http://terminology.hl7.org/CodeSystem/v3-ActCode")
                .setCode("AMB");
        visit.getSubject().setReference(placeholder);
        Bundle delivered = exchange.post(
                        "",
                        exchange.json(transaction(
                                creating(placeholder, aChild(unique("record"))),
                                creating(visit),
                                creating(weightOf(placeholder, "9.3")),
                                reading("Observation?_count=10"))),
                        us)
                .hasStatus(200)
                .bundle();

        assertThat(delivered.getEntry()).hasSize(4);
        Bundle found = (Bundle) delivered.getEntry().get(3).getResource();
        assertThat(found.getEntry()).hasSize(2);
    }
}
