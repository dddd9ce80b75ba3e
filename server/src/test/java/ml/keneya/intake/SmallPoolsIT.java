package ml.keneya.intake;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.aPlaceholder;
import static ml.keneya.test.Records.batch;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.reading;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.sql.DataSource;
import ml.keneya.test.Answer;
import ml.keneya.test.AtOnce;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.Records;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Sixteen writers with few connections, down to a single one: whatever needs two at the same time to finish one thing
 * would stand still here, and its sender would hear 503 when the pool's patience ends.
 */
@KeneyaIntegrationTest
class SmallPoolsIT {

    private static final int WRITERS = 16;
    private static final long SEED = Long.getLong("keneya.pool.seed", System.nanoTime());

    @Autowired
    Exchange exchange;

    @Autowired
    DataSource database;

    private final String facility = unique("cscom");
    private HikariDataSource pool;
    private int usualSize;
    private int usuallyIdle;
    private long usualPatience;

    @BeforeEach
    void noteThePool() throws SQLException {
        pool = database.unwrap(HikariDataSource.class);
        usualSize = pool.getMaximumPoolSize();
        usuallyIdle = pool.getMinimumIdle();
        usualPatience = pool.getConnectionTimeout();
        // Sixteen in turn on one connection of a busy machine may take longer than a server lets its callers wait.
        pool.getHikariConfigMXBean().setConnectionTimeout(60_000);
    }

    @AfterEach
    void restoreThePool() {
        pool.getHikariConfigMXBean().setConnectionTimeout(usualPatience);
        pool.getHikariConfigMXBean().setMaximumPoolSize(usualSize);
        pool.getHikariConfigMXBean().setMinimumIdle(usuallyIdle);
    }

    /** One connection always, and what chance gives. */
    static Stream<Integer> sizes() {
        return Stream.concat(
                Stream.of(1), new Random(SEED).ints(2, 9).boxed().distinct().limit(2));
    }

    @ParameterizedTest(name = "{0} connections")
    @MethodSource("sizes")
    void acceptsWhateverSixteenSendWithFewConnections(int connections) throws Exception {
        resize(connections);
        List<String> numbers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            numbers.add(unique("record"));
        }

        List<List<Answer>> answers = AtOnce.send(WRITERS, writer -> deliver(writer, numbers.get(writer)));

        assertThat(answers)
                .as("answers with seed %s", SEED)
                .allSatisfy(ofWriter ->
                        assertThat(ofWriter).extracting(Answer::status).containsExactly(200, 422, 202, 200));
        assertThat(numbers).allSatisfy(number -> assertThat(children(number)).isEqualTo(1));
        assertThat(pool.getHikariPoolMXBean().getTotalConnections()).isLessThanOrEqualTo(connections);
    }

    /** A delivery with or without all or nothing, one that is refused and kept, one for later, a search. */
    private List<Answer> deliver(int writer, String number) {
        String child = aPlaceholder();
        Bundle visit = transaction(creating(child, aChild(number)), creating(weightOf(child, "9.5")));
        Bundle mixed = batch(
                creating(child, aChild(number)),
                creating(weightOf(child, "9.5")),
                reading("Patient?identifier=" + Records.RECORD_NUMBER + "|" + number));
        Bundle wrong = transaction(creating(weightOf("Patient/" + unique("nobody"), "9.5")));
        Bundle later = transaction(creating(aChild(unique("record"))));
        return List.of(
                exchange.post(writer % 2 == 0 ? visit : mixed, facility),
                exchange.post(wrong, facility),
                exchange.post("", exchange.json(later), "Keneya-Facility", facility, "Prefer", "respond-async"),
                exchange.get("Patient?identifier=" + Records.RECORD_NUMBER + "%7C" + number));
    }

    private void resize(int connections) {
        pool.getHikariConfigMXBean().setMinimumIdle(1);
        pool.getHikariConfigMXBean().setMaximumPoolSize(connections);
        // Those that are in use end when they come back.
        pool.getHikariPoolMXBean().softEvictConnections();
    }

    private int children(String number) {
        return exchange.get("Patient?identifier=" + Records.RECORD_NUMBER + "%7C" + number)
                .entries()
                .size();
    }
}
