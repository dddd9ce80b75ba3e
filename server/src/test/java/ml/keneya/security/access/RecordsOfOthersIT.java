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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.Records;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"?", "?x", "?identifier=a|b", "/", "/?", "#", "//?"})
    @DisplayName("Z6: an entry that names a record and searches as well tells nothing of another's")
    void z6_aPatchWithAQueryTellsNothingOfAnothers(String more) {
        String[] them = TestSystem.ofSite(exchange, there).withAll();
        String gone = created(weightOf(patientThere, "7.7"), them);
        exchange.delete(gone, them);
        for (HTTPVerb verb : List.of(HTTPVerb.PATCH, HTTPVerb.PUT, HTTPVerb.DELETE)) {
            for (BundleType form : List.of(BundleType.TRANSACTION, BundleType.BATCH)) {
                for (String record : List.of(patientThere, weightThere, gone)) {
                    String unknown = record.replaceFirst("/.*", "/" + UUID.randomUUID());
                    Answer another = exchange.post("", exchange.json(naming(verb, form, record, more)), us);
                    isAlike(
                            another,
                            exchange.post("", exchange.json(naming(verb, form, unknown, more)), us),
                            record,
                            unknown);
                    assertThat(another.body()).doesNotContain("Traor");
                }
            }
        }
        assertThat(exchange.get(weightThere).as(Observation.class).getMeta().getVersionId())
                .isEqualTo("1");
    }

    private Bundle naming(HTTPVerb verb, BundleType form, String record, String more) {
        BundleEntryComponent entry = new BundleEntryComponent();
        entry.getRequest().setMethod(verb).setUrl(record + more);
        if (verb == HTTPVerb.PATCH) {
            entry.setResource(aJsonPatch("[{\"op\":\"copy\",\"from\":\"/id\",\"path\":\"/status\"}]"));
        } else if (verb == HTTPVerb.PUT) {
            Resource sent = record.startsWith("Patient/") ? aChild(unique("record")) : weightOf(patientHere, "9.9");
            sent.setId(record);
            entry.setResource(sent);
        }
        return new Bundle().setType(form).addEntry(entry);
    }

    private static Binary aJsonPatch(String operations) {
        Binary patch = new Binary().setContentType("application/json-patch+json");
        patch.setContent(operations.getBytes(StandardCharsets.UTF_8));
        return patch;
    }

    @Test
    @DisplayName("Z6: what an entry calls itself lends it no reference to another's record")
    void z6_aFullUrlLendsNoReference() {
        for (String person : List.of(patientThere, "Patient/" + UUID.randomUUID())) {
            Observation weight = weightOf(person, "9.9");
            weight.setId(unique("own"));
            refusesTheReference(creating("http://example.org/" + person, weight));
            Observation update = weightOf(person, "9.9");
            BundleEntryComponent byNumber = creating(Records.aPlaceholder(), update);
            byNumber.getRequest().setMethod(HTTPVerb.PUT).setUrl("Observation?identifier=http://example.org/" + person);
            update.addIdentifier().setSystem("http://example.org").setValue(person);
            refusesTheReference(byNumber);
            for (String id : List.of("Patient/" + unique("own"), person)) {
                Patient other = aChild(unique("record"));
                other.setId(id);
                refusesTheReference(
                        creating("http://example.org/" + person, other),
                        creating(Records.aPlaceholder(), weightOf(person, "9.9")));
            }
            for (String ours : List.of("", "/", "./", exchange.base() + "/", exchange.base() + "//")) {
                Patient other = aChild(unique("record"));
                other.setId("Patient/" + unique("own"));
                refusesTheReference(
                        creating(ours + person, other),
                        creating(Records.aPlaceholder(), weightOf(ours + person, "9.9")));
            }
            for (String spelling : List.of("%s/_history/1", "/%s", "./%s", "x/%s", exchange.base() + "/x/%s")) {
                refusesTheReference(
                        creating("https://e.example/" + person, aChild(unique("record"))),
                        creating(Records.aPlaceholder(), weightOf(spelling.formatted(person), "9.9")));
            }
            Patient itself = aChild(unique("record"));
            itself.setId(person);
            itself.addLink().setType(Patient.LinkType.SEEALSO).getOther().setReference(person);
            exchange.create(itself, us).isRefused(422, "ML-INTAKE-005");
        }
        Bundle ours = exchange.post(
                        "",
                        exchange.json(transaction(
                                creating("http://example.org/" + patientThere, aChild(unique("record"))),
                                creating(Records.aPlaceholder(), weightOf(patientThere, "9.9")))),
                        us)
                .hasStatus(200)
                .bundle();
        assertThat(exchange.get(ours.getEntry().get(1).getResponse().getLocation(), us)
                        .as(Observation.class)
                        .getSubject()
                        .getReference())
                .isEqualTo(ours.getEntry().get(0).getResponse().getLocation().replaceFirst("/_history/.*", ""));
    }

    private void refusesTheReference(BundleEntryComponent... entries) {
        exchange.post("", exchange.json(transaction(entries)), us).isRefused(422, "ML-INTAKE-005");
    }

    @Test
    @DisplayName("Z8: whoever may only write reads nothing of what was delivered")
    void z8_showsNoDeliveriesToWhoMayOnlyWrite() {
        String[] writes = TestSystem.ofSite(exchange, here).with("system/*.cu");
        for (String operation : List.of(
                "$quarantine", "$quarantine-entry?id=x", "$quarantine-content?id=x", "$delivery-status?key=x")) {
            exchange.get(operation, writes).isRefused(403, "ML-FHIR-101");
        }
    }

    @Test
    @DisplayName("A condition with a slash before it finds the same person as one without")
    void findsTheKnownPersonBehindASlash() {
        String nina = unique("nina");
        String theirs =
                created(withNina(nina), TestSystem.ofSite(exchange, there).withAll());
        BundleEntryComponent update = creating(withNina(nina));
        update.getRequest().setMethod(HTTPVerb.PUT).setUrl("/Patient?identifier=" + NINA + "|" + nina);

        Bundle answer = exchange.post("", exchange.json(transaction(update)), us)
                .hasStatus(200)
                .bundle();

        assertThat(answer.getEntryFirstRep().getResponse().getLocation()).startsWith(theirs + "/");
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
                .isRefused(403, "ML-FHIR-101");
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
