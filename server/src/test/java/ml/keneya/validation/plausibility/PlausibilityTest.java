package ml.keneya.validation.plausibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ca.uhn.fhir.context.FhirContext;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ml.keneya.conformance.MaliOnTheClassPath;
import ml.keneya.fhir.Caller;
import ml.keneya.test.Records;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlausibilityTest {

    private static final MaliOnTheClassPath MALI = MaliOnTheClassPath.load();
    private static final String DOSE = """
            {"resourceType":"Immunization","status":"completed","patient":{"reference":"urn:uuid:1"},
             "vaccineCode":{"coding":[{"system":"https://keneya.ml/fhir/CodeSystem/ml-vaccine","code":"PENTA"}]},
             "occurrenceDateTime":"%s","protocolApplied":[{"doseNumberPositiveInt":%d}]%s}
            """;
    private static final String CAMPAIGN = """
            ,"extension":[{"url":"https://keneya.ml/fhir/StructureDefinition/ml-ext-vaccination-strategy",
              "valueCodeableConcept":{"coding":[{"code":"campaign"}]}}]
            """;

    private final List<Set<String>> asked = new ArrayList<>();
    private final Plausibility plausibility = Plausibility.asDelivered(MALI.packages(), this::answer);

    @ParameterizedTest
    @CsvSource({
        "2025-05-31, 2025-06-01, true",
        "2025-05-31T23:00:00Z, 2025-06-01, true",
        "2025-06-01, 2025-06-01, false",
        // The day is not known: it may have been after the birth.
        "2025-06, 2025-06-30, false",
        "2025, 2025-06-30, false",
        "2024, 2025-06-30, true",
        "2025-05-31, 2025, false",
        "2024-12-31, 2025, true",
        "2025-05-31, '', false"
    })
    void doubtsADoseBeforeTheBirthWhateverDayIsMeant(String given, String born, boolean doubted) {
        assertThat(rules(read(DOSE.formatted(given, 1, "")), "female", born).contains("vaccine-before-birth"))
                .isEqualTo(doubted);
    }

    @Test
    void infersNothingFromABirthDateThatIsAnEstimate() {
        assertThat(Person.of("male", "1980-01-01", "estimated").birth()).isEmpty();
        assertThat(Person.of("male", "1980-01-01", "year").birth()).isEqualTo(Days.of("1980"));
        assertThat(Person.of("male", "1980-03-01", "month").birth()).isEqualTo(Days.of("1980-03"));
        assertThat(Person.of("male", "1980-13-01", null).birth()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"3, false, false", "4, false, true", "4, true, false"})
    void doubtsADoseNumberBeyondTheScheduleUnlessACampaignGaveIt(int number, boolean campaign, boolean doubted) {
        Resource dose = read(DOSE.formatted("2025-09-01", number, campaign ? CAMPAIGN : ""));

        List<Doubt> doubts = doubts(dose, "female", "2025-06-01");

        assertThat(doubts).hasSize(doubted ? 1 : 0).allSatisfy(doubt -> {
            assertThat(doubt.rule()).isEqualTo("dose-beyond-schedule");
            assertThat(doubt.place()).isEqualTo("Immunization.protocolApplied[0].doseNumber.ofType(positiveInt)");
            assertThat(doubt.found()).isEqualTo("4");
            assertThat(doubt.facts()).containsExactly("PENTA", 3);
        });
    }

    @Test
    void doesNotDoubtWhatWasNotGiven() {
        String notGiven = DOSE.formatted("2025-05-01", 9, "").replace("completed", "not-done");

        assertThat(rules(read(notGiven), "female", "2025-06-01")).isEmpty();
    }

    /** Measured on 2026-11-10. */
    @ParameterizedTest
    @CsvSource({
        "29463-7, 7, kg, female, 2026-05-01, false",
        "29463-7, 40, kg, female, 2026-05-01, true",
        "29463-7, 7000, g, female, 2026-05-01, false",
        "29463-7, 7, g, female, 2026-05-01, true",
        "29463-7, 2.8, kg, female, 2024-06-01, true",
        // The sex or the age is not known: the widest of what may be.
        "29463-7, 3.2, kg, male, 2026-05-01, true",
        "29463-7, 3.2, kg, unknown, 2026-05-01, false",
        "29463-7, 40, kg, female, 2026, true",
        "29463-7, 3.2, kg, female, 2026, false",
        "29463-7, 80, kg, female, 1990, false",
        "29463-7, 7, kg, female, '', false",
        "29463-7, 40, [lb_av], female, 2026-05-01, false",
        "8302-2, 65, cm, female, 2026-05-01, false",
        "8302-2, 1.6, m, female, 2026-05-01, true",
        "56072-2, 13.5, cm, female, 2025-06-01, false",
        "56072-2, 13.5, mm, female, 2025-06-01, true",
        "8310-5, 7, Cel, female, 2026-05-01, false"
    })
    void doubtsAMeasureThatNobodyOfThatAgeHas(
            String code, String value, String unit, String sex, String born, boolean doubted) {
        Observation measure = Records.weightOf("urn:uuid:1", value);
        measure.getCode().getCodingFirstRep().setCode(code);
        measure.setValue(new Quantity().setValue(new BigDecimal(value)).setCode(unit));

        assertThat(rules(measure, sex, born)).hasSize(doubted ? 1 : 0).allMatch("measure-for-age"::equals);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`\"resourceType\":\"Encounter\",\"status\":\"finished\",\"type\":[{\"coding\":[{\"system\":"
                        + "\"https://keneya.ml/fhir/CodeSystem/ml-contact-type\",\"code\":\"antenatal\"}]}]`|true",
                "`\"resourceType\":\"Encounter\",\"status\":\"finished\",\"type\":[{\"coding\":[{\"system\":"
                        + "\"https://keneya.ml/fhir/CodeSystem/ml-contact-type\",\"code\":\"postnatal\"}]}]`|false",
                "`\"resourceType\":\"Encounter\",\"status\":\"cancelled\",\"type\":[{\"coding\":[{\"system\":"
                        + "\"https://keneya.ml/fhir/CodeSystem/ml-contact-type\",\"code\":\"antenatal\"}]}]`|false",
                "`\"resourceType\":\"Condition\",\"code\":{\"coding\":[{\"system\":"
                        + "\"http://hl7.org/fhir/sid/icd-10\",\"code\":\"O14.1\"}]}`|true",
                "`\"resourceType\":\"Condition\",\"code\":{\"coding\":[{\"system\":"
                        + "\"http://hl7.org/fhir/sid/icd-10\",\"code\":\"P07.3\"}]}`|false",
                "`\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"coding\":[{\"system\":"
                        + "\"http://loinc.org\",\"code\":\"82810-3\"}]},\"valueBoolean\":true`|true",
                "`\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"coding\":[{\"system\":"
                        + "\"http://loinc.org\",\"code\":\"82810-3\"}]},\"valueBoolean\":false`|false",
                "`\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"coding\":[{\"system\":"
                        + "\"http://loinc.org\",\"code\":\"18185-9\"}]},\"valueQuantity\":{\"value\":38}`|false"
            })
    void doubtsThePregnancyOfAManAndNothingThatMayBeOfANewbornBoy(String content, boolean doubted) {
        String json = "{" + content + ",\"subject\":{\"reference\":\"urn:uuid:1\"}}";

        assertThat(rules(read(json), "male", "1990")).hasSize(doubted ? 1 : 0);
        assertThat(rules(read(json), "female", "1990")).isEmpty();
        assertThat(rules(read(json), "", "1990")).isEmpty();
    }

    /** In FHIR a value may be there and say only why it is not given; and an entry may be of any form. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"resourceType\":\"Condition\",\"code\":{\"coding\":[{\"system\":\"http://hl7.org/fhir/sid/icd-10\",#code]}",
                "\"resourceType\":\"Observation\",\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":"
                        + "\"29463-7\"}]},\"effectiveDateTime\":\"2026\",\"valueQuantity\":{\"code\":\"kg\",#value",
                "\"resourceType\":\"Observation\",\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":"
                        + "\"29463-7\"}]},\"valueQuantity\":{\"code\":\"kg\",\"value\":7},\"effectivePeriod\":{#start",
                "\"resourceType\":\"Immunization\",\"status\":\"completed\",\"occurrenceDateTime\":\"2025\","
                        + "\"patient\":{#reference",
                "\"resourceType\":\"Patient\",\"x\":{#gender"
            })
    void doubtsNothingThatIsWithheld(String cut) {
        String json =
                "{" + cut.replaceAll("#(\\w+)", "\"_$1\":{\"extension\":[{\"url\":\"https://example.org\"}]}}") + "}";
        Patient person = new Patient();
        person.getGenderElement().addExtension().setUrl("https://example.org");
        person.getBirthDateElement().addExtension().setUrl(Person.PRECISION).setValue(new CodeType());
        Resource resource = read(json);
        Bundle delivery = Records.transaction(Records.creating("urn:uuid:1", person), Records.creating(resource));
        delivery.addEntry().getRequest().setMethod(Bundle.HTTPVerb.PUT);
        delivery.addEntry().setResource(person).getRequest().setMethod(Bundle.HTTPVerb.PUT);

        assertThat(plausibility.doubts(resource, plausibility.peopleOf(delivery, Caller.local())))
                .isEmpty();
    }

    @Test
    void refusesWarnsOrIsSilentAsTheTableSays() {
        Resource dose = read(DOSE.formatted("2025-09-01", 9, ""));

        assertThat(withSeverity("error").doubts(dose, People.unknown())).allMatch(Doubt::refuses);
        assertThat(withSeverity("warning").doubts(dose, People.unknown())).noneMatch(Doubt::refuses);
        assertThat(withSeverity("off").doubts(dose, People.unknown())).isEmpty();
        assertThatIllegalStateException().isThrownBy(() -> withSeverity("fatal"));
        assertThatIllegalStateException()
                .isThrownBy(() -> new Plausibility(MALI.packages(), this::answer, List.of()))
                .withMessageContaining("vaccine-before-birth");
    }

    @Test
    void asksTheRecordOnceForAllOfADeliveryAndOnlyWhenADoubtDependsOnIt() {
        Bundle delivery = Records.transaction(
                Records.creating(Records.weightOf("Patient/ami", "7")),
                Records.creating(Records.weightOf("Patient/bakary", "7")),
                Records.creating("urn:uuid:1", Records.aChild("1")),
                Records.creating(Records.weightOf("urn:uuid:1", "7")));
        People people = plausibility.peopleOf(delivery, Caller.local());

        plausibility.doubts(delivery.getEntry().get(3).getResource(), people);
        assertThat(asked).isEmpty();
        plausibility.doubts(delivery.getEntry().get(0).getResource(), people);
        plausibility.doubts(delivery.getEntry().get(1).getResource(), people);
        assertThat(asked).containsExactly(Set.of("ami", "bakary"));
    }

    @Test
    void statesForEveryFigureWhereItComesFrom() {
        for (String table : List.of("rules", "ranges", "pregnancy")) {
            assertThat(Tables.read(table)).isNotEmpty().allSatisfy(row -> {
                assertThat(row.get("source")).as(row.toString()).isNotBlank();
                assertThat(row.get("certain")).as(row.toString()).isIn("yes", "no");
            });
        }
    }

    @Test
    void knowsARangeForEveryAge() {
        for (String measure : List.of("weight", "height", "arm")) {
            for (String sex : List.of("male", "female")) {
                long until = 0;
                for (Map<String, String> row : Tables.read("ranges")) {
                    if (measure.equals(row.get("measure")) && Set.of(sex, "any").contains(row.get("sex"))) {
                        assertThat(Long.parseLong(Tables.cell(row, "from-months")))
                                .isEqualTo(until);
                        assertThat(new BigDecimal(Tables.cell(row, "lowest")))
                                .isLessThan(new BigDecimal(Tables.cell(row, "highest")));
                        until = Long.parseLong(Tables.cell(row, "to-months"));
                    }
                }
                assertThat(until).as(measure + " " + sex).isEqualTo(1800);
            }
        }
    }

    private Plausibility withSeverity(String severity) {
        return new Plausibility(
                MALI.packages(),
                this::answer,
                Tables.read("rules").stream()
                        .map(row -> Map.of("rule", Tables.cell(row, "rule"), "severity", severity))
                        .toList());
    }

    private Map<String, Person> answer(Set<String> ids, Caller caller) {
        asked.add(ids);
        return Map.of();
    }

    private List<String> rules(Resource resource, String sex, String born) {
        return doubts(resource, sex, born).stream().map(Doubt::rule).toList();
    }

    /** The record with its person in one delivery. */
    private List<Doubt> doubts(Resource resource, String sex, String born) {
        Patient person = (Patient) read("{\"resourceType\":\"Patient\""
                + (sex.isEmpty() ? "" : ",\"gender\":\"" + sex + "\"")
                + (born.isEmpty() ? "" : ",\"birthDate\":\"" + born + "\"") + "}");
        Bundle delivery =
                Records.transaction(Records.creating("urn:uuid:1", person), Records.creating("urn:uuid:2", resource));
        return plausibility.doubts(resource, plausibility.peopleOf(delivery, Caller.local()));
    }

    private static Resource read(String json) {
        return (Resource) FhirContext.forR4Cached().newJsonParser().parseResource(json);
    }
}
