package ml.keneya.intake;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.CountsStatements;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * How often the database is spoken to for one bundle, and for one read. On a link to the database these round trips are
 * the time that a clinic waits, so a statement more for each entry is noticed here, without a stopwatch.
 */
@KeneyaIntegrationTest
@ResourceLock(CountsStatements.COUNTED)
class StatementCountsIT {

    private static final Logger log = LoggerFactory.getLogger(StatementCountsIT.class);

    @Autowired
    Exchange exchange;

    /** The bounds are what was measured, with room for two more; docs/intake.md has the figures. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "cscom-sanankoroba-vaccination, cscom-sanankoroba, 34",
        "csref-kita-antenatal, csref-kita, 38",
        "hub-segou-teleconsultation, hub-segou, 36"
    })
    void writesASampleWithAsManyStatementsAsBefore(String sample, String facility, int most) {
        Samples.sendTheRegister(exchange);
        // What is read once and then known is not counted.
        String[] site = TestSystem.ofSite(exchange, facility).withAll();
        exchange.post("", Samples.aNew(sample), site).hasStatus(200);
        String another = Samples.aNew(sample);

        List<String> first =
                CountsStatements.during(() -> exchange.post("", another, site).hasStatus(200));
        List<String> repeated =
                CountsStatements.during(() -> exchange.post("", another, site).hasStatus(200));

        log.info("{}: {} statements {}, sent again {}", sample, first.size(), byKind(first), repeated.size());
        assertThat(first).as("statements of %s", sample).hasSizeLessThanOrEqualTo(most);
        assertThat(repeated).as("statements of its repetition").hasSizeLessThanOrEqualTo(2);
    }

    /** The row of the trace is written by a thread of its own (decision 0140). */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsARecordOfASiteWithOneQuestion(boolean person) {
        String[] site = TestSystem.ofSite(exchange, unique("cscom")).withAll();
        String child = locationOf(exchange.create(aChild(unique("record")), site));
        String record = person ? child : locationOf(exchange.create(weightOf(child, "9.5"), site));
        exchange.get(record, site).hasStatus(200);

        List<String> read =
                CountsStatements.during(() -> exchange.get(record, site).hasStatus(200));

        assertThat(read).hasSize(1);
    }

    /** The registry belongs to everybody, and whoever sits at the machine sees everything: nothing is asked before. */
    @Test
    void readsWhatNeedsNoRightWithOneQuestion() {
        String[] site = TestSystem.ofSite(exchange, unique("cscom")).withAll();
        Samples.sendTheRegister(exchange);
        String place = "Location/"
                + exchange.get("Location?_count=1", site)
                        .hasStatus(200)
                        .entries()
                        .get(0)
                        .getResource()
                        .getIdElement()
                        .getIdPart();
        String child = locationOf(exchange.create(aChild(unique("record")), site));
        exchange.get(place, site).hasStatus(200);

        assertThat(CountsStatements.during(() -> exchange.get(place, site).hasStatus(200)))
                .hasSize(1);
        assertThat(CountsStatements.during(() -> exchange.get(child).hasStatus(200)))
                .hasSize(1);
    }

    private String locationOf(Answer written) {
        return written.hasStatus(201)
                .header("Location")
                .orElseThrow()
                .replaceFirst("^" + exchange.base() + "/", "")
                .replaceFirst("/_history/.*", "");
    }

    private static String byKind(List<String> statements) {
        return statements.stream()
                .collect(Collectors.groupingBy(
                        sql -> sql.strip().toLowerCase(Locale.ROOT).replaceAll("(?s)\\s.*", ""),
                        TreeMap::new,
                        Collectors.counting()))
                .toString();
    }
}
