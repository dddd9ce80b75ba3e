package ml.keneya.validation;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ml.keneya.fhir.Language;
import ml.keneya.fhir.Outcomes;
import ml.keneya.fhir.Refusal;
import ml.keneya.validation.plausibility.People;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The library's own messages, as it makes them up for records with a fault. */
class RecordValidationTest {

    private static final ValidationOnTheClassPath VALIDATION = ValidationOnTheClassPath.load();
    private static final FhirValidator VALIDATOR =
            VALIDATION.mali().context().newValidator().registerValidatorModule(VALIDATION.validator());

    private static final String PATIENT =
            "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"https://keneya.ml/id/amo\",\"value\":\"1\"}],%s}";
    private static final String OBSERVATION = """
            {"resourceType":"Observation","status":"final","code":{"text":"x"},"subject":{"display":"x"},
             "effectiveDateTime":"2026-11-10","valueString":"x",%s}""";

    static Stream<Arguments> faults() {
        return Stream.of(
                // The library names cardinalities without the ending of its templates for singular and plural.
                Arguments.of(
                        "{\"resourceType\":\"Observation\",\"code\":{\"text\":\"x\"}}",
                        "L'élément Observation.status est obligatoire : minimum 1, trouvé 0"),
                Arguments.of(
                        "{\"resourceType\":\"Encounter\",\"status\":\"finished\",\"class\":{\"code\":\"AMB\"}}",
                        "L'élément Encounter.subject est obligatoire : minimum 1, trouvé 0"),
                Arguments.of(PATIENT.formatted("\"gender\":\"femme\""), "n'est pas dans l'ensemble de valeurs"),
                Arguments.of(
                        PATIENT.formatted("\"sexe\":\"F\""),
                        "L'élément « sexe » n'existe pas à cet endroit dans FHIR R4"),
                Arguments.of(PATIENT.formatted("\"birthDate\":\"2026-02-30\""), "« 2026-02-30 »"),
                Arguments.of(
                        OBSERVATION.formatted("\"issued\":\"2026-11-10T10:00:00\""),
                        "L'instant « 2026-11-10T10:00:00 » n'est pas valide"),
                Arguments.of(OBSERVATION.formatted("\"note\":[{\"text\":\"\"}]"), "La valeur ne peut pas être vide"),
                Arguments.of(
                        OBSERVATION.formatted(
                                "\"category\":[{\"coding\":[{\"system\":\"https://example.org/s\",\"code\":\"x\"}]}]"),
                        "https://example.org/s"),
                Arguments.of(
                        "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Traoré\"}]}",
                        "Règle ml-pat-1 non respectée : Donnez un identifiant, ou bien le nom"),
                Arguments.of(
                        """
                        {"resourceType":"Condition","code":{"coding":[{"system":"https://keneya.ml/fhir/CodeSystem/ml-notifiable-disease","code":"rougeole"}]},
                         "subject":{"display":"x"},"recordedDate":"2026-11-10"}""",
                        "Le code « https://keneya.ml/fhir/CodeSystem/ml-notifiable-disease#rougeole » n'existe pas"),
                Arguments.of(
                        "{\"resourceType\":\"Patient\",\"meta\":{\"profile\":[\"https://example.org/p\"]},\"identifier\":[{\"value\":\"1\",\"system\":\"https://keneya.ml/id/amo\"}]}",
                        "Le profil « https://example.org/p » n'est pas connu ici"),
                Arguments.of(
                        OBSERVATION
                                .formatted("\"valueBoolean\":true")
                                .replace("\"valueString\":\"x\",", "\"component\":[{\"valueString\":\"x\"}],"),
                        "L'élément Observation.component.code est obligatoire"),
                Arguments.of(
                        OBSERVATION.formatted("\"hasMember\":[{\"reference\":\"#none\"}]"),
                        "La référence « #none » ne mène à rien"),
                Arguments.of(
                        OBSERVATION.formatted("\"referenceRange\":[{\"low\":{\"value\":1,\"code\":\"kg\"}}]"),
                        "Règle qty-3 non respectée : Donnez le système de l'unité"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void saysInFrenchWhatIsWrong(String resource, String expected) {
        assertThat(sayingOf(resource, Language.FRENCH))
                .anySatisfy(french -> assertThat(french).contains(expected))
                .noneSatisfy(french ->
                        assertThat(french).containsPattern("(?i)\\b(the|not|found|code must|value set|error)\\b"));
    }

    @Test
    void givesOurRulesInEnglishToWhoReadsEnglish() {
        assertThat(sayingOf("{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Traoré\"}]}", Language.ENGLISH))
                .anySatisfy(english -> assertThat(english)
                        .startsWith("Rule ml-pat-1 not met: Give an identifier, or else name, sex and birth date"))
                .noneSatisfy(english -> assertThat(english).contains("Donnez"));
    }

    @Test
    void leavesTheLibrarysSentenceToWhoReadsEnglish() {
        assertThat(sayingOf("{\"resourceType\":\"Observation\",\"code\":{\"text\":\"x\"}}", Language.ENGLISH))
                .anySatisfy(english -> assertThat(english).contains("minimum required = 1, but only found 0"));
    }

    @Test
    void tellsPlaceValueAllowedCodesRemedyAndPage() {
        Encounter encounter = new Encounter();
        encounter.setStatus(EncounterStatus.FINISHED);
        encounter
                .getClass_()
                .setSystem("http://terminology.hl7.org/CodeSystem/v3-ActCode")
                .setCode("AMB");
        encounter.getSubject().setReference("Patient/1");
        encounter.getPeriod().setStartElement(new DateTimeType("2026-11-10"));
        encounter.getPeriod().setEndElement(new DateTimeType("2026-11-09"));

        Refusal refusal = VALIDATION
                .records()
                .check(encounter, "Bundle.entry[3].resource", People.unknown())
                .refusals()
                .get(0);
        OperationOutcomeIssueComponent issue = Outcomes.issueOf(refusal, Language.FRENCH);

        assertThat(issue.getExpression()).hasToString("[Bundle.entry[3].resource.period]");
        assertThat(issue.getDetails().getCoding().get(0).getCode()).isEqualTo("ML-VALIDATION-001");
        assertThat(issue.getDetails().getCoding().get(1).getCode()).endsWith("#per-1");
        assertThat(issue.getDiagnostics())
                .contains("Le début de la période précède sa fin")
                .contains("Trouvé : « 2026-11-10 – 2026-11-09 ».")
                .contains("Voir /guide/fr/structuredefinition-ml-encounter.html");
    }

    @Test
    void listsTheCodesThatAreAllowedWhenTheyAreFew() {
        assertThat(VALIDATION
                        .judge(PATIENT.formatted("\"gender\":\"femme\""), null, Language.FRENCH)
                        .getIssue())
                .anySatisfy(issue ->
                        assertThat(issue.getDiagnostics()).contains("Codes permis : female, male, other, unknown."));
    }

    /** A fault of the software stands in every entry; it is told once, with the places. */
    @Test
    void tellsTheSameFaultOnce() {
        List<Verdict> verdicts = IntStream.range(0, 50)
                .mapToObj(index -> VALIDATION
                        .records()
                        .check(
                                new Encounter().setStatus(EncounterStatus.FINISHED),
                                "Bundle.entry[" + index + "].resource",
                                People.unknown()))
                .toList();

        List<Refusal> refusals = Verdict.of(verdicts).refusals();

        assertThat(refusals)
                .hasSizeLessThan(6)
                .extracting(refusal -> refusal.arguments().get(0))
                .doesNotHaveDuplicates();
        assertThat(refusals.get(0).expression())
                .hasSize(10)
                .contains("Bundle.entry[0].resource", "Bundle.entry[9].resource");
        assertThat(Outcomes.issueOf(refusals.get(0), Language.FRENCH).getDiagnostics())
                .contains("La même faute se trouve à d'autres endroits encore : 40.");
    }

    @Test
    void saysHowManyFindingsItDoesNotShow() {
        List<Finding> findings = IntStream.range(0, 25)
                .mapToObj(number -> new Finding(
                        ResultSeverityEnum.ERROR,
                        "n" + number,
                        Finding.Kind.RULE,
                        List.of("Patient"),
                        "x",
                        "",
                        "y",
                        ""))
                .toList();

        List<Refusal> refusals = new Verdict(findings, List.of()).refusals();

        assertThat(refusals).hasSize(21);
        assertThat(Outcomes.issueOf(refusals.get(20), Language.FRENCH).getDiagnostics())
                .startsWith("Autres constats, qui ne sont pas montrés : 5.");
    }

    private static List<String> sayingOf(String resource, Language language) {
        try (Language.Spoken spoken = language.spoken()) {
            return VALIDATOR.validateWithResult(resource).getMessages().stream()
                    .filter(message -> message.getSeverity() != ResultSeverityEnum.INFORMATION)
                    .map(message -> VALIDATION.messages().finished(language, message.getMessage()))
                    .toList();
        }
    }
}
