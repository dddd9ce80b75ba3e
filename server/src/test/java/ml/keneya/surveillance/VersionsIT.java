package ml.keneya.surveillance;

import static ml.keneya.surveillance.Cases.aCase;
import static ml.keneya.surveillance.Cases.aPerson;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.deleting;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.Records;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupPopulationComponent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What the report of a week said before. Each test has a week of its own, in which no other test has cases. */
@KeneyaIntegrationTest
class VersionsIT {

    @Autowired
    Exchange exchange;

    private final String facility = unique("site");

    @Test
    void saysWhatChangedInAPastWeekAndWhen() {
        Patient person = aPerson("ML010101", "female", "1980-01-01", "resident");
        Condition first = aCase(person, "cholera", "suspected", "2006-03-07");
        send(person, first);
        String asked = "week=2006-W10&subject=2015%7CML01";
        MeasureReport before = evaluate(asked);

        // Late, and confirmed since.
        Patient other = aPerson("ML010102", "male", "1980-01-01", "resident");
        Cases.classify(first, "confirmed");
        send(other, aCase(other, "cholera", "suspected", "2006-03-08"));
        send(first);
        MeasureReport after = evaluate(asked);

        assertThat(before.getMeta().getVersionId()).isEqualTo("1");
        assertThat(after.getMeta().getVersionId()).isEqualTo("2");
        List<String> versions = versions(asked + "&level=commune");
        assertThat(versions.get(0)).isEqualTo("version,counted_at,place,disease,figure,before,after");
        assertThat(versions.subList(1, versions.size()).stream()
                        .map(line -> line.replaceFirst("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ", "T")))
                .containsExactly(
                        "1,T,,,,,",
                        "2,T,ML010101,cholera,confirmed_cases,0,1",
                        "2,T,ML010102,cholera,suspected_cases,0,1");
        // In the whole region the same, summed; in another one nothing.
        assertThat(versions(asked)).anyMatch(line -> line.endsWith("ML01,cholera,suspected_cases,1,2"));
        assertThat(versions("week=2006-W10&subject=2015%7CML02"))
                .hasSize(3)
                .noneMatch(line -> line.contains("cholera"));
    }

    @Test
    void keepsNoVersionWhenNothingChanged() {
        Patient person = aPerson("ML010101", "female", "1980-01-01", "resident");
        send(person, aCase(person, "cholera", "suspected", "2006-03-14"));
        String asked = "week=2006-W11";
        evaluate(asked);
        // Written anew, and counted as before.
        person.setActive(true);
        send(person);
        evaluate(asked);

        assertThat(versions(asked)).hasSize(2);
    }

    @Test
    void leavesAZeroBehindWhereACaseWasWithdrawn() {
        Patient person = aPerson("ML010101", "female", "1980-01-01", "resident");
        Condition deleted = aCase(person, "cholera", "confirmed", "2006-03-21");
        Condition moved = aCase(person, "measles", "suspected", "2006-03-21");
        Condition refuted = aCase(person, "rubella", "suspected", "2006-03-21");
        send(person, deleted, moved, refuted);
        String asked = "week=2006-W12&subject=health%7C" + facility + "&level=facility";
        String before = weekly(asked, "dhis2");

        moved.setOnset(new DateTimeType("2006-03-28"));
        Cases.classify(refuted, "discarded");
        send(moved, refuted);
        exchange.post(transaction(deleting("Condition/" + deleted.getIdElement().getIdPart())), facility)
                .hasStatus(200);

        assertThat(before).contains(value("IDSR_CHOLERA_CAS_SUSPECTS", 1), value("IDSR_MEASLES_CAS_SUSPECTS", 1));
        assertThat(weekly(asked, "dhis2"))
                .contains(
                        value("IDSR_CHOLERA_CAS_SUSPECTS", 0),
                        value("IDSR_CHOLERA_CAS_CONFIRMES", 0),
                        value("IDSR_MEASLES_CAS_SUSPECTS", 0))
                .doesNotContain("MENINGITIS");
        assertThat(weekly(asked, "adx"))
                .contains("dataElement=\"IDSR_CHOLERA_CAS_SUSPECTS\" value=\"0\"")
                .doesNotContain("MENINGITIS");
        assertThat(weekly(asked, "csv"))
                .contains("cholera,withdrawn,,,,0,0,0", "rubella,withdrawn,,,,0,0,0", "meningitis,silent,,,,,,")
                .doesNotContain("counted");
        MeasureReport report = evaluate(asked.replace("&level=facility", ""));
        assertThat(count(report, "cholera").getCount()).isZero();
        assertThat(count(report, "cholera").getCountElement().hasValue()).isTrue();
        assertThat(count(report, "meningitis").getCountElement().hasValue()).isFalse();
        // The week into which the case was moved has it.
        assertThat(weekly(asked.replace("W12", "W13"), "dhis2")).contains(value("IDSR_MEASLES_CAS_SUSPECTS", 1));
    }

    @Test
    void keepsEachChangeOnceHoweverManyAskAtTheSameTime() {
        Patient person = aPerson("ML010101", "female", "1980-01-01", "resident");
        String asked = "week=2006-W15";
        for (int change = 1; change <= 3; change++) {
            send(person, aCase(person, "cholera", "suspected", "2006-04-11"));
            IntStream.range(0, 6).parallel().forEach(each -> evaluate(asked));
        }

        assertThat(versions(asked).stream().skip(1).map(line -> line.replaceFirst("^(\\d+),[^,]*", "$1")))
                .containsExactly("1,,,,,", "2,ML,cholera,suspected_cases,1,2", "3,ML,cholera,suspected_cases,2,3");
    }

    private static String value(String element, int value) {
        return element + "=" + value;
    }

    private void send(Resource... records) {
        exchange.post(
                        transaction(Arrays.stream(records).map(Records::putting).toArray(BundleEntryComponent[]::new)),
                        facility)
                .hasStatus(200);
    }

    private MeasureReport evaluate(String asked) {
        return exchange.get("Measure/ml-idsr-weekly/$evaluate-measure?" + asked)
                .hasStatus(200)
                .as(MeasureReport.class);
    }

    private String weekly(String asked, String format) {
        String text = exchange.get("Measure/$idsr-weekly?_format=" + format + "&" + asked)
                .hasStatus(200)
                .body();
        return format.equals("dhis2")
                ? text.replaceAll(
                        "\"dataElement\":\"(\\w+)\",\"period\":\"\\w+\",\"orgUnit\":\"[^\"]+\",\"value\":\"(\\d+)\"",
                        "$1=$2")
                : text;
    }

    private List<String> versions(String asked) {
        return exchange.get("Measure/$report-versions?" + asked)
                .hasStatus(200)
                .body()
                .lines()
                .toList();
    }

    private static MeasureReportGroupPopulationComponent count(MeasureReport report, String disease) {
        return report.getGroup().stream()
                .filter(group ->
                        disease.equals(group.getCode().getCodingFirstRep().getCode()))
                .findFirst()
                .orElseThrow()
                .getPopulationFirstRep();
    }
}
