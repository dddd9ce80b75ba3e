package ml.keneya.validation;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.Upload;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.HealthcareService;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.Immunization.ImmunizationStatus;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A code that nobody knows is no reason to lose a child's vaccination: it is remarked on, and kept as it was sent. */
@KeneyaIntegrationTest
class UnknownCodesIT {

    private static final String VACCINE = "https://keneya.ml/fhir/CodeSystem/ml-vaccine";
    private static final String SERVICE_TYPE = "https://keneya.ml/fhir/CodeSystem/ml-service-type";
    private static final String DISEASE = "https://keneya.ml/fhir/CodeSystem/ml-notifiable-disease";
    private static final String VILLAGES = "https://keneya.ml/fhir/CodeSystem/ml-locality-2015";
    private static final String VILLAGE = "https://keneya.ml/fhir/StructureDefinition/ml-ext-village";
    private static final String SERVICE = "https://example.org/services";

    @Autowired
    Exchange exchange;

    @ParameterizedTest
    @ValueSource(strings = {"https://example.org/vaccines", "http://hl7.org/fhir/sid/cvx"})
    void keepsAnUnknownCodeUnderAnExtensibleBinding(String system) {
        Immunization dose = aDoseOf(new Coding(system, "XYZ-9", null));

        assertThat(warningsOf(dose)).anyMatch(issue -> placeOf(issue).contains("vaccineCode"));
        Immunization kept = kept(dose);
        assertThat(kept.getVaccineCode().getCodingFirstRep().getSystem()).isEqualTo(system);
        assertThat(kept.getVaccineCode().getCodingFirstRep().getCode()).isEqualTo("XYZ-9");
    }

    @Test
    void keepsAnUnknownCodeUnderAPreferredBinding() {
        HealthcareService service = new HealthcareService();
        service.setName("Service d’essai");
        service.addType().addCoding(new Coding(SERVICE, "XYZ-9", null));

        assertThat(remarksOn(service)).allMatch(issue -> issue.getSeverity() != IssueSeverity.ERROR);
        assertThat(kept(service).getTypeFirstRep().getCodingFirstRep().getCode())
                .isEqualTo("XYZ-9");
    }

    /** Records are not checked against systems that an operator has loaded; what they do not know is kept too. */
    @Test
    void keepsACodeThatALoadedSystemDoesNotKnow() {
        String system = unique("https://example.org/loaded");
        new Upload(exchange, system, "1", "a").whole("{\"concept\":\"known\"}\n");

        assertThat(kept(aDoseOf(new Coding(system, "unknown", null)))
                        .getVaccineCode()
                        .getCodingFirstRep()
                        .getCode())
                .isEqualTo("unknown");
    }

    /** The release knows the address of the villages and not the villages; the table of them is loaded beside it. */
    @Test
    void keepsAVillageWhetherOrNotTheTableOfVillagesIsLoaded() {
        assertThat(villageOf(kept(aChildOf("ML010101001")))).isEqualTo("ML010101001");

        new Upload(exchange, VILLAGES, "2015", "some-rows").whole("""
                {"concept":"ML010101001"}
                {"name":"Bambela","of":"ML010101001","key":"ML010101001|display","language":"fr","rank":0}
                {"property":"commune","of":"ML010101001","value":"ML010101"}
                """);

        assertThat(exchange.get("CodeSystem/$lookup?system=" + VILLAGES + "&code=ML010101001")
                        .hasStatus(200)
                        .body())
                .contains("Bambela", "ML010101\"");
        assertThat(villageOf(kept(aChildOf("ML010101001")))).isEqualTo("ML010101001");
    }

    private static Patient aChildOf(String village) {
        Patient child = aChild(unique("record"));
        child.addAddress()
                .setCity("Bambela")
                .addExtension(VILLAGE, new CodeableConcept(new Coding(VILLAGES, village, null)).setText("Bambela"));
        return child;
    }

    private static String villageOf(Patient child) {
        return ((CodeableConcept)
                        child.getAddressFirstRep().getExtensionByUrl(VILLAGE).getValue())
                .getCodingFirstRep()
                .getCode();
    }

    /** A site whose list is newer than the exchange's loses nothing, and is told so. */
    @Test
    void keepsACodeThatACompleteListOfMaliDoesNotHave() {
        Immunization dose = aDoseOf(new Coding(VACCINE, "XYZ-9", null));
        HealthcareService service = new HealthcareService();
        service.setName("Service d’essai");
        service.addType().addCoding(new Coding(SERVICE_TYPE, "XYZ-9", null));

        assertThat(warningsOf(dose)).anyMatch(issue -> issue.getDiagnostics().contains("ml-vaccine#XYZ-9"));
        assertThat(warningsOf(service)).anyMatch(issue -> issue.getDiagnostics().contains("ml-service-type#XYZ-9"));
        assertThat(kept(dose).getVaccineCode().getCodingFirstRep().getCode()).isEqualTo("XYZ-9");
        assertThat(kept(service).getTypeFirstRep().getCodingFirstRep().getCode())
                .isEqualTo("XYZ-9");
    }

    @Test
    void storesABundleWithSuchCodesAndReturnsTheWarnings() {
        Immunization dose = aDoseOf(new Coding(VACCINE, "XYZ-9", null));
        HealthcareService service = new HealthcareService();
        service.setName("Service d’essai");
        service.addType().addCoding(new Coding(SERVICE_TYPE, "XYZ-9", null));

        Answer answer = exchange.post(transaction(creating(dose), creating(service)), unique("cscom"))
                .hasStatus(200);

        List<BundleEntryComponent> entries = answer.entries();
        assertThat(entries)
                .extracting(entry -> entry.getResponse().getStatus())
                .containsExactly("201 Created", "201 Created");
        assertThat(((OperationOutcome) entries.get(0).getResponse().getOutcome()).getIssue())
                .anyMatch(issue -> issue.getSeverity() == IssueSeverity.WARNING
                        && issue.getDiagnostics().contains("ml-vaccine#XYZ-9"));
        assertThat(((OperationOutcome) entries.get(1).getResponse().getOutcome()).getIssue())
                .anyMatch(issue -> issue.getSeverity() == IssueSeverity.WARNING
                        && issue.getDiagnostics().contains("ml-service-type#XYZ-9"));
        assertThat(exchange.get(addressIn(entries.get(0)))
                        .as(Immunization.class)
                        .getVaccineCode()
                        .getCodingFirstRep()
                        .getCode())
                .isEqualTo("XYZ-9");
    }

    private static String addressIn(BundleEntryComponent entry) {
        return entry.getResponse().getLocation().replaceFirst("/_history/.*", "");
    }

    /** The counter-example: a disease is notifiable by the list, which is required, or it is not. */
    @Test
    void refusesABundleWithACodeThatARequiredListDoesNotHave() {
        Resource child = kept(aChild(unique("record")));
        Condition condition = new Condition();
        condition.setRecordedDateElement(new DateTimeType("2026-11-12"));
        condition.getSubject().setReference("Patient/" + child.getIdPart());
        condition.getCode().addCoding(new Coding(DISEASE, "XYZ-9", null));

        exchange.post(transaction(creating(condition)), unique("cscom")).isRefused(422, "ML-VALIDATION-001");
    }

    @Test
    void keepsInWordsWhatTheListDoesNotHaveYet() {
        Immunization dose = aDoseOf(new Coding("http://hl7.org/fhir/sid/cvx", "229", null));
        dose.getVaccineCode().setText("Vaccin arrivé après la liste");
        assertThat(kept(dose).getVaccineCode().getText()).isEqualTo("Vaccin arrivé après la liste");

        dose.getVaccineCode().getCoding().clear();
        assertThat(kept(dose).getVaccineCode().getText()).isEqualTo("Vaccin arrivé après la liste");
    }

    /** The counter-example: under a required binding there is no such mercy. */
    @Test
    void refusesAnUnknownCodeUnderARequiredBinding() {
        String refused = exchange.json(aDoseOf(new Coding(VACCINE, "BCG", null)))
                .replace("\"status\":\"completed\"", "\"status\":\"xyz\"");

        assertThat(exchange.post("Immunization", refused).status()).isEqualTo(422);
    }

    private Immunization aDoseOf(Coding vaccine) {
        Resource child = kept(aChild(unique("record")));
        Immunization dose = new Immunization();
        dose.setStatus(ImmunizationStatus.COMPLETED);
        dose.getVaccineCode().addCoding(vaccine);
        dose.getPatient().setReference("Patient/" + child.getIdPart());
        dose.setOccurrence(new DateTimeType("2026-11-12"));
        dose.setPrimarySourceElement(new BooleanType(true));
        return dose;
    }

    @SuppressWarnings("unchecked")
    private <T extends Resource> T kept(T record) {
        Answer created = exchange.create(record).hasStatus(201);
        String address = created.header("Location").orElseThrow().replaceFirst("/_history/.*", "");
        return (T) exchange.get(address).hasStatus(200).as(record.getClass());
    }

    private List<OperationOutcomeIssueComponent> warningsOf(Resource record) {
        List<OperationOutcomeIssueComponent> remarks = remarksOn(record);
        assertThat(remarks).noneMatch(issue -> issue.getSeverity() == IssueSeverity.ERROR);
        return remarks.stream()
                .filter(issue -> issue.getSeverity() == IssueSeverity.WARNING)
                .toList();
    }

    private List<OperationOutcomeIssueComponent> remarksOn(Resource record) {
        return exchange.post(record.fhirType() + "/$validate", exchange.json(record))
                .hasStatus(200)
                .as(OperationOutcome.class)
                .getIssue();
    }

    private static String placeOf(OperationOutcomeIssueComponent issue) {
        return String.join(
                " ", issue.getExpression().stream().map(Object::toString).toList());
    }
}
