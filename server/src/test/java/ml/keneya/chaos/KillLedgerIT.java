package ml.keneya.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import ml.keneya.chaos.Campaign.Victim;
import ml.keneya.chaos.Visit.Way;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was acknowledged is never lost and never doubled, whatever is killed: the server, one process of the database,
 * or all of it. The server runs in a process of its own, so this test does not share the context of the others.
 *
 * <p>{@code ./keneya chaos --rounds N} runs more rounds than the few of every test run.
 */
@Execution(ExecutionMode.CONCURRENT)
class KillLedgerIT {

    private static final Logger log = LoggerFactory.getLogger(KillLedgerIT.class);

    private static final Path FOLDER =
            Path.of(System.getProperty("basedir", ""), "target", "chaos").toAbsolutePath();
    private static final int ROUNDS = Integer.getInteger("keneya.chaos.rounds", 5);
    private static final int MOST_ROUNDS_UNTIL_IT_BITES = 6;

    /** Of two records each; a server takes fifty numbers at once. */
    private static final int VISITS_THAT_NEED_NEW_NUMBERS = 60;

    private static final long SEED = Long.getLong("keneya.chaos.seed", System.nanoTime());

    private static KillableDatabase database;

    @BeforeAll
    static void startDatabase() {
        database = new KillableDatabase(
                FOLDER.resolve("database-" + ProcessHandle.current().pid()));
    }

    @AfterAll
    static void stopDatabase() {
        database.close();
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void losesAndDoublesNothingThatWasAcknowledged() {
        assertThat(database.setting("fsync")).isEqualTo("on");
        assertThat(database.setting("full_page_writes")).isEqualTo("on");
        assertThat(database.setting("synchronous_commit")).isEqualTo("on");
        Path output = FOLDER.resolve("server.log");
        try (ServerProcess server = new ServerProcess(database.application(), "ml.keneya.KeneyaApplication", output);
                Ledger ledger = new Ledger(FOLDER.resolve("ledger.txt"))) {
            server.awaitReady();
            Campaign campaign = new Campaign(database, server, ledger, new Random(SEED));
            for (int round = 0; round < ROUNDS; round++) {
                // Each kind once, then as it comes.
                Victim victim = round < Victim.values().length ? Victim.values()[round] : campaign.anyVictim();
                campaign.round(victim);
                log.info("{} killed: {}", victim, campaign);
            }
            int refused = campaign.refusedAfterLostNumbers(VISITS_THAT_NEED_NEW_NUMBERS);
            campaign.countAllAgain();
            List<String> unfinished = campaign.unfinished();
            List<String> differences = Backfills.differences(new Clinic(server.base()));
            log.info("Chaos with seed {}: {}", SEED, campaign);

            assertThat(campaign.interrupted())
                    .as("kills in the middle of building a table of a view")
                    .hasSize(ROUNDS);
            assertThat(unfinished).as("tables whose building never went on").isEmpty();
            assertThat(differences)
                    .as("tables of views that differ from the records")
                    .isEmpty();
            assertThat(refused).as("visits refused after sequences went back").isZero();
            assertThat(campaign.acknowledged()).isGreaterThanOrEqualTo(ROUNDS * 8);
            assertThat(campaign.promised()).as("accepted for later").isPositive();
            assertThat(campaign.acknowledged(Way.BATCH)).as("batches").isPositive();
            assertThat(campaign.lost()).as("lost, %s, seed %s", campaign, SEED).isZero();
            assertThat(campaign.doubled())
                    .as("doubled, %s, seed %s", campaign, SEED)
                    .isZero();
        }
    }

    /**
     * Shows that the count above can fail: a server that commits its receipts before its records does lose some. Of
     * transactions, because a batch would be refused for its lost half.
     */
    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void noticesAReceiptThatHasLeftTheTransaction() {
        try (ServerProcess server = new ServerProcess(
                        database.application(), "ml.keneya.intake.FlawedServer", FOLDER.resolve("flawed-server.log"));
                Ledger ledger = new Ledger(FOLDER.resolve("flawed-ledger.txt"))) {
            server.awaitReady();
            Campaign campaign = new Campaign(database, server, ledger, new Random(SEED));
            for (int round = 0; round < MOST_ROUNDS_UNTIL_IT_BITES && campaign.lost() == 0; round++) {
                campaign.round(Victim.BACKEND, List.of(Way.TRANSACTION, Way.TRANSACTION));
                log.info("With the receipt outside: {}", campaign);
            }

            assertThat(campaign.lost()).isPositive();
        }
    }
}
