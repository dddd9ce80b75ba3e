package ml.keneya.surveillance.alert;

import static ml.keneya.surveillance.Cases.aCase;
import static ml.keneya.surveillance.Cases.aPerson;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import ml.keneya.security.TestApp;
import ml.keneya.security.TestPerson;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.Immunization.ImmunizationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who follows an alert up reads its cases, what that takes of the people, and nothing else. */
@KeneyaIntegrationTest
class CasesOfAlertsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String SCOPES = "openid user/*.cruds";
    private static final String SECRET = "mot-que-personne-ne-doit-lire";
    private static final String FOR_PUBLIC_HEALTH = "PUBHLTH";

    /** Bangassi, in the cercle and region of Kayes. */
    private static final String COMMUNE = "ML010101";

    @Autowired
    Exchange exchange;

    @Autowired
    JdbcClient jdbc;

    private final String facility = unique("site");

    @Test
    @DisplayName("A district reads person, case, contact and vaccinations of its alerts; another reads none of them")
    void showsACaseToWhoseAreaItIs() {
        Known known = aKnownCase(COMMUNE);
        String[] cercle = area("ML0101");
        String[] other = area("ML02");

        for (Resource record : known.all()) {
            String type = record.fhirType();
            String id = record.getIdElement().getIdPart();
            exchange.get(type + "/" + id, cercle).hasStatus(200);
            exchange.get(type + "/" + id + "/_history", cercle).hasStatus(200);
            assertThat(idsOf(exchange.get(type + "?_id=" + id, cercle))).containsExactly(id);
            exchange.get(type + "/" + id, other).isRefused(404, "ML-FHIR-004");
            exchange.get(type + "/" + id + "/_history", other).isRefused(404, "ML-FHIR-004");
            Bundle found = exchange.get(type + "?_total=accurate&_id=" + id, other)
                    .hasStatus(200)
                    .as(Bundle.class);
            assertThat(found.getTotal()).isZero();
            assertThat(found.getEntry()).isEmpty();
        }
        assertThat(idsOf(exchange.get("Condition?_include=Condition:patient&_id=" + id(known.found()), cercle)))
                .containsExactlyInAnyOrder(id(known.found()), id(known.person()));
    }

    @Test
    @DisplayName("Other people, other diseases of the same person and other types stay with their sites")
    void showsNothingElse() {
        Known known = aKnownCase(COMMUNE);
        Patient healthy = aPerson(COMMUNE, "male", "1985", "");
        Condition injury = aCase(known.person(), "cholera", "", "");
        injury.getCode().setText("fracture").getCoding().clear();
        Immunization ofHealthy = aDose(healthy);
        exchange.post(transaction(putting(healthy), putting(injury), putting(ofHealthy)), facility)
                .hasStatus(200);
        String[] cercle = area("ML0101");

        for (Resource record : List.of(healthy, injury, ofHealthy)) {
            String address = record.fhirType() + "/" + record.getIdElement().getIdPart();
            exchange.get(address, cercle).isRefused(404, "ML-FHIR-004");
            assertThat(idsOf(exchange.get(record.fhirType() + "?_id=" + id(record), cercle)))
                    .isEmpty();
        }
        exchange.get("Observation?_count=1", cercle).isRefused(403, "ML-FHIR-100");
        exchange.get("Patient/" + id(known.person()) + "/$everything", cercle).isRefused(403, "ML-FHIR-100");
        exchange.put("Condition/" + id(known.found()), known.found(), cercle).isRefused(403, "ML-FHIR-100");
    }

    @Test
    @DisplayName(
            "Numbers, picture and narrative of a person are not shown on any way, and nobody searches by the numbers")
    void showsOfAPersonWhatFollowUpNeeds() {
        Known known = aKnownCase(COMMUNE);
        String[] cercle = area("ML0101");
        String id = id(known.person());

        List<Patient> shown = Stream.of(
                        exchange.get("Patient/" + id, cercle).as(Patient.class),
                        exchange.get("Patient/" + id + "/_history/1", cercle).as(Patient.class),
                        personIn(exchange.get("Patient/" + id + "/_history", cercle)),
                        personIn(exchange.get("Patient?_id=" + id, cercle)),
                        personIn(exchange.get("Condition?_include=Condition:patient&_id=" + id(known.found()), cercle)))
                .toList();

        assertThat(shown).allSatisfy(person -> {
            assertThat(person.getIdentifier()).isEmpty();
            assertThat(person.getText().isEmpty()).isTrue();
            assertThat(person.getNameFirstRep().getFamily())
                    .isEqualTo(known.person().getNameFirstRep().getFamily());
            assertThat(person.getAddress()).isNotEmpty();
            assertThat(person.getMeta().getTag()).extracting(Coding::getCode).contains("SUBSETTED");
        });
        String number = known.person().getIdentifierFirstRep().getValue();
        exchange.get("Patient?identifier=" + number, cercle).isRefused(403, "ML-FHIR-102");
        exchange.get("?_type=Patient&identifier=" + number, cercle).isRefused(403, "ML-FHIR-102");
        exchange.get("Patient?_sort=identifier", cercle).isRefused(403, "ML-FHIR-102");
        exchange.get("Condition?patient.identifier=" + number, cercle).isRefused(403, "ML-FHIR-102");
        exchange.get("Condition?patient.family=Keita", cercle).isRefused(403, "ML-FHIR-102");
        exchange.get("Organization?identifier=" + number, cercle).hasStatus(200);
        // What is shown is not what is kept.
        assertThat(exchange.get("Patient/" + id).as(Patient.class).getIdentifier())
                .isNotEmpty();
    }

    @Test
    @DisplayName(
            "Of case, contact and vaccination no typed words are shown, no other reasons, and no names or numbers of whom they point to")
    void showsOfACaseWhatFollowUpNeeds() {
        Known known = aKnownCase(COMMUNE, secret -> {
            secret.person()
                    .addExtension(
                            "https://keneya.ml/fhir/StructureDefinition/ml-ext-residence-status",
                            new CodeableConcept(new Coding(
                                    "https://keneya.ml/fhir/CodeSystem/ml-residence-status",
                                    "internally-displaced",
                                    null)));
            secret.found().getSubject().setDisplay(SECRET).getIdentifier().setValue(SECRET);
            secret.found().addNote().setText(SECRET);
            secret.contact().getSubject().setDisplay(SECRET);
            secret.contact().addReasonCode().setText(SECRET);
            secret.dose().getPatient().setDisplay(SECRET);
            secret.dose().addNote().setText(SECRET);
        });
        String[] cercle = area("ML0101");

        for (Resource record : known.all()) {
            String address = record.fhirType() + "/" + id(record);
            assertThat(exchange.get(address, cercle).hasStatus(200).body())
                    .doesNotContain(SECRET)
                    .doesNotContain("residence-status")
                    .contains("SUBSETTED");
            assertThat(exchange.get(address + "/_history", cercle)
                            .hasStatus(200)
                            .body())
                    .doesNotContain(SECRET);
        }
        assertThat(exchange.get("Condition/" + id(known.found())).body()).contains(SECRET);
    }

    @Test
    @DisplayName("Of a person whose own record is labelled the vaccinations are not shown either")
    void showsNoVaccinationsOfWhomALabelHides() {
        Known known = aKnownCase(
                COMMUNE,
                labelled -> labelled.person()
                        .getMeta()
                        .addSecurity("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "R", null));
        String[] cercle = area("ML0101");

        exchange.get("Patient/" + id(known.person()), cercle).isRefused(404, "ML-FHIR-004");
        exchange.get("Immunization/" + id(known.dose()), cercle).isRefused(404, "ML-FHIR-004");
        assertThat(idsOf(exchange.get("Immunization?_id=" + id(known.dose()), cercle)))
                .isEmpty();
        exchange.get("Condition/" + id(known.found()), cercle).hasStatus(200);
    }

    @Test
    @DisplayName("The agency reads cases when it says that it does so for public health, and the trace keeps it")
    void asksTheAgencyWhy() {
        Known known = aKnownCase("");
        TestSystem system = TestSystem.withRole(exchange, "agency");
        String[] silent = system.withAll();
        String address = "Patient/" + id(known.person());

        exchange.get(address, silent).isRefused(403, "ML-FHIR-045");
        exchange.get("Condition?_count=1", silent).isRefused(403, "ML-FHIR-045");
        exchange.get(address, stating("TREAT", silent)).isRefused(403, "ML-FHIR-045");
        String[] stated = stating(FOR_PUBLIC_HEALTH, silent);
        for (Resource record : known.all()) {
            exchange.get(record.fhirType() + "/" + id(record), stated).hasStatus(200);
        }

        assertThat(jdbc.sql("""
                                select count(*) from keneya.trace
                                where client = :client and purpose = :purpose and :person = any(patients)
                                """)
                        .param("client", system.id())
                        .param("purpose", FOR_PUBLIC_HEALTH)
                        .param("person", id(known.person()))
                        .query(Integer.class)
                        .single())
                .isPositive();
    }

    @Test
    @DisplayName("A label of sensitivity keeps the record from who follows up, and it is not counted either")
    void honoursLabels() {
        Patient person = aPerson(COMMUNE, "female", "1990", "");
        Condition found = aCase(person, "cholera", "suspected", "2026-11-20");
        found.getMeta().addSecurity("http://terminology.hl7.org/CodeSystem/v3-ActCode", "PSY", null);
        raise(found, person);
        String[] cercle = area("ML0101");

        exchange.get("Patient/" + id(person), cercle).hasStatus(200);
        exchange.get("Condition/" + id(found), cercle).isRefused(404, "ML-FHIR-004");
        assertThat(exchange.get("Condition?_total=accurate&_id=" + id(found), cercle)
                        .as(Bundle.class)
                        .getTotal())
                .isZero();
    }

    @Test
    @DisplayName("A case that is none any more, and those of an event that has long been over, are shown no longer")
    void endsWithTheFollowUp() {
        Known known = aKnownCase(COMMUNE);
        String[] cercle = area("ML0101");
        String address = "Patient/" + id(known.person());
        exchange.get(address, cercle).hasStatus(200);

        Condition corrected = known.found().copy();
        corrected.getCode().setText("gastro-entérite").getCoding().clear();
        exchange.post(transaction(putting(corrected)), facility).hasStatus(200);
        await().atMost(PATIENCE)
                .untilAsserted(() -> exchange.get(address, cercle).isRefused(404, "ML-FHIR-004"));

        // An event of its own, which no other test's cases join.
        Known past = aKnownCase("");
        String[] agency = stating(
                FOR_PUBLIC_HEALTH, TestSystem.withRole(exchange, "agency").withAll());
        String person = "Patient/" + id(past.person());
        close(past, "29 days");
        exchange.get(person, agency).hasStatus(200);
        close(past, "31 days");
        exchange.get(person, agency).isRefused(404, "ML-FHIR-004");
    }

    private void close(Known known, String ago) {
        jdbc.sql("update keneya.alert set closed_at = now() - cast(:ago as interval) where id = cast(:id as uuid)")
                .param("ago", ago)
                .param("id", alertsOf(id(known.found())).get(0))
                .update();
    }

    private Known aKnownCase(String commune) {
        return aKnownCase(commune, asIs -> {});
    }

    private Known aKnownCase(String commune, Consumer<Known> change) {
        Patient person = aPerson(commune, "female", "1990", "");
        Encounter contact = new Encounter();
        contact.setId(UUID.randomUUID().toString());
        contact.setStatus(EncounterStatus.FINISHED);
        contact.setClass_(new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "AMB", null));
        contact.setSubject(new Reference("Patient/" + id(person)));
        contact.getPeriod().setStartElement(new DateTimeType("2026-11-20"));
        Condition found = aCase(person, "cholera", "suspected", "2026-11-20");
        found.setEncounter(new Reference("Encounter/" + id(contact)));
        Immunization dose = aDose(person);
        Known known = new Known(person, contact, found, dose);
        change.accept(known);
        raise(found, person, contact, dose);
        return known;
    }

    private static Immunization aDose(Patient person) {
        Immunization dose = new Immunization();
        dose.setId(UUID.randomUUID().toString());
        dose.setStatus(ImmunizationStatus.COMPLETED);
        dose.getVaccineCode()
                .addCoding()
                .setSystem("http://hl7.org/fhir/sid/cvx")
                .setCode("03");
        dose.setPatient(new Reference("Patient/" + id(person)));
        dose.setOccurrence(new DateTimeType("2025-01-10"));
        dose.setPrimarySource(true);
        dose.addProtocolApplied().setDoseNumber(new org.hl7.fhir.r4.model.PositiveIntType(1));
        return dose;
    }

    /** One case of cholera is enough; where there is an alert already, it joins. */
    private void raise(Condition found, Resource... others) {
        Bundle bundle = transaction(putting(found));
        Stream.of(others).forEach(other -> bundle.addEntry(putting(other)));
        exchange.post(bundle, facility).hasStatus(200);
        await().atMost(PATIENCE).until(() -> !alertsOf(id(found)).isEmpty());
    }

    private List<String> alertsOf(String condition) {
        return jdbc.sql("select alert::text from keneya.alert_evidence where condition_id = ?")
                .param(condition)
                .query(String.class)
                .list();
    }

    private String[] area(String code) {
        TestPerson person = TestPerson.ready(exchange, "area", Map.of("areas", List.of(code)));
        return TestApp.with(exchange, SCOPES).tokenOf(person, SCOPES);
    }

    private static String[] stating(String purpose, String[] token) {
        return Stream.concat(Stream.of(token), Stream.of("Keneya-Purpose", purpose))
                .toArray(String[]::new);
    }

    private static Patient personIn(Answer found) {
        return found.hasStatus(200).entries().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(Patient.class::isInstance)
                .map(Patient.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static String id(Resource record) {
        return record.getIdElement().getIdPart();
    }

    private static List<String> idsOf(Answer found) {
        return found.hasStatus(200).entries().stream()
                .map(entry -> entry.getResource().getIdElement().getIdPart())
                .toList();
    }

    private record Known(Patient person, Encounter contact, Condition found, Immunization dose) {

        List<Resource> all() {
            return List.of(person, contact, found, dose);
        }
    }
}
