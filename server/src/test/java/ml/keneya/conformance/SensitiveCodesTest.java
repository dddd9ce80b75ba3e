package ml.keneya.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.EpisodeOfCare;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.HealthcareService;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which labels the codes of a record ask for. */
class SensitiveCodesTest {

    private static final FhirContext CONTEXT = FhirContext.forR4Cached();
    private static final ConformancePackages PACKAGES = ConformancePackages.load(CONTEXT);
    private static final SensitiveCodes CODES = new SensitiveCodes(PACKAGES);

    private static final String ICD_10 = "http://hl7.org/fhir/sid/icd-10";
    private static final String APPLIES_WHEN = Canonicals.BASE + "/StructureDefinition/ml-ext-applies-when";
    private static final Path EXAMPLES = Path.of("../profiles/src/test/resources/warned");

    @ParameterizedTest
    @CsvSource({
        "B20, HIV",
        "B20.3, HIV",
        "B203, HIV",
        "o98.7, HIV",
        "F32.1, PSY",
        "F10.2, SUD",
        "A54, STD",
        "Z30.4, SEX",
        "O04.9, SEX",
        "T74.1, SDV",
        "X70.9, PSY"
    })
    void labelsADiagnosisByItsCategory(String code, String label) {
        assertThat(labels(diagnosis(ICD_10, code))).containsExactly(label);
    }

    /** What a foreign system, a national edition or the next edition sends, tells as much. */
    @ParameterizedTest
    @CsvSource({
        "http://hl7.org/fhir/sid/icd-10-cm, B20",
        "http://hl7.org/fhir/sid/icd-10/2019, B20.3",
        "http://id.who.int/icd/release/10/2019, B24",
        "urn:oid:2.16.840.1.113883.6.3, B24",
        "http://id.who.int/icd/release/11/mms, 1C62",
        "http://id.who.int/icd/release/11/mms, 1C62.3",
        "http://id.who.int/icd/release/11/2024-01/mms, 1c62.3Z",
        "http://id.who.int/icd/release/11/mms, 1B10.0/1C62.3",
        "http://hl7.org/fhir/sid/icd-11, 1C60.Z",
        "http://www.whocc.no/atc, J05AR10",
        "http://www.whocc.no/atc, J05AJ03",
        "http://www.whocc.no/atc, J05AG01",
        "http://www.whocc.no/atc, J05AE08",
        "http://www.whocc.no/atc, J05AF07",
        "http://www.whocc.no/atc/2026, J05AX12"
    })
    void knowsHivByOtherAddressesAndFinerCodes(String system, String code) {
        assertThat(labels(diagnosis(system, code))).containsExactly("HIV");
    }

    /** Entecavir treats hepatitis B alone; 6.30 is another list of HL7; 1B10 is tuberculosis. */
    @ParameterizedTest
    @CsvSource({
        "http://www.whocc.no/atc, J05AF10",
        "urn:oid:2.16.840.1.113883.6.30, B24",
        "http://id.who.int/icd/release/11/mms, 1B10.0",
        "http://hl7.org/fhir/sid/icd-100, B24"
    })
    void doesNotTakeANeighbourForHiv(String system, String code) {
        assertThat(labels(diagnosis(system, code))).isEmpty();
    }

    @Test
    void putsBothLabelsOnWhatIsTwoThings() {
        assertThat(labels(diagnosis(ICD_10, "F02.4"))).containsExactlyInAnyOrder("PSY", "HIV");
    }

    @ParameterizedTest
    @CsvSource({"B05.9", "O98.1", "Z91.1", "F17.2", "F", "B2"})
    void leavesOtherDiagnosesAlone(String code) {
        assertThat(labels(diagnosis(ICD_10, code))).isEmpty();
    }

    @Test
    void labelsWhatBearsOnlyALabelThatRestrictsNothing() {
        Condition hiv = diagnosis(ICD_10, "B20");
        hiv.getMeta().addSecurity().setSystem(ours("ml-sensitivity")).setCode("feedback");

        assertThat(CODES.lackingOn(hiv)).hasSize(1);
        hiv.getMeta().addSecurity().setSystem(ours("ml-sensitivity")).setCode("displacement");
        assertThat(CODES.lackingOn(hiv)).isEmpty();
    }

    @Test
    void doesNotMistakeTheSameCodeOfAnotherSystem() {
        assertThat(labels(diagnosis("urn:another", "B20"))).isEmpty();
        assertThat(labels(diagnosis(ours("ml-programme"), "hiv-and-more"))).isEmpty();
    }

    @Test
    void labelsWhatNamesAProgrammeATestAMedicineOrAContact() {
        EpisodeOfCare care = new EpisodeOfCare();
        care.addType(coded(ours("ml-programme"), "pmtct"));
        Encounter contact = new Encounter();
        contact.addType(coded(ours("ml-contact-type"), "family-planning"));
        Observation test = new Observation();
        test.setCode(coded("http://loinc.org", "68961-2"));
        MedicationRequest medicine = new MedicationRequest();
        medicine.setMedication(coded("http://www.whocc.no/atc", "G03AC08"));

        assertThat(labels(care)).containsExactly("HIV");
        assertThat(labels(contact)).containsExactly("SEX");
        assertThat(labels(test)).containsExactly("HIV");
        assertThat(labels(medicine)).containsExactly("SEX");
    }

    /** They stand in {@code pseudonymised.observation_component}. */
    @Test
    void labelsAnObservationByItsParts() {
        Observation panel = new Observation();
        panel.setCode(coded("http://loinc.org", "24331-1"));
        assertThat(labels(panel)).isEmpty();
        panel.addComponent().setCode(coded("http://loinc.org", "68961-2"));
        assertThat(labels(panel)).containsExactly("HIV");

        Observation finding = new Observation();
        finding.addComponent().setCode(coded("http://loinc.org", "29308-4")).setValue(coded(ICD_10, "F32.1"));
        assertThat(labels(finding)).containsExactly("PSY");
    }

    @Test
    void labelsNothingThatTellsOfNobody() {
        HealthcareService service = new HealthcareService();
        service.addProgram(coded(ours("ml-programme"), "hiv"));
        Flag alert = new Flag();
        alert.setCode(coded(ours("ml-notifiable-disease"), "hiv"));
        alert.getSubject().setReference("Location/kita");

        assertThat(labels(service)).isEmpty();
        assertThat(labels(alert)).isEmpty();
        alert.getSubject().setReference("Patient/awa");
        assertThat(labels(alert)).containsExactly("HIV");
    }

    @Test
    void believesTheReferenceBeforeItsType() {
        Condition hiv = diagnosis(ICD_10, "B20");
        hiv.getSubject().setType("Location").setReference("Patient/awa");
        assertThat(labels(hiv)).containsExactly("HIV");

        hiv.getSubject().setReference(null).getIdentifier().setValue("kita");
        assertThat(labels(hiv)).isEmpty();
    }

    /** Else the exchange would warn of a missing label and store the record without one. */
    @Test
    void labelsEveryRecordThatAProfileAsksALabelFor() {
        List<StructureDefinition> asking = PACKAGES.resources()
                .filter(StructureDefinition.class::isInstance)
                .map(StructureDefinition.class::cast)
                .filter(profile -> profile.getDifferential().getElement().stream()
                        .flatMap(element -> element.getConstraint().stream())
                        .anyMatch(rule -> Set.of("ml-sen-1", "ml-cpf-1").contains(rule.getKey())))
                .toList();

        assertThat(asking)
                .hasSizeGreaterThan(6)
                .allSatisfy(profile -> assertThat(profile.getExtensionsByUrl(APPLIES_WHEN))
                        .as(profile.getIdPart())
                        .isNotEmpty()
                        .allSatisfy(when ->
                                assertThat(CODES.labelsFor(selectedBy(when))).isNotEmpty()));
    }

    @Test
    void labelsTheExamplesThatLackALabel() throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLES)) {
            List<Path> unlabelled = files.filter(
                            file -> file.getFileName().toString().contains("--unlabelled"))
                    .toList();
            assertThat(unlabelled)
                    .hasSizeGreaterThan(3)
                    .allSatisfy(file -> assertThat(CODES.labelsFor(
                                    (Resource) CONTEXT.newJsonParser().parseResource(Files.readString(file))))
                            .isNotEmpty());
        }
    }

    /** Any record with the code of a selector: where in it the code stands does not matter here. */
    private static Resource selectedBy(Extension when) {
        Coding code = (Coding) when.getExtensionByUrl("coding").getValue();
        return diagnosis(code.getSystem(), code.getCode());
    }

    private static Condition diagnosis(String system, String code) {
        return new Condition().setCode(coded(system, code));
    }

    private static CodeableConcept coded(String system, String code) {
        return new CodeableConcept(new Coding().setSystem(system).setCode(code));
    }

    private static String ours(String id) {
        return Canonicals.BASE + "/CodeSystem/" + id;
    }

    private static Set<String> labels(Resource record) {
        return CODES.labelsFor(record).stream().map(Coding::getCode).collect(Collectors.toSet());
    }
}
