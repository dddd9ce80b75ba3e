package ml.keneya.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import ml.keneya.chaos.KillableDatabase.Stop;
import ml.keneya.test.AtOnce;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database that is stopped, started again, and has no room left, while clinics write and read: every answer is whole
 * or asks to come back, nothing that was acknowledged is lost, and the server goes on by itself. The server runs in a
 * process of its own, so this test does not share the context of the others.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Execution(ExecutionMode.CONCURRENT)
class OutagesIT {

    private static final Logger log = LoggerFactory.getLogger(OutagesIT.class);

    private static final Path FOLDER =
            Path.of(System.getProperty("basedir", ""), "target", "chaos").toAbsolutePath();

    private static final int ENOUGH = 8;

    /** More than the server's connections, fewer than its threads. */
    private static final int CLIENTS = 50;

    /** Five seconds for a connection and five for the trace, on a busy machine. */
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(40);

    private static final int SPARE_MEGABYTES = 80;
    private static final int MOST_VISITS_UNTIL_FULL = 5_000;

    private static KillableDatabase database;
    private static ServerProcess server;
    private static long firstProcess;

    private Ledger ledger;
    private Campaign campaign;

    @BeforeAll
    static void start() {
        database = new KillableDatabase(
                FOLDER.resolve("outages-" + ProcessHandle.current().pid()));
        server = new ServerProcess(
                database.application(), "ml.keneya.KeneyaApplication", FOLDER.resolve("outages-server.log"));
        server.awaitReady();
        firstProcess = server.processId();
    }

    @AfterAll
    static void stop() {
        server.close();
        database.close();
    }

    @BeforeEach
    void openLedger() {
        ledger = new Ledger(FOLDER.resolve("outages-ledger.txt"));
        campaign = new Campaign(database, server, ledger, new Random(1));
    }

    @ParameterizedTest
    @Execution(ExecutionMode.SAME_THREAD)
    @EnumSource(Stop.class)
    @Order(1)
    @DisplayName("R2: while the database is away all are asked to come back, and then it goes on by itself")
    void asksToComeBackWhileTheDatabaseIsAwayAndGoesOnByItself(Stop how) throws Exception {
        Writers writers = new Writers(server, ledger);
        Readers readers = new Readers(server, ledger);
        writers.awaitAcknowledgements(ENOUGH);

        database.stop(how);
        List<Reply> meanwhile = AtOnce.send(CLIENTS, this::readOrWrite);
        assertThat(server.isLive()).as("alive").isTrue();
        assertThat(server.isReady()).as("ready").isFalse();
        database.restart();

        writers.awaitAcknowledgements(ENOUGH);
        writers.stop();
        readers.stop();
        server.awaitReady();
        assertThat(meanwhile).allSatisfy(reply -> {
            reply.answer().asksToComeBack();
            assertThat(reply.took()).isLessThan(LONGEST_ANSWER);
        });
        log.info("{}: slowest of {} answers {}", how, CLIENTS, slowest(meanwhile));
        assertNothingLostOrDoubled();
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    @Order(2)
    @DisplayName("R3: on a full disk all are asked to come back or served, and it goes on once there is room")
    void losesNothingOnAFullDisk() throws Exception {
        database.stop(Stop.FAST);
        try (SmallDisk disk = database.moveToDiskOf(SPARE_MEGABYTES)) {
            server.awaitReady();
            Writers writers = new Writers(server, ledger);
            writers.awaitAcknowledgements(ENOUGH);
            writers.stop();
            Runnable writesLog = database.writerOfLog();
            database.beginFileOfLog();

            disk.fill();
            Reply refused = postUntilRefused();
            List<Reply> meanwhile = AtOnce.send(CLIENTS, this::readOrWrite);
            // As long as its log finds room, PostgreSQL refuses what needs more; without, it gives up altogether.
            writesLog.run();
            List<Reply> without = AtOnce.send(CLIENTS, this::readOrWrite);
            disk.makeRoom();
            boolean gaveUp = !disk.isDatabaseRunning();
            if (gaveUp) {
                disk.startDatabase();
            }

            Writers again = new Writers(server, ledger);
            again.awaitAcknowledgements(ENOUGH);
            again.stop();
            server.awaitReady();
            log.info(
                    "Full disk: refused with {}; {} of {} served; without room for its log PostgreSQL ended: {}",
                    refused.answer().body(),
                    meanwhile.stream()
                            .filter(reply -> reply.answer().status() == 200)
                            .count(),
                    CLIENTS,
                    gaveUp);
            refused.answer().asksToComeBack();
            assertThat(Stream.concat(Stream.of(refused), meanwhile.stream()))
                    .as("answers that name the cause")
                    .anyMatch(reply -> reply.answer().body().contains("ML-INTAKE-030"));
            assertThat(meanwhile).allSatisfy(Reply::isServedOrAskedBack);
            assertThat(without).allSatisfy(Reply::isServedOrAskedBack);
            assertNothingLostOrDoubled();
            assertThat(database.damagedPages())
                    .as("pages whose checksum is wrong")
                    .isZero();
        }
    }

    private Reply postUntilRefused() {
        Clinic clinic = new Clinic(server.base());
        for (int visit = 0; visit < MOST_VISITS_UNTIL_FULL; visit++) {
            Reply reply = write(clinic);
            if (reply.answer().status() != 200) {
                return reply;
            }
        }
        throw new IllegalStateException("A full disk keeps taking visits.");
    }

    private Reply readOrWrite(int number) {
        Clinic clinic = new Clinic(server.base());
        return number % 2 == 0 ? write(clinic) : Reply.of(() -> clinic.read(anAcknowledged()));
    }

    private Reply write(Clinic clinic) {
        Visit visit = Visit.next();
        // Until its answer is there nobody knows what became of it.
        ledger.noAnswer(visit);
        Reply reply = Reply.of(() -> clinic.send(visit));
        if (reply.answer().status() == 200) {
            ledger.acknowledge(visit, Clinic.locations(reply.answer()));
        }
        return reply;
    }

    private String anAcknowledged() {
        return ledger.acknowledged().values().iterator().next().get(0);
    }

    private void assertNothingLostOrDoubled() {
        campaign.count();
        log.info("{}", campaign);
        assertThat(server.processId()).as("the server that was started first").isEqualTo(firstProcess);
        assertThat(campaign.lost()).as("lost, %s", campaign).isZero();
        assertThat(campaign.doubled()).as("doubled, %s", campaign).isZero();
    }

    private static Duration slowest(List<Reply> replies) {
        return replies.stream().map(Reply::took).max(Duration::compareTo).orElseThrow();
    }
}
