package ml.keneya.security.access;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.reading;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a site is told of what others recorded: the summary of whom it treats, for a purpose, unless she objects. */
@KeneyaIntegrationTest
class SummariesIT extends TwoSites {

    /** As the tests set it. */
    private static final int EMERGENCIES_PER_DAY = 4;

    @Autowired
    JdbcClient jdbc;

    private final String nina = unique("nina");
    private final String lot = unique("lot");
    private String[] them;
    private TestSystem site;
    private String shared;
    private String doseThere;

    @BeforeEach
    void aPersonKnownThere() {
        them = TestSystem.ofSite(exchange, there).withAll();
        site = TestSystem.ofSite(exchange, here);
        shared = created(withNina(nina), them);
        doseThere = created(aDose(shared, "03", lot), them);
        AllergyIntolerance allergy = new AllergyIntolerance().setPatient(new Reference(shared));
        allergy.getCode().setText("Pénicilline");
        allergy.getClinicalStatus()
                .addCoding(new Coding(
                        "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", "active", null));
        allergy.addNote().setText("vu avec " + there);
        created(allergy, them);
        MedicationRequest medicine = new MedicationRequest()
                .setStatus(MedicationRequestStatus.ACTIVE)
                .setIntent(MedicationRequestIntent.ORDER)
                .setSubject(new Reference(shared))
                .setMedication(new CodeableConcept()
                        .addCoding(new Coding("http://www.whocc.no/atc", "P01BF01", null))
                        .setText("Artéméther-luméfantrine"));
        medicine.addDosageInstruction().setText("1 comprimé matin et soir");
        created(medicine, them);
        created(diagnosis(shared, "B54"), them);
        created(diagnosis(shared, "B20.3"), them);
    }

    @Test
    @DisplayName("Whoever treats a person and says so gets what others recorded, and not who or what is labelled")
    void tellsWhoTreatsThePersonWhatOthersRecorded() {
        assertThat(created(withNina(nina), site.withAll())).isEqualTo(shared);
        created(aDose(shared, "19", unique("lot")), site.withAll());

        for (String way : List.of(shared + "/$summary", byNina(nina))) {
            for (String purpose : List.of("TREAT", "ETREAT", "BTG")) {
                Answer answer = exchange.get(way, asking(purpose)).hasStatus(200);

                Bundle summary = answer.bundle();
                assertThat(summary.getType()).isEqualTo(Bundle.BundleType.DOCUMENT);
                assertThat(summary.getMeta().getSecurity()).isEmpty();
                assertThat(titles(answer))
                        .containsExactly(
                                "Allergies et intolérances",
                                "Traitements en cours",
                                "Problèmes de santé",
                                "Vaccinations");
                assertThat(answer.body())
                        .contains("Pénicilline", "P01BF01", "1 comprimé matin et soir", "\"B54\"", "\"03\"", "\"19\"")
                        .contains(lot)
                        .doesNotContain(there, "B20.3", doseThere.replace("Immunization/", ""), nina);
            }
        }
        assertThat(titles(exchange.get(shared + "/$summary", with(asking("TREAT"), "Accept-Language", "en"))))
                .contains("Allergies and intolerances");
        assertThat(decisions(site)).containsOnly("role-and-scope");
        assertThat(jdbc.sql("""
                        select distinct patients[1] from keneya.trace
                        where client = :client and interaction = '$summary'
                        """).param("client", site.id()).query(String.class).list())
                .containsExactly(shared.replace("Patient/", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PUBHLTH", "HRESCH"})
    @DisplayName("Without a purpose of care nothing is told")
    void asksWhatItIsFor(String purpose) {
        created(withNina(nina), site.withAll());

        exchange.get(shared + "/$summary", asking(purpose)).isRefused(403, "ML-FHIR-092");
        exchange.get(byNina(nina), asking(purpose)).isRefused(403, "ML-FHIR-092");
    }

    @Test
    @DisplayName("Whom a site does not treat is as unknown to it as nobody, whatever it says it is for")
    void tellsNothingOfWhomTheSiteDoesNotTreat() {
        String nobody = unique("nina");
        for (String purpose : List.of("TREAT", "ETREAT")) {
            isAlike(
                    exchange.get(byNina(nina), asking(purpose)),
                    exchange.get(byNina(nobody), asking(purpose)),
                    nina,
                    nobody);
            exchange.get(byNina(nina), asking(purpose)).isRefused(404, "ML-FHIR-091");
        }
        for (String purpose : List.of("TREAT", "BTG")) {
            String unknown = "Patient/" + UUID.randomUUID();
            isAlike(
                    exchange.get(shared + "/$summary", asking(purpose)),
                    exchange.get(unknown + "/$summary", asking(purpose)),
                    shared,
                    unknown);
        }
        exchange.get(
                        "Patient/$summary?identifier=https://keneya.ml/id/site/test/record%7C" + recordThere,
                        asking("BTG"))
                .isRefused(404, "ML-FHIR-091");
        exchange.get("Patient/$summary", asking("BTG")).isRefused(400, "ML-FHIR-041");
        exchange.get("Patient/$summary?identifier=12", asking("BTG")).isRefused(400, "ML-FHIR-040");
        assertThat(emergencies()).isZero();
    }

    @Test
    @DisplayName("In an emergency a site reads of whom it does not treat; that is flagged, and the auditor finds it")
    void breaksTheGlassInAnEmergency() {
        Answer answer = exchange.get(byNina(nina), asking("BTG")).hasStatus(200);

        assertThat(answer.body()).contains("Pénicilline", lot).doesNotContain(there, "B20.3", nina, recordThere);
        assertThat(decisions(site)).containsExactly("break-glass");
        assertThat(jdbc.sql("""
                        select patient_id from keneya.emergency_access
                        where facility = :facility and client = :client
                        """)
                        .param("facility", here)
                        .param("client", site.id())
                        .query(String.class)
                        .list())
                .containsExactly(shared.replace("Patient/", ""));
        // It does not treat her from then on.
        exchange.get(shared, asking("BTG")).isRefused(404, "ML-FHIR-004");
        exchange.get(doseThere, asking("BTG")).isRefused(404, "ML-FHIR-004");

        String[] auditor = TestSystem.withRole(exchange, "auditor").withAll();
        List<AuditEvent> found = events("purpose=BTG&entity=" + shared, auditor);
        assertThat(found)
                .filteredOn(event -> exchange.json(event).contains("break-glass"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getPurposeOfEventFirstRep()
                                    .getCodingFirstRep()
                                    .getCode())
                            .isEqualTo("BTG");
                    assertThat(event.getAgentFirstRep().getWho().getIdentifier().getValue())
                            .isEqualTo(site.id());
                    assertThat(exchange.json(event)).contains(shared);
                });
        assertThat(events("purpose=TREAT&entity=" + shared, auditor)).isEmpty();
        exchange.get("AuditEvent?purpose=b", auditor).isRefused(400, "ML-FHIR-040");
    }

    @Test
    @DisplayName("A site breaks the glass so many times a day and no more; numbers that nobody has count")
    void limitsEmergencies() {
        for (int number = 1; number < EMERGENCIES_PER_DAY; number++) {
            exchange.get(byNina(unique("nina")), asking("BTG")).isRefused(404, "ML-FHIR-091");
        }
        exchange.get(byNina(nina), asking("BTG")).hasStatus(200);

        Answer refused = exchange.get(byNina(nina), asking("BTG"));

        refused.isRefused(429, "ML-LIMITS-014");
        assertThat(refused.header("Retry-After")).contains("3600");
        // Whom it treats it goes on reading of.
        created(withNina(nina), site.withAll());
        exchange.get(byNina(nina), asking("TREAT")).hasStatus(200);
    }

    @Test
    @DisplayName("Whose own record is labelled is nobody to those who do not treat her, in an emergency too")
    void keepsLabelledPeopleFromEmergencies() {
        String hidden = unique("nina");
        Patient person = withNina(hidden);
        person.getMeta().addSecurity(new Coding("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "R", null));
        created(person, them);

        exchange.get(byNina(hidden), asking("BTG")).isRefused(404, "ML-FHIR-091");
    }

    @Test
    @DisplayName("An emergency goes before an objection, and is flagged as one")
    void breaksTheGlassOfAnObjection() {
        created(withNina(nina), site.withAll());
        created(ObjectionsIT.word(shared, ConsentProvisionType.DENY, "sharing", "2026-11-10"), them);
        assertThat(exchange.get(shared + "/$summary", asking("ETREAT"))
                        .hasStatus(200)
                        .body())
                .contains("REDACTED")
                .doesNotContain("Pénicilline");

        Answer answer = exchange.get(shared + "/$summary", asking("BTG")).hasStatus(200);

        assertThat(answer.body()).contains("Pénicilline", lot).doesNotContain("REDACTED", there);
        assertThat(decisions(site)).containsExactly("role-and-scope", "break-glass");
        assertThat(emergencies()).isEqualTo(1);
    }

    @Test
    @DisplayName("A summary is a request of its own, of a site that may read")
    void standsAlone() {
        created(withNina(nina), site.withAll());

        exchange.post("", exchange.json(transaction(reading(shared + "/$summary"))), asking("TREAT"))
                .isRefused(403, "ML-FHIR-105")
                .namesElement("Bundle.entry[0].request");
        exchange.get(shared + "/$summary", with(site.with("system/Patient.rs"), "Keneya-Purpose", "TREAT"))
                .isRefused(403, "ML-FHIR-101");
        for (String role : List.of("agency", "auditor", "administrator", "expert-hub", "social")) {
            exchange.get(byNina(nina), with(TestSystem.withRole(exchange, role).withAll(), "Keneya-Purpose", "BTG"))
                    .isRefused(403, "ML-FHIR-100");
        }
    }

    private String[] asking(String purpose) {
        return purpose.isEmpty() ? site.withAll() : with(site.withAll(), "Keneya-Purpose", purpose);
    }

    private static String byNina(String number) {
        return "Patient/$summary?identifier=" + NINA + "%7C" + number;
    }

    private List<String> decisions(TestSystem system) {
        return jdbc.sql("""
                        select decision from keneya.trace where client = :client and interaction = '$summary'
                        order by chain, position
                        """).param("client", system.id()).query(String.class).list();
    }

    private int emergencies() {
        return jdbc.sql("select count(*) from keneya.emergency_access where facility = :facility")
                .param("facility", here)
                .query(Integer.class)
                .single();
    }

    private List<AuditEvent> events(String search, String[] auditor) {
        return exchange.get("AuditEvent?" + search, auditor).hasStatus(200).entries().stream()
                .map(entry -> (AuditEvent) entry.getResource())
                .toList();
    }

    private static List<String> titles(Answer answer) {
        return Stream.of(answer.hasStatus(200).entries().get(0).getResource())
                .map(Composition.class::cast)
                .flatMap(composition -> composition.getSection().stream())
                .map(Composition.SectionComponent::getTitle)
                .toList();
    }

    private static Condition diagnosis(String person, String code) {
        Condition diagnosis = new Condition().setSubject(new Reference(person));
        diagnosis
                .getCode()
                .addCoding()
                .setSystem("http://hl7.org/fhir/sid/icd-10")
                .setCode(code);
        diagnosis.setOnset(new DateTimeType("2026-11-10"));
        return diagnosis;
    }
}
