package ml.keneya.security.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import ml.keneya.test.AtOnce;
import ml.keneya.test.HandSetClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

class TraceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TraceDatabase database = TraceDatabase.fresh();

    @Test
    void returnsOnceTheAccessCanBeReadByAnybody() {
        try (Trace trace = new Trace(database.chain(), PATIENCE)) {
            trace.write(TraceDatabase.reading("awa"));

            assertThat(patients()).containsExactly("awa");
        }
    }

    @Test
    void writesManyAccessesAtOnceInOneChain() throws Exception {
        try (Trace trace = new Trace(database.chain(), PATIENCE)) {
            AtOnce.send(8, sender -> {
                IntStream.range(0, 20)
                        .forEach(number -> trace.write(TraceDatabase.reading("patient-" + sender + "-" + number)));
                return null;
            });
        }

        assertThat(patients()).hasSize(160).doesNotHaveDuplicates();
        assertThat(database.verdict().isWhole()).isTrue();
    }

    @Test
    void commitsWhatHasGatheredTogether() throws Exception {
        AtomicInteger commits = new AtomicInteger();
        TransactionOperations slow = counting(commits);
        try (Trace trace = new Trace(chain(slow), PATIENCE)) {
            AtOnce.send(16, sender -> {
                IntStream.range(0, 10).forEach(number -> trace.write(TraceDatabase.reading("p" + sender)));
                return null;
            });

            assertThat(patients()).hasSize(160);
            assertThat(commits.get()).isLessThan(160);
        }
    }

    /** The first row is held back until two more wait behind it, so that these come together. */
    @Test
    void waitsForARequestUnderWayBeforeItWritesThoseThatCameTogether() throws Exception {
        AtomicInteger statements = new AtomicInteger();
        CountDownLatch gathered = new CountDownLatch(2);
        TraceChain chain = new TraceChain(
                new TraceRows(database.source()),
                real(),
                new Wrapped(
                        TransactionOperations.withoutTransaction(),
                        status -> {
                            if (statements.incrementAndGet() == 1) {
                                await(gathered);
                            }
                        },
                        false),
                Clock.systemUTC(),
                Duration.ofDays(1));
        try (Trace trace =
                new Trace(chain, new RefusalsOfStrangers(Clock.systemUTC(), 60, 600), PATIENCE, Duration.ofHours(1))) {
            Company.Guest late = trace.company().enters();
            AtOnce.send(4, sender -> {
                if (sender == 3) {
                    waitUntil(() -> trace.company().isAwaited());
                    trace.write(TraceDatabase.reading("late"), late::arrives);
                } else if (sender == 0) {
                    trace.write(TraceDatabase.reading("first"));
                } else {
                    waitUntil(() -> statements.get() == 1);
                    trace.write(TraceDatabase.reading("together"), gathered::countDown);
                }
                return null;
            });
        }

        assertThat(patients()).containsExactly("first", "together", "together", "late");
        assertThat(statements).hasValue(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        } catch (InterruptedException stopping) {
            throw new IllegalStateException(stopping);
        }
    }

    private static void waitUntil(BooleanSupplier happened) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!happened.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void refusesAnAccessThatItCannotWrite() {
        try (Trace trace = new Trace(chain(failing(number -> true, false)), PATIENCE)) {
            assertThatThrownBy(() -> trace.write(TraceDatabase.reading("awa")))
                    .isInstanceOf(TraceUnavailableException.class);
        }
        assertThat(patients()).isEmpty();
    }

    @Test
    void writesAgainWhenTheDatabaseIsBack() {
        // The first transaction begins the chain, the second adds the row, the third tries again.
        try (Trace trace = new Trace(chain(failing(number -> number == 2 || number == 3, false)), PATIENCE)) {
            assertThatThrownBy(() -> trace.write(TraceDatabase.reading("awa")))
                    .isInstanceOf(TraceUnavailableException.class);
            trace.write(TraceDatabase.reading("fanta"));
        }

        assertThat(patients()).containsExactly("fanta");
        assertThat(database.verdict().isWhole()).isTrue();
    }

    @Test
    void writesAnAccessOnceWhenTheConnectionBreaksAfterTheCommit() {
        try (Trace trace = new Trace(chain(failing(number -> number == 2, true)), PATIENCE)) {
            trace.write(TraceDatabase.reading("awa"));
            trace.write(TraceDatabase.reading("fanta"));
        }

        assertThat(patients()).containsExactly("awa", "fanta");
        assertThat(database.verdict().isWhole()).isTrue();
    }

    /** The first transaction begins the chain, the second adds the rows: one statement up to 64, else several. */
    @ParameterizedTest
    @CsvSource({"3, false", "3, true", "64, false", "65, true", "150, false", "150, true"})
    void writesRowsThatComeTogetherOnceWhenTheConnectionBreaks(int rows, boolean afterCommit) {
        List<String> read =
                IntStream.range(0, rows).mapToObj(number -> "patient-" + number).toList();

        chain(failing(number -> number == 2, afterCommit))
                .append(read.stream().map(TraceDatabase::reading).toList());

        assertThat(patients()).containsExactlyElementsOf(read);
        assertThat(database.verdict().isWhole()).isTrue();
    }

    @Test
    void countsTheRefusalsOfWhomNobodyKnowsBeyondTheFirst() {
        try (Trace trace = new Trace(database.chain(), PATIENCE)) {
            IntStream.range(0, 300).forEach(number -> trace.write(refused("anonymous", "ANONYMOUS")));
            IntStream.range(0, 100).forEach(number -> trace.write(refused("emr", "SITE")));
            assertThat(queries("SITE"))
                    .hasSize(100)
                    .allSatisfy(query -> assertThat(query).hasSize(4_000));
        }

        List<String> ofStrangers = queries("ANONYMOUS");
        assertThat(ofStrangers)
                .hasSizeBetween(60, 70)
                .allSatisfy(query -> assertThat(query).hasSizeLessThan(250));
        assertThat(ofStrangers)
                .last()
                .satisfies(
                        count -> assertThat(count).startsWith("count=" + (300 - (ofStrangers.size() - 1)) + "&since="));
        assertThat(database.verdict().isWhole()).isTrue();
    }

    private List<String> queries(String role) {
        return database.jdbc()
                .sql("select query from keneya.trace where role = :role order by chain, position")
                .param("role", role)
                .query(String.class)
                .list();
    }

    private static TraceEvent refused(String client, String role) {
        return new TraceEvent(
                TraceDatabase.reading("awa").at(),
                null,
                new TraceEvent.Who(client, null, role, null, "192.0.2.7"),
                new TraceEvent.What("search-type", "Patient", null, List.of(), "x".repeat(4_000)),
                new TraceEvent.Result(401, null, null));
    }

    @Test
    void keepsAnAccessWhoseTextNoDatabaseStores() {
        TraceEvent odd = new TraceEvent(
                TraceDatabase.reading("awa").at(),
                "nul\u0000 half\uD800",
                new TraceEvent.Who("emr", null, "SITE", null, null),
                new TraceEvent.What("read", "Patient", "awa", List.of("awa"), "name=\u0000"),
                new TraceEvent.Result(404, null, null));
        try (Trace trace = new Trace(database.chain(), PATIENCE)) {
            trace.write(odd);
        }

        assertThat(patients()).containsExactly("awa");
        assertThat(database.verdict().isWhole()).isTrue();
    }

    @Test
    void notesWhereItEndsNowAndThen() {
        HandSetClock clock = new HandSetClock(Instant.parse("2026-11-30T08:00:00Z"));
        TraceChain chain = new TraceChain(
                new TraceRows(database.source()),
                real(),
                TransactionOperations.withoutTransaction(),
                clock,
                Duration.ofMinutes(10));
        chain.append(List.of(TraceDatabase.reading("awa")));
        clock.moves(Duration.ofMinutes(9));
        chain.append(List.of(TraceDatabase.reading("awa")));
        assertThat(anchors()).isEmpty();

        clock.moves(Duration.ofMinutes(1));
        chain.append(List.of(TraceDatabase.reading("awa")));
        assertThat(anchors()).containsExactly(database.end().position());

        // Of what nobody has added to there is nothing new to say.
        clock.moves(Duration.ofMinutes(10));
        chain.anchorIfDue();
        assertThat(anchors()).hasSize(1);
    }

    private List<Long> anchors() {
        return database.jdbc()
                .sql("select position from keneya.trace_anchor order by position")
                .query(Long.class)
                .list();
    }

    private List<String> patients() {
        return database.jdbc()
                .sql("select unnest(patients) from keneya.trace order by position")
                .query(String.class)
                .list();
    }

    private TraceChain chain(TransactionOperations transactions) {
        // What happens to a transaction happens to a statement alone, which has none, as it is in service.
        TransactionOperations alone = transactions instanceof Wrapped wrapped
                ? new Wrapped(TransactionOperations.withoutTransaction(), wrapped.hook(), wrapped.after())
                : TransactionOperations.withoutTransaction();
        return new TraceChain(
                new TraceRows(database.source()), transactions, alone, Clock.systemUTC(), Duration.ofDays(1));
    }

    private TransactionOperations real() {
        return new TransactionTemplate(new JdbcTransactionManager(database.source()));
    }

    private TransactionOperations counting(AtomicInteger commits) {
        return new Wrapped(real(), status -> commits.incrementAndGet(), false);
    }

    /** @param afterCommit whether the connection breaks after the commit or before anything was done */
    private TransactionOperations failing(IntPredicate which, boolean afterCommit) {
        AtomicInteger transactions = new AtomicInteger();
        return new Wrapped(
                real(),
                status -> {
                    if (which.test(transactions.incrementAndGet())) {
                        throw new DataAccessResourceFailureException("The connection broke.");
                    }
                },
                afterCommit);
    }

    private record Wrapped(TransactionOperations real, Consumer<Object> hook, boolean after)
            implements TransactionOperations {

        @Override
        public <T> T execute(TransactionCallback<T> action) {
            if (!after) {
                hook.accept(action);
            }
            T result = real.execute((TransactionStatus status) -> action.doInTransaction(status));
            if (after) {
                hook.accept(action);
            }
            return result;
        }
    }
}
