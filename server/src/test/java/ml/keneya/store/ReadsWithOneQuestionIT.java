package ml.keneya.store;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.batch;
import static ml.keneya.test.Records.reading;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.Samples;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** What we read ourselves is held to what HAPI reads: a version by its number is left to it. */
@KeneyaIntegrationTest
class ReadsWithOneQuestionIT {

    private static final List<String> FORMS =
            List.of("", "?_format=xml", "?_summary=true", "?_elements=meta", "?_pretty=true");

    @Autowired
    Exchange exchange;

    @Autowired
    JdbcTemplate jdbc;

    @ParameterizedTest
    @CsvSource({
        "cscom-sanankoroba-vaccination, cscom-sanankoroba",
        "csref-kita-antenatal, csref-kita",
        "hub-segou-teleconsultation, hub-segou"
    })
    void showsRecordsAsHapiShowsTheirVersions(String sample, String facility) {
        Samples.sendTheRegister(exchange);
        String[] site = TestSystem.ofSite(exchange, facility).withAll();

        List<BundleEntryComponent> written =
                exchange.post("", Samples.aNew(sample), site).hasStatus(200).entries();

        assertThat(written).hasSizeGreaterThan(5).allSatisfy(entry -> {
            String version = entry.getResponse().getLocation();
            assertIsShownAlike(version, site);
            assertIsShownAlike(version);
        });
    }

    private void assertIsShownAlike(String version, String... caller) {
        String record = version.replaceFirst("/_history/.*", "");
        for (String form : FORMS) {
            Answer ours = exchange.get(record + form, caller).hasStatus(200);
            Answer theirs = exchange.get(version + form, caller).hasStatus(200);
            assertThat(ours.body()).as(record + form).isEqualTo(theirs.body());
            for (String header : List.of("ETag", "Last-Modified", "Content-Type", "Content-Location")) {
                assertThat(ours.header(header)).as(header).isEqualTo(theirs.header(header));
            }
        }
        Answer bundled =
                exchange.post("", exchange.json(batch(reading(record))), caller).hasStatus(200);
        assertThat(exchange.json(bundled.entries().get(0).getResource()))
                .isEqualTo(exchange.json(exchange.context()
                        .newJsonParser()
                        .parseResource(exchange.get(version, caller).body())));
    }

    @Test
    void showsTheLastVersionAndNoneOfWhatIsGone() {
        String[] site = TestSystem.ofSite(exchange, unique("cscom")).withAll();
        String child = "Patient/"
                + exchange.create(aChild(unique("record")), site)
                        .hasStatus(201)
                        .as(Patient.class)
                        .getIdPart();
        Observation weight = weightOf(child, "9.5");
        String record = "Observation/"
                + exchange.create(weight, site)
                        .hasStatus(201)
                        .as(Observation.class)
                        .getIdPart();
        String[] unchanged = {"If-None-Match", "W/\"1\"", site[0], site[1]};
        exchange.get(record, unchanged).hasStatus(304);

        exchange.put(record, weightOf(child, "9.7").setId(record), site).hasStatus(200);

        assertThat(exchange.get(record, unchanged).hasStatus(200).body()).contains("9.7");
        assertIsShownAlike(record + "/_history/2", site);

        exchange.delete(record, site).hasStatus(200);

        exchange.get(record, site).isRefused(410, "ML-FHIR-005");
        assertThat(exchange.post("", exchange.json(batch(reading(record))), site)
                        .entries()
                        .get(0)
                        .getResponse()
                        .getStatus())
                .startsWith("410");
    }

    @Test
    void tellsWhoTreatsHerThatSheIsGoneAndNobodyElse() {
        String[] site = TestSystem.ofSite(exchange, unique("cscom")).withAll();
        String[] others = TestSystem.ofSite(exchange, unique("cscom")).withAll();
        String child = "Patient/"
                + exchange.create(aChild(unique("record")), site)
                        .hasStatus(201)
                        .as(Patient.class)
                        .getIdPart();
        exchange.get(child, site).hasStatus(200);
        exchange.get(child, others).isRefused(404, "ML-FHIR-004");

        exchange.delete(child).hasStatus(200);

        exchange.get(child, site).isRefused(410, "ML-FHIR-005");
        exchange.get(child, others).isRefused(404, "ML-FHIR-004");
    }

    /** Neither her record nor whether there is one: how long a question takes would tell. */
    @Test
    void looksAtNothingOfWhomTheSiteDoesNotTreat() {
        String facility = unique("cscom");
        String child = exchange.create(
                        aChild(unique("record")),
                        TestSystem.ofSite(exchange, facility).withAll())
                .as(Patient.class)
                .getIdPart();

        assertThat(looksAtRecords(facility, child)).isEqualTo(2);
        assertThat(looksAtRecords(unique("cscom"), child)).isZero();
    }

    /** How many of the tables of records and versions the question looks into, by the plan that is kept for it. */
    private int looksAtRecords(String facility, String patient) {
        return jdbc.execute((Connection connection) -> {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("set local plan_cache_mode = force_generic_plan");
                statement.execute("prepare treated (text, text) as "
                        + CurrentRecords.TREATED
                                .replaceFirst("facility = [?]", "facility = \\$1")
                                .replaceFirst("patient_id = [?]", "patient_id = \\$2"));
                int looks = 0;
                try (ResultSet lines = statement.executeQuery(
                        "explain (analyze, timing off) execute treated ('" + facility + "', '" + patient + "')")) {
                    while (lines.next()) {
                        String line = lines.getString(1);
                        if (line.contains(" hfj_res") && !line.contains("never executed")) {
                            looks++;
                        }
                    }
                }
                statement.execute("deallocate treated");
                return looks;
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        });
    }

    /** In one piece: on a slow line each costs its own headers, and a break is seen for what it is. */
    @Test
    void saysHowLongAnAnswerIs() {
        String child = "Patient/"
                + exchange.create(aChild(unique("record"))).as(Patient.class).getIdPart();

        Answer read = exchange.get(child).hasStatus(200);

        assertThat(read.header("Content-Length"))
                .contains(String.valueOf(read.body().getBytes(StandardCharsets.UTF_8).length));
        assertThat(read.header("Transfer-Encoding")).isEmpty();
    }

    /** HAPI remembers for a minute which ids there are; what is read here is what the database says. */
    @Test
    void findsARecordAsSoonAsThereIsOne() {
        String[] site = TestSystem.ofSite(exchange, unique("cscom")).withAll();
        String record = "Patient/" + unique("person");
        exchange.get(record, site).hasStatus(404);
        exchange.get(record).hasStatus(404);

        exchange.put(record, aChild(unique("record")).setId(record), site).hasStatus(201);

        exchange.get(record, site).hasStatus(200);
        exchange.get(record).hasStatus(200);
    }

    @Test
    void keepsNumbersAsTheyWereWritten() {
        String child = "Patient/"
                + exchange.create(aChild(unique("record"))).as(Patient.class).getIdPart();
        Observation weight = weightOf(child, "9.50E+0");
        String record = "Observation/"
                + exchange.create(weight).hasStatus(201).as(Observation.class).getIdPart();

        assertThat(exchange.get(record).body())
                .contains(exchange.json(weight).replaceAll(".*\"value\":([^,]*),.*", "$1"));
        assertIsShownAlike(record + "/_history/1");
    }
}
