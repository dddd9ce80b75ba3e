package ml.keneya.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import ml.keneya.load.test.ChildProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the ledger says DHIS2 holds is never less than what DHIS2 may hold, and one week does not stop the others. */
class Dhis2LedgerTest extends Dhis2Pushes {
    /** The first try was stored and its answer lost; what answers the second says nothing of it. */
    @ParameterizedTest
    @ValueSource(ints = {302, 400, 401, 403, 404, 413, 200})
    void deletesWhatAnEarlierTryMayHaveStored(int http) {
        exchange.counts(WEEK, "kati", "cholera", 5, 1, 1);
        losesTheFirstAnswer();
        dhis2.insteadOnce(http, "<html>", "Location", "http://127.0.0.1:1/portal");
        // What is sent in halves after a 413 meets the portal as well.
        dhis2.insteadOnce(401, "{}");
        ProgramRun lost = push();
        dhis2.cutting(false).asExpected();
        exchange.forgets(WEEK, "kati", "cholera");

        ProgramRun next = push();

        assertThat(lost.status()).isNotZero();
        assertThat(lost.results()).contains("sort inconnu : 3 · pas envoyés : 0");
        assertThat(next.status()).as(next.results()).isZero();
        assertThat(next.results()).contains("à retirer 3");
        assertThat(dhis2.values(PERIOD)).isEmpty();
    }

    /** Stored by the first try; closed when the second comes. */
    @Test
    void deletesWhatASecondTryWasRefused() {
        exchange.counts(WEEK, "kati", "cholera", 5, 1, 1);
        losesTheFirstAnswer();
        dhis2.insteadOnce(http -> {
            dhis2.cutting(false).closing(PERIOD);
            return false;
        });
        ProgramRun refused = push();
        dhis2.opening(PERIOD);
        exchange.forgets(WEEK, "kati", "cholera");

        ProgramRun next = push();

        assertThat(refused.results()).contains("refusés : 3");
        assertThat(next.results()).contains("à retirer 3");
        assertThat(dhis2.values(PERIOD)).isEmpty();
    }

    @Test
    void forgetsWhatNoTryHasReached() {
        exchange.counts(WEEK, "kati", "cholera", 5, 1, 1);
        dhis2.insteadOnce(401, "{}");
        assertThat(push().results()).contains("pas envoyés : 3");
        exchange.forgets(WEEK, "kati", "cholera");

        assertThat(push().results()).contains("à retirer 0");
    }

    /** It skips the zero silently, so a correction of three cases to none would stay three there for ever. */
    @Test
    void reportsAZeroThatDhis2HasSkipped() {
        dhis2.withElementOfNoZeros("IDSR_CHOLERA_DECES").skippingZeros();
        exchange.counts(WEEK, "kati", "cholera", 5, 1, 3).counts(WEEK, "kita", "cholera", 2, 0, 0);
        assertThat(push().status()).isZero();
        exchange.counts(WEEK, "kati", "cholera", 0, 0, 0);

        ProgramRun skipped = push();
        ProgramRun again = push();
        dhis2.withElementOfZeros("IDSR_CHOLERA_DECES");
        ProgramRun mended = push();

        assertThat(skipped.status()).isEqualTo(3);
        assertThat(skipped.results())
                .contains("Acceptés : 2 · refusés : 1", "Refusé zeroIsSignificant", "cholera/deaths = 0");
        assertThat(again.results()).contains("Envoyés : 1 ", "refusés : 1");
        assertThat(mended.status()).isZero();
        assertThat(dhis2.values(PERIOD)).containsEntry(DEATHS, "0").containsEntry(SUSPECTED, "0");
    }

    /** What was lost on its way has no known value to be deleted with, and a zero would be skipped. */
    @Test
    void deletesWhatMayBeStoredAlsoWhereZerosAreSkipped() {
        dhis2.withElementOfNoZeros("IDSR_CHOLERA_DECES").skippingZeros();
        exchange.counts(WEEK, "kati", "cholera", 5, 1, 3);
        dhis2.cutting(true);
        push("--attempts", "1");
        dhis2.cutting(false);
        exchange.forgets(WEEK, "kati", "cholera");

        assertThat(push().results()).contains("supprimés 3");
        assertThat(dhis2.values(PERIOD)).isEmpty();
    }

    @Test
    void takesADeletionForTheZeroOfAnElementWithoutZeros() {
        dhis2.withElementOfNoZeros("IDSR_CHOLERA_DECES");
        exchange.counts(WEEK, "kati", "cholera", 5, 1, 3);
        push();
        exchange.counts(WEEK, "kati", "cholera", 5, 1, 0);

        ProgramRun run = push();

        assertThat(run.status()).as(run.results()).isZero();
        assertThat(run.results()).contains("supprimés 1", "Acceptés : 1");
        assertThat(dhis2.values(PERIOD)).doesNotContainKey(DEATHS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "{\"values\":{}}", "{\"values\":[{}]}", "{\"values\":[{\"data"})
    void refusesALedgerThatWasCut(String text) throws IOException {
        exchange.counts(WEEK, "kati", "cholera", 5, 1, 1);
        push();
        exchange.forgets(WEEK, "kati", "cholera");
        Path week = ledger().resolve(WEEK + ".json");
        Files.writeString(week, text);

        ProgramRun run = push();

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.remarks()).contains("ledger", WEEK);
        assertThat(Files.readString(week)).isEqualTo(text);
        assertThat(dhis2.requests()).hasSize(1);
    }

    @Test
    void goesOnAfterAWeekThatWouldLoseMostOfItsValues() throws IOException {
        for (String disease : List.of("cholera", "measles")) {
            exchange.counts("2026-W44", "kati", disease, 5, 1, 1).counts("2026-W44", "kita", disease, 5, 1, 1);
        }
        pushLast3();
        for (String disease : List.of("cholera", "measles")) {
            exchange.forgets("2026-W44", "kati", disease).forgets("2026-W44", "kita", disease);
        }
        exchange.answers("2026-W45", "<html>").counts("2026-W46", "kati", "cholera", 1, 0, 0);
        Path json = folder.resolve("r.json");
        Path csv = folder.resolve("r.csv");

        ProgramRun run = pushLast3("--report", json.toString(), "--report", csv.toString());

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.remarks())
                .contains("Semaine 2026-W44", "12 des 12 valeurs", "Semaine 2026-W45", "n’a pas la forme");
        assertThat(dhis2.values("2026W44")).hasSize(12);
        assertThat(dhis2.values("2026W46")).hasSize(3);
        JsonNode report = new ObjectMapper().readTree(json.toFile());
        assertThat(report.path("exitStatus").asInt()).isEqualTo(3);
        assertThat(report.path("failedWeeks").findValuesAsText("week")).containsExactly("2026-W44", "2026-W45");
        assertThat(Files.readAllLines(csv)).anyMatch(line -> line.startsWith("2026-W45,,failed,"));
    }

    @Test
    void goesOnAfterAWeekAtWhichDhis2Breaks() {
        exchange.counts("2026-W44", "kati", "cholera", 1, 0, 0).counts("2026-W46", "kati", "cholera", 1, 0, 0);
        dhis2.insteadOnce(500, "{}");

        ProgramRun run = pushLast3();

        assertThat(run.status()).isEqualTo(4);
        assertThat(dhis2.values("2026W46")).hasSize(3);
    }

    @Test
    void doesNotGoOnWithoutTheRightTo() {
        exchange.counts("2026-W44", "kati", "cholera", 1, 0, 0).counts("2026-W46", "kati", "cholera", 1, 0, 0);
        dhis2.insteadOnce(403, "{}");

        assertThat(pushLast3().remarks()).contains("Arrêté avant la fin");
        assertThat(dhis2.requests()).isEmpty();
        assertThat(dhis2.values("2026W46")).isEqualTo(Map.of());
    }

    @Test
    void deletesNoMoreThanHalfOfAWeekUnlessItIsMeant() throws IOException {
        for (String disease : List.of("cholera", "measles")) {
            exchange.counts(WEEK, "kati", disease, 5, 1, 1).counts(WEEK, "kita", disease, 5, 1, 1);
        }
        push();
        Path map = map("quoi;nous;dhis2\nstructure;somewhere;else\n");

        ProgramRun stopped = push("--map", map.toString());
        Map<String, String> after = dhis2.values(PERIOD);
        ProgramRun meant = push("--map", map.toString(), "--many-deletions");

        assertThat(stopped.status()).isEqualTo(3);
        assertThat(stopped.remarks()).contains("12 des 12 valeurs", "--many-deletions");
        assertThat(after).hasSize(12);
        assertThat(meant.status()).isEqualTo(5);
        assertThat(dhis2.values(PERIOD)).isEmpty();
    }

    /** Stored there, and the answer lost: the next run must know that it may be there, to delete it. */
    @Test
    void deletesWhatVanishedAfterAnAnswerThatWasLost() {
        exchange.counts(WEEK, "kati", "cholera", 5, 1, 1);
        dhis2.cutting(true);
        ProgramRun cut = push("--attempts", "2");
        dhis2.cutting(false);
        exchange.forgets(WEEK, "kati", "cholera");

        ProgramRun next = push();

        assertThat(cut.status()).isEqualTo(4);
        assertThat(cut.results()).contains("sort inconnu : 3", "elle ne double rien");
        assertThat(next.status()).as(next.results()).isZero();
        assertThat(next.results()).contains("à retirer 3");
        assertThat(dhis2.values(PERIOD)).isEmpty();
    }

    @Test
    void sendsAgainWhatMayHaveBeenLost() {
        exchange.counts(WEEK, "kati", "cholera", 5, 1, 1);
        push();
        exchange.counts(WEEK, "kati", "cholera", 6, 1, 1);
        dhis2.cutting(true);
        push("--attempts", "1");
        dhis2.cutting(false);
        // Corrected back to what was accepted first; DHIS2 holds the six all the same.
        exchange.counts(WEEK, "kati", "cholera", 5, 1, 1);

        ProgramRun next = push();

        assertThat(next.results()).contains("Envoyés : 1 ");
        assertThat(dhis2.values(PERIOD)).containsEntry(SUSPECTED, "5");
    }

    @Test
    void losesNothingWhenItIsKilledBeforeTheAnswer() throws Exception {
        exchange.counts(WEEK, "kati", "cholera", 5, 1, 1);
        dhis2.cutting(true);
        ChildProgram[] victim = new ChildProgram[1];
        CountDownLatch ready = new CountDownLatch(1);
        dhis2.insteadOnce(http -> {
            await(ready);
            return false;
        });
        try (var child = ChildProgram.start(folder, arguments(dhis2.address()))) {
            victim[0] = child;
            dhis2.insteadOnce(http -> {
                // Its second try: the first was stored.
                victim[0].kill();
                return false;
            });
            ready.countDown();
            assertThat(child.exitStatus()).isEqualTo(128 + 9);
        }
        dhis2.cutting(false);
        assertThat(dhis2.values(PERIOD)).hasSize(3);
        exchange.forgets(WEEK, "kati", "cholera");

        assertThat(push().status()).isZero();
        assertThat(dhis2.values(PERIOD)).isEmpty();
    }

    @Test
    void letsOnePushAtATimeKeepTheLedger() throws Exception {
        exchange.counts(WEEK, "kati", "cholera", 5, 1, 1);
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        dhis2.insteadOnce(http -> {
            arrived.countDown();
            await(goOn);
            return false;
        });
        try (var first = ChildProgram.start(folder, arguments(dhis2.address()))) {
            await(arrived);

            ProgramRun second = push();
            goOn.countDown();

            assertThat(second.status()).isEqualTo(2);
            assertThat(second.remarks()).contains("Un autre envoi est en cours");
            assertThat(first.exitStatus()).as(first.remarks()).isZero();
        }
        assertThat(dhis2.values(PERIOD)).hasSize(3);
        assertThat(push().results()).contains("Envoyés : 0 ");
    }

    @Test
    void keepsALedgerForOneDestination() {
        exchange.counts(WEEK, "kati", "cholera", 5, 1, 1);
        push();

        ProgramRun other = push("--subject", "health|district-x");

        assertThat(other.status()).isEqualTo(2);
        assertThat(other.remarks()).contains("est celui d’un autre envoi");
        assertThat(dhis2.requests()).hasSize(1);
    }

    private void losesTheFirstAnswer() {
        dhis2.cutting(true);
        dhis2.insteadOnce(http -> false);
    }

    private ProgramRun pushLast3(String... more) {
        return ProgramRun.of(Stream.concat(Stream.of(arguments(dhis2.address())), Stream.of(more))
                .map(each -> each.equals("--week") ? "--last" : each.equals(WEEK) ? "3" : each)
                .toArray(String[]::new));
    }
}
