package ml.keneya.surveillance;

import static ml.keneya.surveillance.Cases.aCase;
import static ml.keneya.surveillance.Cases.aPerson;
import static ml.keneya.surveillance.Cases.aReportOfNothing;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Measure;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@KeneyaIntegrationTest
class ReportsIT {

    private static final String WEEK = "2005-W10";
    private static final String MONDAY = "2005-03-07";
    private static final String SUNDAY = "2005-03-13";

    @Autowired
    Exchange exchange;

    private final String facility = unique("site");
    private final String here = "subject=health%7C" + facility + "&week=" + WEEK;

    @BeforeEach
    void deliversSomething() {
        exchange.post(transaction(putting(aPerson("", "male", "", ""))), facility)
                .hasStatus(200);
    }

    @Test
    void tellsAZeroThatWasReportedFromSilence() {
        String before = weekly("csv").body();
        exchange.post(transaction(creating(aReportOfNothing(MONDAY, SUNDAY, "2005-03-15"))), facility)
                .hasStatus(200);
        String after = weekly("csv").body();

        assertThat(before).contains("cholera,silent,,,,,,,0,0,0").doesNotContain("zero", "counted");
        // It came of a site that is not registered and owed none.
        assertThat(after).containsPattern("cholera,zero,,,,0,0,0,0,0,0,\\d+,1").doesNotContain("silent", "counted");
        // Dated in time, and come twenty years later.
        assertThat(count(evaluate("ml-idsr-completeness"), "ml-idsr-weekly", "received-reports"))
                .isEqualTo(1);
        assertThat(count(evaluate("ml-idsr-completeness"), "ml-idsr-weekly", "timely-reports"))
                .isZero();
    }

    @Test
    void leavesACountOutOfTheMeasureReportWhenNobodyReported() {
        MeasureReport report = evaluate("ml-idsr-weekly");

        assertThat(report.getGroup())
                .isNotEmpty()
                .allSatisfy(group -> assertThat(group.getPopulation()).allSatisfy(population -> {
                    assertThat(population.getCountElement().hasValue()).isFalse();
                    assertThat(population.getCountElement().getExtension()).isNotEmpty();
                }));
        assertThat(weekly("dhis2").body()).isEqualTo("{\"dataValues\":[]}");
    }

    @Test
    void countsAReportThatComesAfterTuesdayAsReceivedAndNotAsTimely() {
        exchange.post(transaction(creating(aReportOfNothing(MONDAY, SUNDAY, "2005-03-16"))), facility)
                .hasStatus(200);
        MeasureReport report = evaluate("ml-idsr-completeness");

        assertThat(count(report, "ml-idsr-weekly", "received-reports")).isEqualTo(1);
        assertThat(count(report, "ml-idsr-weekly", "timely-reports")).isZero();
    }

    /** Born and died "this year" and "this month": both hold the day of the illness. */
    @Test
    void countsPartialDatesForAllTheirDays() {
        Patient infant = aPerson("", "female", "2005", "");
        infant.setDeceased(new DateTimeType("2005-03"));
        exchange.post(
                        transaction(putting(infant), putting(aCase(infant, "cholera", "suspected", "2005-03-20"))),
                        facility)
                .hasStatus(200);

        String report = exchange.get("Measure/$idsr-weekly?_format=csv&subject=health%7C" + facility + "&week=2005-W11")
                .hasStatus(200)
                .body();

        assertThat(report.lines().filter(line -> line.contains("cholera,counted")))
                .singleElement()
                .asString()
                .contains("0-11m,female")
                .contains(",1,0,1,");
        assertThat(exchange.get("Measure/$incomplete-cases?subject=health%7C" + facility + "&week=2005-W11")
                        .hasStatus(200)
                        .body())
                .contains("death-date");
    }

    @Test
    void expectsAReportForEachMondayOfThePeriod() {
        exchange.post(transaction(creating(aReportOfNothing(MONDAY, SUNDAY, "2005-03-15"))), facility)
                .hasStatus(200);
        // The same week again, corrected, by a site that begins its week on the Tuesday.
        exchange.post(transaction(creating(aReportOfNothing("2005-03-08", SUNDAY, "2005-03-17"))), facility)
                .hasStatus(200);

        assertThat(count(evaluate("ml-idsr-completeness"), "ml-idsr-weekly", "received-reports"))
                .isEqualTo(1);
    }

    @Test
    void saysTheSameInEveryForm() throws IOException {
        sendThree();
        Map<String, Long> json = new TreeMap<>();
        JsonNode values = new ObjectMapper().readTree(weekly("dhis2").body()).path("dataValues");
        values.forEach(value -> {
            assertThat(value.path("period").asText()).isEqualTo("2005W10");
            assertThat(value.path("orgUnit").asText()).isEqualTo(facility);
            json.put(value.path("dataElement").asText(), value.path("value").asLong());
        });
        String adx = weekly("adx").body();
        Map<String, Long> xml = new TreeMap<>();
        Pattern.compile("<dataValue dataElement=\"([^\"]+)\" value=\"(\\d+)\"/>")
                .matcher(adx)
                .results()
                .forEach(value -> xml.put(value.group(1), Long.valueOf(value.group(2))));

        assertThat(json)
                .containsEntry("IDSR_CHOLERA_CAS_SUSPECTS", 2L)
                .containsEntry("IDSR_CHOLERA_CAS_CONFIRMES", 1L)
                .containsEntry("IDSR_CHOLERA_DECES", 0L)
                .containsEntry("IDSR_MEASLES_CAS_SUSPECTS", 1L)
                // Nobody has reported, so what has no case is not known to be none.
                .doesNotContainKey("IDSR_MENINGITIS_CAS_SUSPECTS");
        assertThat(xml).isEqualTo(json);
        assertThat(adx)
                .contains("xmlns=\"urn:ihe:qrph:adx:2015\"", "period=\"2005-03-07/P7D\"", "orgUnit=\"" + facility);
        assertThat(weekly("csv").body().lines().filter(line -> line.contains("cholera,counted")))
                .hasSize(2);
        MeasureReport report = evaluate("ml-idsr-weekly");
        assertThat(count(report, "cholera", "suspected-cases")).isEqualTo(2);
        assertThat(count(report, "cholera", "confirmed-cases")).isEqualTo(1);
        assertThat(group(report, "cholera").getStratifierFirstRep().getStratum().stream()
                        .mapToInt(stratum -> stratum.getPopulationFirstRep().getCount())
                        .sum())
                .isEqualTo(2);
    }

    @Test
    void countsByOnsetAndByNotification() {
        Condition late = aCase(aPerson("ML010101", "male", "1990", ""), "cholera", "suspected", "2005-03-05");
        late.addExtension(Cases.NOTIFICATION, new DateTimeType("2005-03-09"));
        Patient person = aPerson("ML010101", "male", "1990", "");
        late.getSubject().setReference("Patient/" + person.getIdElement().getIdPart());
        exchange.post(transaction(putting(person), putting(late)), facility).hasStatus(200);
        MeasureReport report = evaluate("ml-idsr-declared");

        assertThat(group(report, "cholera").getPopulation())
                .extracting(population -> population.getCount())
                .containsExactly(0, 1, 1, 0, 0, 0, 0);
    }

    @Test
    void countsAndListsACaseWithoutDateAndPlaceInTheWeekOfItsArrival() {
        Patient person = aPerson("", "female", "", "");
        Condition bare = aCase(person, "cholera", "", "");
        exchange.post(transaction(putting(person), putting(bare)), facility).hasStatus(200);
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        String period = "subject=health%7C" + facility + "&periodStart=" + today.minusDays(1) + "&periodEnd=" + today;

        String listed = exchange.get("Measure/$incomplete-cases?" + period)
                .hasStatus(200)
                .body();
        MeasureReport report = exchange.get("Measure/ml-idsr-weekly/$evaluate-measure?" + period)
                .hasStatus(200)
                .as(MeasureReport.class);

        assertThat(listed.lines()
                        .filter(line -> line.startsWith(bare.getIdElement().getIdPart())))
                .singleElement()
                .asString()
                .contains(",onset date place birth-date,");
        assertThat(count(report, "cholera", "suspected-cases")).isEqualTo(1);
    }

    @Test
    void doesNotListACompleteCase() {
        sendThree();

        assertThat(exchange.get("Measure/$incomplete-cases?" + here)
                        .hasStatus(200)
                        .body()
                        .lines())
                .hasSize(1);
    }

    @Test
    void listsCasesWithNames() {
        sendThree();
        List<String> lines = exchange.get("Measure/$line-list?" + here, "Accept", "text/csv")
                .hasStatus(200)
                .body()
                .lines()
                .toList();

        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).startsWith("case_id,disease,classification,case_on");
        assertThat(lines.get(1)).contains("Traoré,Awa,female,1990-01-01,15y+");
    }

    @Test
    void servesTheDefinitions() {
        assertThat(exchange.get("Measure/ml-idsr-declared")
                        .hasStatus(200)
                        .as(Measure.class)
                        .getTitle())
                .isEqualTo("Cas déclarés, par date et par classement");
        exchange.get("Measure/ml-idsr-completeness").hasStatus(200);
    }

    @ParameterizedTest
    @CsvSource({
        "Measure/ml-idsr-weekly/$evaluate-measure?week=2025-W53, 400, ML-FHIR-040",
        "Measure/ml-idsr-weekly/$evaluate-measure, 400, ML-FHIR-041",
        "Measure/ml-idsr-weekly/$evaluate-measure?periodStart=2026-01-02&periodEnd=2026-01-01, 400, ML-FHIR-040",
        "Measure/ml-idsr-weekly/$evaluate-measure?week=2026-W30&subject=2015%7CML99, 400, ML-FHIR-040",
        "Measure/ml-idsr-weekly/$evaluate-measure?week=2026-W30&subject=Patient/1, 400, ML-FHIR-040",
        "Measure/ml-idsr-weekly/$evaluate-measure?week=2026-W30&subject=health%7Cnobody-has-heard-of-it, 400, ML-FHIR-040",
        "Measure/ml-idsr-weekly/$evaluate-measure?week=2026-W30&level=cercles, 400, ML-FHIR-040",
        "Measure/$idsr-weekly?week=2026-W30&level=drs, 400, ML-FHIR-040",
        "Measure/$idsr-weekly?week=2026-W30&subject=health%7CML&level=commune-2015, 400, ML-FHIR-040",
        "Measure/$idsr-weekly?week=2026-W30&subject=2023%7CML&level=commune, 400, ML-FHIR-040",
        "Measure/$report-versions?week=2026-W30&level=village, 400, ML-FHIR-040",
        "Measure/$report-versions, 400, ML-FHIR-041",
        "Measure/no-such-thing/$evaluate-measure?week=2026-W30, 404, ML-FHIR-004",
        "Measure/$idsr-weekly?week=2026-W30&_format=pdf, 400, ML-FHIR-040",
        "Measure/$idsr-weekly, 400, ML-FHIR-041"
    })
    void refusesWhatMakesNoSense(String path, int status, String code) {
        exchange.get(path).isRefused(status, code);
    }

    private void sendThree() {
        Patient one = aPerson("ML010101", "female", "1990-01-01", "resident");
        Patient other = aPerson("ML010101", "male", "2003-01-01", "resident");
        exchange.post(
                        transaction(
                                putting(one),
                                putting(other),
                                putting(aCase(one, "cholera", "confirmed", "2005-03-08")),
                                putting(aCase(other, "cholera", "suspected", "2005-03-13")),
                                putting(aCase(other, "measles", "suspected", "2005-03-07"))),
                        facility)
                .hasStatus(200);
    }

    private Answer weekly(String format) {
        return exchange.get("Measure/$idsr-weekly?_format=" + format + "&" + here)
                .hasStatus(200);
    }

    private MeasureReport evaluate(String measure) {
        return exchange.get("Measure/" + measure + "/$evaluate-measure?" + here)
                .hasStatus(200)
                .as(MeasureReport.class);
    }

    private static MeasureReportGroupComponent group(MeasureReport report, String code) {
        return report.getGroup().stream()
                .filter(group -> code.equals(group.getCode().getText())
                        || code.equals(group.getCode().getCodingFirstRep().getCode()))
                .findFirst()
                .orElseThrow();
    }

    private static int count(MeasureReport report, String code, String population) {
        return group(report, code).getPopulation().stream()
                .filter(each ->
                        each.getCode().getCoding().stream().anyMatch(coding -> population.equals(coding.getCode())))
                .findFirst()
                .orElseThrow()
                .getCount();
    }
}
