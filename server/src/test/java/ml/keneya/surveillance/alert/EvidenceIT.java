package ml.keneya.surveillance.alert;

import static ml.keneya.surveillance.Cases.aCase;
import static ml.keneya.surveillance.Cases.aPerson;
import static ml.keneya.surveillance.alert.RaisedAlerts.place;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.UriType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Weeks of years and cercles of the north and south in which no other test has cases of these diseases. */
@KeneyaIntegrationTest
class EvidenceIT {

    private static final String SCOPES = "openid user/*.rs";

    @Autowired
    Exchange exchange;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    LooksAtWeeks looks;

    private final String facility = unique("site");

    private RaisedAlerts raised;

    @BeforeEach
    void prepare() {
        raised = new RaisedAlerts(exchange, jdbc, facility);
    }

    @Test
    @DisplayName("From the verification the district comes to the reports of the weeks whose cases raised the alert")
    void leadsToTheReportsOfTheCases() {
        List<Condition> cases = List.of(
                raised.send("measles", "ML030601", "2011-05-03"),
                raised.send("measles", "ML030602", "2011-05-05"),
                raised.send("measles", "ML030601", "2011-05-08"),
                raised.send("measles", "ML030601", "2011-05-10"),
                raised.send("measles", "ML030601", "2011-05-11"));

        String alert = raised.of(cases.get(4));
        String[] district = raised.callerIn("ML0306", SCOPES);

        assertThat(reports(alert, district))
                .containsExactly(
                        "Measure/ml-idsr-weekly/$evaluate-measure?periodStart=2011-05-02&periodEnd=2011-05-08"
                                + "&subject=2015%7CML0306",
                        "Measure/ml-idsr-weekly/$evaluate-measure?periodStart=2011-05-09&periodEnd=2011-05-15"
                                + "&subject=2015%7CML0306");
        assertThat(reports(alert, district).stream().map(each -> counted(each, "measles", district)))
                .containsExactly(3, 2);
        for (String report : reports(alert, district)) {
            exchange.get(report, raised.callerIn("ML0301", SCOPES)).isRefused(403, "ML-FHIR-013");
        }
        // The weeks of what joins are added once.
        String joined = raised.of(raised.send("measles", "ML030601", "2011-05-17"));
        raised.of(raised.send("measles", "ML030601", "2011-05-18"));
        assertThat(joined).isEqualTo(alert);
        await().atMost(RaisedAlerts.PATIENCE)
                .untilAsserted(() -> assertThat(reports(alert, district)).hasSize(3));
        assertThat(counted(reports(alert, district).get(2), "measles", district))
                .isEqualTo(2);
        // Months later, when no rule counts it together with these.
        assertThat(raised.of(raised.send("measles", "ML030601", "2011-09-07"))).isEqualTo(alert);
        assertThat(reports(alert, district)).hasSize(4).last().asString().contains("periodStart=2011-09-05&");
    }

    @Test
    @DisplayName("A case of whom nobody says where she lives is counted in the report of its facility")
    void leadsToTheReportOfTheFacility() {
        raised.register(place("commune", "2015", "ML030601"));

        String alert = raised.of(raised.send("plague", "", "2011-08-03"));

        String[] district = raised.callerIn("ML0306", SCOPES);
        assertThat(placeOf(alert)).isEqualTo("ML0306");
        assertThat(reports(alert, district))
                .containsExactly("Measure/ml-idsr-weekly/$evaluate-measure?periodStart=2011-08-01&periodEnd=2011-08-07"
                        + "&subject=health%7C" + facility);
        assertThat(counted(reports(alert, district).get(0), "plague", district)).isEqualTo(1);
    }

    @Test
    @DisplayName("The alert of a week with too many cases leads to the report of that week and place")
    void leadsToTheReportOfTheWeek() {
        for (String onset : List.of("2010-03-08", "2010-03-10", "2010-03-14")) {
            raised.send("meningitis", "ML070401", onset);
        }
        // Of the week before: no evidence, because no rule counts it together with these.
        raised.send("meningitis", "ML070401", "2010-03-07");
        // Of the week, and in the district because the facility is.
        raised.register(place("commune", "2015", "ML070401"));
        raised.send("meningitis", "", "2010-03-12");
        assertThat(raised.watcher(looks, transactions, unique("weeks"), Instant.parse("2010-03-16T10:00:00Z"))
                        .watchIfDue())
                .isTrue();

        String alert = raised.on("meningitis", "ML0704");
        String[] district = raised.callerIn("ML0704", SCOPES);
        assertThat(reports(alert, district))
                .containsExactly(
                        "Measure/ml-idsr-weekly/$evaluate-measure?periodStart=2010-03-08&periodEnd=2010-03-14"
                                + "&subject=2015%7CML0704",
                        "Measure/ml-idsr-weekly/$evaluate-measure?periodStart=2010-03-08&periodEnd=2010-03-14"
                                + "&subject=health%7C" + facility);
        assertThat(counted(reports(alert, district).get(0), "meningitis", district))
                .isEqualTo(3);
    }

    @Test
    @DisplayName("A case of whom only a place of after the reform is known is counted in the report of that place")
    void leadsToTheReportOfAPlaceOfToday() {
        Patient person = aPerson("", "female", "1990", "");
        person.addAddress().addExtension(place("region", "2023", "11"));

        String alert = raised.of(raised.send(person, aCase(person, "marburg", "suspected", "2011-08-03")));

        assertThat(reports(alert))
                .containsExactly("Measure/ml-idsr-weekly/$evaluate-measure?periodStart=2011-08-01&periodEnd=2011-08-07"
                        + "&subject=2023%7C11");
        assertThat(counted(reports(alert).get(0), "marburg")).isEqualTo(1);
    }

    @Test
    @DisplayName("An event that lasts leads to the first fifty cases and reports, and keeps the others as evidence")
    void leadsToTheFirstFifty() {
        Bundle bundle = transaction();
        List<Condition> cases = new ArrayList<>();
        for (int week = 0; week < 52; week++) {
            Patient person = aPerson("ML030701", "female", "1990", "");
            String monday = LocalDate.parse("2009-01-05").plusWeeks(week).toString();
            Condition found = aCase(person, "dracunculiasis", "suspected", monday);
            bundle.addEntry(putting(person)).addEntry(putting(found));
            cases.add(found);
        }
        exchange.post(bundle, facility).hasStatus(200);

        List<String> alerts = cases.stream().map(raised::of).distinct().toList();

        assertThat(alerts).hasSize(1);
        assertThat(reports(alerts.get(0))).hasSize(50);
        assertThat(raised.task(alerts.get(0)).getInput().stream()
                        .filter(input -> input.getType().hasCoding("http://hl7.org/fhir/resource-types", "Condition")))
                .hasSize(50);
    }

    private String placeOf(String alert) {
        return jdbc.sql("select place from keneya.alert where id::text = ?")
                .param(alert)
                .query(String.class)
                .single();
    }

    private List<String> reports(String alert, String... caller) {
        return exchange.get("Task/" + alert, caller).hasStatus(200).as(Task.class).getInput().stream()
                .filter(input -> input.getType().hasCoding("http://hl7.org/fhir/resource-types", "MeasureReport"))
                .map(input -> ((UriType) input.getValue()).getValue())
                .toList();
    }

    /** The suspected cases of the disease in the report to which a verification leads. */
    private int counted(String report, String disease, String... caller) {
        return exchange.get(report, caller).hasStatus(200).as(MeasureReport.class).getGroup().stream()
                .filter(group -> group.getCode().getCodingFirstRep().getCode().equals(disease))
                .flatMap(group -> group.getPopulation().stream())
                .filter(population -> population.getCode().getCoding().stream()
                        .anyMatch(coding -> coding.getCode().equals("suspected-cases")))
                .findFirst()
                .orElseThrow()
                .getCount();
    }
}
