package ml.keneya.validation;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.aPlaceholder;
import static ml.keneya.test.Records.batch;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.CountsStatements;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.Immunization.ImmunizationStatus;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.annotation.Autowired;

/** What is well formed and hardly true is stored, and whoever sent it is told. */
@KeneyaIntegrationTest
@ResourceLock(CountsStatements.COUNTED)
class PlausibilityIT {

    /** The query by which the record is asked for people, and no other. */
    private static final String QUESTION = "$._birthDate.extension";

    @Autowired
    Exchange exchange;

    @Test
    void tellsInBothLanguagesWhatIsHardlyTrueOfAPersonInTheBundle() {
        Bundle visit = aDoseBeforeBirth();

        OperationOutcomeIssueComponent french = doubtOf(exchange.post(visit, unique("cscom")), 1);
        OperationOutcomeIssueComponent english =
                doubtOf(exchange.post("", exchange.json(aDoseBeforeBirth()), "Accept-Language", "en"), 1);

        assertThat(french.getSeverity()).isEqualTo(IssueSeverity.WARNING);
        assertThat(french.getExpression()).hasToString("[Bundle.entry[1].resource.occurrence.ofType(dateTime)]");
        assertThat(french.getDetails().getCoding())
                .anyMatch(coding -> "keneya.plausibility.vaccine-before-birth".equals(coding.getCode()));
        assertThat(french.getDiagnostics())
                .contains("avant la naissance", "Trouvé : « 2025-01-15 »", "à partir du 2025-06-01")
                .contains("Ceci n'empêche pas l'enregistrement", "/guide/fr/structuredefinition-ml-immunization.html");
        assertThat(english.getDiagnostics())
                .contains("before the birth", "Found: \"2025-01-15\"", "2025-06-01 or later");
    }

    @Test
    void saysTheSameWhenAskedToValidateOnly() {
        Bundle visit = aDoseBeforeBirth();

        OperationOutcome verdict =
                exchange.post("Bundle/$validate", exchange.json(visit)).as(OperationOutcome.class);

        assertThat(verdict.getIssue())
                .anyMatch(issue -> issue.getDiagnostics().contains("avant la naissance")
                        && issue.getExpression().get(0).getValue().startsWith("Bundle.entry[1].resource.occurrence"));
    }

    @Test
    void knowsThePeopleWhomASiteTreatsAndNamesAndNobodyElse() {
        String[] site = TestSystem.ofSite(exchange, unique("cscom")).withAll();
        String[] other = TestSystem.ofSite(exchange, unique("cscom")).withAll();
        String child = idOf(exchange.create(aChild(unique("record")), site));
        String weight = exchange.json(weightOf("Patient/" + child, "90"));

        assertThat(verdict(weight, site)).anyMatch(words -> words.contains("à cet âge"));
        assertThat(verdict(weight, other)).noneMatch(words -> words.contains("à cet âge"));
    }

    @Test
    void asksForThePeopleOfABundleOnce() {
        String facility = unique("cscom");
        String first = idOf(exchange.create(aChild(unique("record")), "Keneya-Facility", facility));
        String second = idOf(exchange.create(aChild(unique("record")), "Keneya-Facility", facility));
        Bundle visits = transaction(
                creating(weightOf("Patient/" + first, "90")),
                creating(weightOf("Patient/" + second, "91")),
                creating(weightOf("Patient/" + first, "92")));

        assertThat(questionsDuring(() -> {
                    Answer answer = exchange.post(visits, facility);
                    assertThat(List.of(0, 1, 2))
                            .allSatisfy(
                                    index -> assertThat(doubtOf(answer, index).getDiagnostics())
                                            .contains("à cet âge"));
                }))
                .isEqualTo(1);
    }

    @Test
    void asksForNobodyWhomTheBundleCarriesNotEvenWhenItIsStoredEntryByEntry() {
        Bundle carried = aDoseBeforeBirth();
        Bundle entryByEntry = batch(carried.getEntry().toArray(Bundle.BundleEntryComponent[]::new));

        assertThat(questionsDuring(() -> doubtOf(exchange.post(entryByEntry, unique("cscom")), 1)))
                .isZero();
        assertThat(questionsDuring(() -> doubtOf(exchange.post(aDoseBeforeBirth(), unique("cscom")), 1)))
                .isZero();
    }

    @Test
    void asksForNobodyWhenNoRuleDependsOnThePerson() {
        String child = idOf(exchange.create(aChild(unique("record"))));
        Immunization dose = dose("Patient/" + child);
        dose.setStatus(ImmunizationStatus.NOTDONE);

        assertThat(questionsDuring(() -> exchange.post(transaction(creating(dose)), unique("cscom"))
                        .hasStatus(200)))
                .isZero();
    }

    private static Bundle aDoseBeforeBirth() {
        String placeholder = aPlaceholder();
        return transaction(creating(placeholder, aChild(unique("record"))), creating(dose(placeholder)));
    }

    /** Her first of BCG, months before {@code aChild} was born. */
    private static Immunization dose(String patient) {
        Immunization dose = new Immunization();
        dose.setStatus(ImmunizationStatus.COMPLETED);
        dose.getVaccineCode()
                .addCoding()
                .setSystem("https://keneya.ml/fhir/CodeSystem/ml-vaccine")
                .setCode("BCG");
        dose.getPatient().setReference(patient);
        dose.setOccurrence(new DateTimeType("2025-01-15"));
        dose.setPrimarySource(false);
        dose.addProtocolApplied().setDoseNumber(new PositiveIntType(1));
        return dose;
    }

    private static OperationOutcomeIssueComponent doubtOf(Answer answer, int entry) {
        OperationOutcome outcome = (OperationOutcome)
                answer.hasStatus(200).entries().get(entry).getResponse().getOutcome();
        return outcome.getIssue().stream()
                .filter(issue -> issue.getDetails().getCoding().stream()
                        .anyMatch(coding -> coding.getCode().startsWith(TellsDoubts.PREFIX)))
                .findFirst()
                .orElseThrow();
    }

    private List<String> verdict(String record, String[] caller) {
        return exchange
                .post("Observation/$validate", record, caller)
                .hasStatus(200)
                .as(OperationOutcome.class)
                .getIssue()
                .stream()
                .flatMap(issue -> Stream.ofNullable(issue.getDiagnostics()))
                .toList();
    }

    private static long questionsDuring(Runnable requests) {
        return CountsStatements.during(requests).stream()
                .filter(sql -> sql.contains(QUESTION))
                .count();
    }

    private static String idOf(Answer created) {
        return created.hasStatus(201).as(Patient.class).getIdElement().getIdPart();
    }
}
