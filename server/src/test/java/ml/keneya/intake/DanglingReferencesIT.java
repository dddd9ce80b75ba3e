package ml.keneya.intake;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.aPlaceholder;
import static ml.keneya.test.Records.batch;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.Records;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.Immunization.ImmunizationStatus;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** References that no search parameter looks at count as much as the others. */
@KeneyaIntegrationTest
class DanglingReferencesIT {

    @Autowired
    Exchange exchange;

    private final String facility = unique("cscom");
    private final String recordNumber = unique("record");
    private final String child = aPlaceholder();

    @Test
    void refusesAVisitThatDoesNotExist() {
        Immunization dose = aDose();
        dose.getEncounter().setReference("Encounter/" + unique("nowhere"));

        exchange.post(transaction(creating(child, aChild(recordNumber)), creating(dose)), facility)
                .isRefused(422, "ML-INTAKE-005")
                .namesElement("Bundle.entry[1].resource.encounter.reference")
                .says("ne désigne ni une entrée du lot ni une ressource connue");

        assertThat(children()).isZero();
    }

    @Test
    void refusesAPlaceholderThatNoEntryHas() {
        Immunization dose = aDose();
        dose.getEncounter().setReference(aPlaceholder());

        exchange.post(transaction(creating(child, aChild(recordNumber)), creating(dose)), facility)
                .isRefused(422, "ML-INTAKE-005")
                .namesElement("Bundle.entry[1].resource.encounter.reference");
    }

    @Test
    void refusesAReferenceInAnExtensionOfAnElement() {
        Patient patient = aChild(recordNumber);
        StringType family = patient.getNameFirstRep().getFamilyElement();
        family.addExtension("https://example.org/source", new Reference("Organization/" + unique("nowhere")));

        exchange.post(transaction(creating(patient)), facility)
                .isRefused(422, "ML-INTAKE-005")
                .namesElement("Bundle.entry[0].resource.name[0].family.extension[0].value.reference");
    }

    @Test
    void refusesADeletedTarget() {
        String organization = unique("org");
        Organization closed = new Organization().setName("CSCom fermé");
        closed.setId(organization);
        exchange.put("Organization/" + organization, closed).hasStatus(201);
        exchange.delete("Organization/" + organization);
        Immunization dose = aDose();
        dose.getManufacturer().setReference("Organization/" + organization);

        exchange.post(transaction(creating(child, aChild(recordNumber)), creating(dose)), facility)
                .isRefused(422, "ML-INTAKE-005")
                .namesElement("Bundle.entry[1].resource.manufacturer.reference");
    }

    @Test
    void acceptsWhatTheBundleItselfBrings() {
        String visitId = unique("visit");
        Encounter visit = new Encounter().setStatus(EncounterStatus.FINISHED);
        visit.setId(visitId);
        visit.getClass_()
                .setSystem("http://terminology.hl7.org/CodeSystem/v3-ActCode")
                .setCode("AMB");
        visit.getSubject().setReference(child);
        Immunization dose = aDose();
        dose.getEncounter().setReference("Encounter/" + visitId);
        Bundle session = transaction(creating(child, aChild(recordNumber)), creating(dose), putting(visit));

        exchange.post(session, facility).hasStatus(200);

        assertThat(children()).isEqualTo(1);
    }

    @Test
    void acceptsWhatIsAlreadyStored() {
        String visitor = exchange.create(aChild(unique("record")))
                .hasStatus(201)
                .as(Patient.class)
                .getIdPart();
        Immunization dose = aDose();
        dose.getPatient().setReference("Patient/" + visitor);

        exchange.post(transaction(creating(dose)), facility).hasStatus(200);
    }

    @Test
    void refusesASearchThatFindsNobody() {
        Immunization dose = aDose();
        dose.getPatient().setReference("Patient?identifier=" + unique("nobody"));

        exchange.post(transaction(creating(dose)), facility)
                .isRefused(422, "ML-INTAKE-005")
                .says("Patient?identifier=");
    }

    @Test
    void refusesARecordSentAlone() {
        Immunization dose = aDose();
        dose.getPatient().setReference("Patient/" + unique("nobody"));

        exchange.create(dose).isRefused(422, "ML-INTAKE-005").namesElement("Immunization.patient.reference");
    }

    @Test
    void refusesOnlyThatEntryOfABatch() {
        Immunization dose = aDose();
        dose.getPatient().setReference("Patient/" + unique("nobody"));

        Answer answer = exchange.post(batch(creating(dose), creating(aChild(recordNumber))), facility)
                .hasStatus(200);

        assertThat(answer.entries().get(0).getResponse().getStatus()).startsWith("422");
        assertThat(answer.body()).contains("Bundle.entry[0].resource.patient.reference");
        assertThat(children()).isEqualTo(1);
    }

    @Test
    void refusesAPatchThatMakesARecordPointToNothing() {
        String dose = storedDose();
        String patch = aPatch("Encounter/" + unique("nowhere"));

        exchange.send("PATCH", dose, "application/json-patch+json", BodyPublishers.ofString(patch))
                .isRefused(422, "ML-INTAKE-005")
                .namesElement("Immunization.encounter.reference");
        exchange.post(transaction(patching(dose, patch)), facility).isRefused(422, "ML-INTAKE-005");

        assertThat(exchange.get(dose).as(Immunization.class).hasEncounter()).isFalse();
    }

    @Test
    void acceptsAPatchThatPointsToWhatTheSameBundleBrings() {
        String dose = storedDose();
        Encounter visit = new Encounter().setStatus(EncounterStatus.FINISHED);
        visit.getClass_()
                .setSystem("http://terminology.hl7.org/CodeSystem/v3-ActCode")
                .setCode("AMB");
        visit.setSubject(exchange.get(dose).as(Immunization.class).getPatient());
        visit.setId(unique("visit"));
        String patch = aPatch("Encounter/" + visit.getIdPart());

        exchange.post(transaction(putting(visit), patching(dose, patch)), facility)
                .hasStatus(200);

        assertThat(exchange.get(dose).as(Immunization.class).getEncounter().getReference())
                .isEqualTo("Encounter/" + visit.getIdPart());
    }

    @ParameterizedTest
    @ValueSource(strings = {"urn:uuid:5b0f1c8e-0d39-4a6e-8d7c-1f9f3e3f8a11", "https://e.example/Encounter/visit-1"})
    void acceptsAPatchThatPointsToWhatTheSameBundleCreates(String address) {
        String dose = storedDose();
        Encounter visit = new Encounter().setStatus(EncounterStatus.FINISHED);
        visit.getClass_()
                .setSystem("http://terminology.hl7.org/CodeSystem/v3-ActCode")
                .setCode("AMB");
        visit.setSubject(exchange.get(dose).as(Immunization.class).getPatient());

        Answer answer = exchange.post(transaction(creating(address, visit), patching(dose, aPatch(address))), facility)
                .hasStatus(200);

        assertThat(exchange.get(dose).as(Immunization.class).getEncounter().getReference())
                .isEqualTo(answer.entries().get(0).getResponse().getLocation().replaceAll("/_history/.*", ""));
    }

    private String storedDose() {
        return exchange.post(transaction(creating(child, aChild(recordNumber)), creating(aDose())), facility)
                .hasStatus(200)
                .entries()
                .get(1)
                .getResponse()
                .getLocation()
                .replaceAll("/_history/.*", "");
    }

    private static String aPatch(String encounter) {
        return "[{\"op\":\"add\",\"path\":\"/encounter\",\"value\":{\"reference\":\"" + encounter + "\"}}]";
    }

    private static BundleEntryComponent patching(String address, String body) {
        Binary patch = new Binary().setContentType("application/json-patch+json");
        patch.setContent(body.getBytes(StandardCharsets.UTF_8));
        BundleEntryComponent entry = new BundleEntryComponent().setResource(patch);
        entry.getRequest().setMethod(HTTPVerb.PATCH).setUrl(address);
        return entry;
    }

    private Immunization aDose() {
        Immunization dose = new Immunization();
        dose.setStatus(ImmunizationStatus.COMPLETED);
        dose.getVaccineCode()
                .addCoding()
                .setSystem("http://hl7.org/fhir/sid/cvx")
                .setCode("19");
        dose.getPatient().setReference(child);
        dose.setOccurrence(new DateTimeType("2026-11-10"));
        return dose;
    }

    private int children() {
        return exchange.get("Patient?identifier=" + Records.RECORD_NUMBER + "%7C" + recordNumber)
                .entries()
                .size();
    }
}
