package ml.keneya.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import ml.keneya.load.test.ChildProgram;
import ml.keneya.load.test.Dhis2StandIn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The push to DHIS2 as a data manager runs it, against a stand-in of its import. */
class Dhis2Test extends Dhis2Pushes {
    @Test
    void sendsWhatTheExchangeCountsAndNoSilence() {
        exchange.counts(WEEK, "kati", "cholera", "0-11m", "female", 2, 1, 0)
                .counts(WEEK, "kati", "cholera", "15y+", "male", 3, 0, 1)
                .says(WEEK, "kita", "cholera", "zero")
                .says(WEEK, "kita", "measles", "silent");

        ProgramRun run = push();

        assertThat(run.status()).as(run.remarks()).isZero();
        assertThat(dhis2.values(PERIOD))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        SUSPECTED,
                        "5",
                        CONFIRMED,
                        "1",
                        DEATHS,
                        "1",
                        "IDSR_CHOLERA_CAS_SUSPECTS@kita",
                        "0",
                        "IDSR_CHOLERA_CAS_CONFIRMES@kita",
                        "0",
                        "IDSR_CHOLERA_DECES@kita",
                        "0"));
        assertThat(run.results())
                .contains(
                        "Semaine 2026-W45 · version 3",
                        "Envoyés : 6 (nouveaux 6, changés 0, à retirer 0) · inchangés, pas renvoyés : 0",
                        "importés 6 · mis à jour 0 · supprimés 0 · ignorés 0",
                        "Acceptés : 6 · refusés : 0",
                        "Sans déclaration, donc sans zéro : 1");
        assertThat(dhis2.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.parameters())
                        .containsEntry("importStrategy", "CREATE_AND_UPDATE")
                        .containsEntry("dryRun", "false")
                        .containsEntry("async", "false")
                        .containsEntry("dataElementIdScheme", "CODE"));
    }

    @Test
    void sendsNothingAgainThatHasNotChanged() {
        exchange.counts(WEEK, "kati", "cholera", 5, 1, 1);
        push();

        ProgramRun again = push();

        assertThat(again.status()).isZero();
        assertThat(dhis2.requests()).hasSize(1);
        assertThat(again.results()).contains("Envoyés : 0 ", "inchangés, pas renvoyés : 3");
    }

    @Test
    void sendsOnlyWhatLateDataHasChanged() {
        exchange.counts(WEEK, "kati", "cholera", 5, 1, 1);
        push();
        exchange.counts(WEEK, "kati", "cholera", 7, 1, 1).counts(WEEK, "kita", "measles", 1, 0, 0);

        ProgramRun late = push();

        assertThat(late.status()).isZero();
        assertThat(late.results())
                .contains("Envoyés : 4 (nouveaux 3, changés 1, à retirer 0) · inchangés, pas renvoyés : 2")
                .contains("importés 3 · mis à jour 1");
        assertThat(dhis2.values(PERIOD)).containsEntry(SUSPECTED, "7").containsEntry(CONFIRMED, "1");
        assertThat(dhis2.requests().get(1).values()).isEqualTo(4);
    }

    @Test
    void setsToZeroWhatWasCorrectedAwayAndDeletesWhatNobodySaysAnyMore() {
        exchange.counts(WEEK, "kati", "cholera", 5, 1, 1).says(WEEK, "kita", "measles", "zero");
        push();
        exchange.says(WEEK, "kati", "cholera", "withdrawn").says(WEEK, "kita", "measles", "silent");

        ProgramRun run = push();

        assertThat(run.status()).as(run.results()).isZero();
        assertThat(dhis2.values(PERIOD))
                .containsExactlyInAnyOrderEntriesOf(Map.of(SUSPECTED, "0", CONFIRMED, "0", DEATHS, "0"));
        assertThat(run.results()).contains("changés 3, à retirer 3", "mis à jour 3 · supprimés 3");
        assertThat(push().results()).contains("Envoyés : 0 ", "pas renvoyés : 3");
    }

    @Test
    void takesForDeletedWhatDhis2DoesNotHoldAnyMore() throws IOException {
        exchange.counts(WEEK, "kati", "cholera", 5, 1, 1);
        push();
        exchange.forgets(WEEK, "kati", "cholera");
        try (var emptied = new Dhis2StandIn(TOKEN, "ML_IDSR_WEEKLY")
                .withOrgUnit("kati")
                .withElement("IDSR_CHOLERA_CAS_SUSPECTS")
                .withElement("IDSR_CHOLERA_CAS_CONFIRMES")
                .withElement("IDSR_CHOLERA_DECES")) {
            Path destination = ledger().resolve("destination.json");
            Files.writeString(destination, Files.readString(destination).replace(dhis2.address(), emptied.address()));

            ProgramRun run = pushTo(emptied.address());

            assertThat(run.status()).as(run.results()).isZero();
            assertThat(run.results()).contains("supprimés 0 · ignorés 3", "Acceptés : 3");
        }
    }

    @Test
    void triesWithoutStoringOrNotingAnything() {
        exchange.counts(WEEK, "kati", "cholera", 5, 1, 1).counts(WEEK, "nowhere", "cholera", 1, 0, 0);

        ProgramRun run = push("--dry-run");

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.results()).contains("ESSAI À BLANC", "importés 3", "Refusé E7612", "CSCom de nowhere (nowhere)");
        assertThat(dhis2.requests()).singleElement().matches(Dhis2StandIn.Request::isDryRun);
        assertThat(dhis2.values(PERIOD)).isEmpty();
        assertThat(ledger()).doesNotExist();
    }

    /** A 409 carries the summary of what was taken and what not. */
    @Test
    void tellsConflictsByPlaceAndElementWithTheirRemedyAndKeepsTheRest() throws IOException {
        dhis2.withOrgUnitOfOthers("mopti")
                .withOrgUnitNotAssigned("gao")
                .withElement("IDSR_MEASLES_DECES", "INTEGER_POSITIVE");
        exchange.counts(WEEK, "kati", "cholera", 5, 1, 1)
                .counts(WEEK, "kati", "measles", 2, 0, 0)
                .counts(WEEK, "mopti", "cholera", 1, 0, 0)
                .counts(WEEK, "gao", "cholera", 4, 0, 0)
                .counts(WEEK, "nowhere", "cholera", 6, 0, 0);

        ProgramRun run = push(
                "--report",
                folder.resolve("r.csv").toString(),
                "--report",
                folder.resolve("r.json").toString());

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.results())
                .contains("Acceptés : 5 · refusés : 10")
                .contains("Refusé E7612 : unité d’organisation inconnue de DHIS2 : corrigez son code")
                .contains(
                        "CSCom de nowhere (nowhere) · cholera/suspected-cases = 6 [nowhere · IDSR_CHOLERA_CAS_SUSPECTS]")
                .contains("DHIS2 : Organisation unit not found or not accessible: `nowhere`")
                .contains("Refusé E7617 : l’unité d’organisation est hors du territoire de ce compte")
                .contains("Refusé E7619 : le type de valeur de l’élément ne prend pas ce nombre")
                .contains("measles/deaths = 0")
                .contains("Refusé E7636 : l’unité d’organisation n’est pas affectée au jeu de données");
        List<String> lines = Files.readAllLines(folder.resolve("r.csv"));
        assertThat(lines).hasSize(1 + 15);
        assertThat(lines)
                .anyMatch(
                        line -> line.startsWith(
                                "2026-W45,new,refused,nowhere,CSCom de nowhere,cholera/suspected-cases,nowhere,IDSR_CHOLERA_CAS_SUSPECTS,,,6,E7612,"));
        JsonNode json = new ObjectMapper().readTree(folder.resolve("r.json").toFile());
        assertThat(json.path("exitStatus").asInt()).isEqualTo(3);
        assertThat(json.at("/weeks/0/refused").asInt()).isEqualTo(10);
        assertThat(json.at("/weeks/0/importCount/imported").asInt()).isEqualTo(5);
        // They tell of small places, so they are their owner's.
        assertThat(Files.getPosixFilePermissions(folder.resolve("r.csv")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        // What was refused is sent again, and what was taken is not.
        push();
        assertThat(dhis2.requests().get(1).values()).isEqualTo(10);
    }

    @Test
    void explainsInEnglish() {
        exchange.counts(WEEK, "nowhere", "cholera", 6, 0, 0);

        assertThat(push("--lang", "en").results())
                .contains("Refused E7612: organisation unit unknown to DHIS2", "— DHIS2: Organisation unit not found");
    }

    @Test
    void keepsWhatAClosedPeriodHeldAndSendsTheChangeWhenItIsOpen() {
        exchange.counts(WEEK, "kati", "cholera", 5, 1, 1);
        push();
        dhis2.closing(PERIOD);
        exchange.counts(WEEK, "kati", "cholera", 6, 1, 1);

        ProgramRun refused = push();
        dhis2.opening(PERIOD);
        ProgramRun open = push();

        assertThat(refused.status()).isEqualTo(3);
        assertThat(refused.results()).contains("Refusé E7640 : période fermée", "faites rouvrir la semaine");
        assertThat(open.status()).isZero();
        assertThat(open.results()).contains("Envoyés : 1 (nouveaux 0, changés 1");
        assertThat(dhis2.values(PERIOD)).containsEntry(SUSPECTED, "6");
    }

    @Test
    void refusesTheWholeSetWhenDhis2HasNoSuchDataSet() {
        exchange.counts(WEEK, "kati", "cholera", 5, 1, 1);

        ProgramRun run = push("--data-set", "OTHER");

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.results()).contains("refusés : 3", "Refusé E7600", "vérifiez --data-set");
    }

    @Test
    void namesWhatHasNoCounterpart() throws IOException {
        exchange.counts(WEEK, "kati", "cholera", 5, 1, 1)
                .counts(WEEK, "kati", "measles", 4, 0, 0)
                .counts(WEEK, "kita", "cholera", 3, 0, 0)
                .counts(WEEK, "", "cholera", 2, 0, 0);
        Path map = map("quoi;nous;dhis2\nelement;cholera/suspected-cases;IDSR_CHOLERA_CAS_SUSPECTS\n"
                + "element;cholera/deaths;\nstructure;kati;kati\n");

        ProgramRun run = push("--map", map.toString());

        assertThat(run.status()).isEqualTo(5);
        assertThat(dhis2.values(PERIOD)).containsExactlyEntriesOf(Map.of(SUSPECTED, "5"));
        assertThat(run.results())
                .contains("exclus par vos correspondances : 1")
                .contains(
                        "Élément de données inconnu, ajoutez une ligne « element » : cholera/confirmed-cases (valeurs : 3, somme : 1)")
                .contains("measles/suspected-cases (valeurs : 1, somme : 4)")
                .contains(
                        "Unité d’organisation inconnue, ajoutez une ligne « structure » : kita CSCom de kita (valeurs : 2, somme : 3)")
                .contains("Cas sans lieu, à compléter ($incomplete-cases) : — (valeurs : 2, somme : 2)");
    }

    @Test
    void sendsByCategoryOptionComboWhatTheMapTellsApart() throws IOException {
        dhis2.withOptionCombo("YOUNG_F").withOptionCombo("OLD_M");
        exchange.counts(WEEK, "kati", "cholera", "0-11m", "female", 2, 0, 0)
                .counts(WEEK, "kati", "cholera", "1-4y", "female", 3, 0, 0)
                .counts(WEEK, "kati", "cholera", "15y+", "unknown", 1, 0, 0);
        Path map = map("quoi,nous,dhis2\ncombinaison,age_group=0-11m&sex=female,YOUNG_F\n"
                + "combinaison,age_group=1-4y&sex=female,YOUNG_F\ncombinaison,age_group=15y+&sex=male,OLD_M\n"
                + "combinaison,total,ALL\n");

        ProgramRun run = push("--map", map.toString());

        assertThat(run.status()).isEqualTo(5);
        assertThat(dhis2.values(PERIOD))
                .hasSize(6)
                .containsEntry(SUSPECTED + "/YOUNG_F", "5")
                .containsEntry(SUSPECTED + "/OLD_M", "0");
        assertThat(run.results()).contains("« combinaison » : age_group=15y+&sex=unknown (valeurs : 1, somme : 1)");
    }

    @Test
    void sendsByUidAndAddsWhatIsOneThere() throws IOException {
        exchange.counts(WEEK, "kati", "cholera", 5, 1, 1).counts(WEEK, "kita", "cholera", 2, 0, 0);
        Path map = map("quoi;nous;dhis2\nelement;cholera/suspected-cases;" + dhis2.uid("IDSR_CHOLERA_CAS_SUSPECTS")
                + "\nelement;cholera/confirmed-cases;\nelement;cholera/deaths;\nstructure;kati;" + dhis2.uid("kati")
                + "\nstructure;kita;" + dhis2.uid("kati") + "\n");

        ProgramRun run = push("--map", map.toString(), "--id-scheme", "uid", "--data-set", dhis2.uid("ML_IDSR_WEEKLY"));

        assertThat(run.status()).as(run.results()).isZero();
        assertThat(dhis2.values(PERIOD)).containsExactlyEntriesOf(Map.of(SUSPECTED, "7"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a;b;c\n",
                "quoi;nous;dhis2\nlieu;kati;x\n",
                "quoi;nous;dhis2\nelement;cholera;x\n",
                "quoi;nous;dhis2\nstructure;kati;x\nstructure;kati;y\n",
                "quoi;nous;dhis2\nstructure;kati\n",
                "quoi;nous;dhis2\ncombinaison;sex=female;x\ncombinaison;age_group=15y+;y\n"
            })
    void refusesAMapThatSaysNoSense(String text) throws IOException {
        exchange.counts(WEEK, "kati", "cholera", 5, 1, 1);

        ProgramRun run = push("--map", map(text).toString());

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.remarks()).contains("correspondances.csv, ligne ");
        assertThat(dhis2.requests()).isEmpty();
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

    @Test
    void sendsNothingThatIsNoWholeNumber() {
        exchange.tells(WEEK, "kati", "cholera", "*,0,0");

        ProgramRun run = push();

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.remarks()).contains("« * »", "pas des chiffres masqués");
        assertThat(dhis2.requests()).isEmpty();
    }

    @Test
    void sendsNothingForWhoMayNotSeeWholeFigures() {
        exchange.refusing(403);

        ProgramRun run = push();

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.remarks()).contains("403", "Accès refusé.");
        assertThat(dhis2.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "401, 3, ne reconnaît pas le jeton",
        "403, 3, refuse à ce compte",
        "404, 3, Pas d’API DHIS2",
        "302, 3, l’adresse exacte",
        "500, 4, on ne sait pas ce qui est enregistré",
        "200, 4, pas celle d’un import DHIS2"
    })
    void saysWhatToDoWhenDhis2LetsNothingIn(int http, int status, String words) throws IOException {
        exchange.counts(WEEK, "kati", "cholera", 5, 1, 1);
        dhis2.insteadOnce(http, "{\"message\":\"Anything\"}", "Location", "http://127.0.0.1:1/elsewhere");

        ProgramRun run = push();

        assertThat(run.status()).isEqualTo(status);
        assertThat(run.remarks()).contains("avant la fin", words);
        assertThat(run.results() + run.remarks()).doesNotContain(TOKEN);
        assertThat(everythingWritten()).doesNotContain(TOKEN);
        // Afterwards it goes as if nothing had been.
        assertThat(push().status()).isZero();
        assertThat(dhis2.values(PERIOD)).hasSize(3);
    }

    @Test
    void halvesWhatIsTooLarge() {
        exchange.counts(WEEK, "kati", "cholera", 5, 1, 1);
        dhis2.insteadOnce(413, "<html>");

        assertThat(push().status()).isZero();
        assertThat(dhis2.requests()).extracting(Dhis2StandIn.Request::values).containsExactly(1, 2);
        assertThat(dhis2.values(PERIOD)).hasSize(3);
    }

    @Test
    void comesBackWhenDhis2AsksTo() {
        exchange.counts(WEEK, "kati", "cholera", 5, 1, 1);
        dhis2.insteadOnce(503, "", "Retry-After", "3");

        ProgramRun run = push();

        assertThat(run.status()).isZero();
        assertThat(run.time().pauses()).extracting(pause -> pause.toSeconds()).contains(3L);
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

    /** Before 2.37 nothing says which values were ignored. */
    @Test
    void saysThatAnOldDhis2DoesNotSayWhichValuesItRefused() {
        dhis2.asOfOld();
        exchange.counts(WEEK, "kati", "cholera", 5, 1, 1).counts(WEEK, "nowhere", "cholera", 6, 0, 0);

        ProgramRun refused = push();
        dhis2.withOrgUnit("nowhere");
        ProgramRun mended = push();

        assertThat(refused.status()).isEqualTo(4);
        assertThat(refused.results()).contains("ignorés 3", "sort inconnu : 6", "not found or not accessible");
        assertThat(mended.status()).isZero();
        assertThat(mended.results()).contains("Acceptés : 6");
    }

    @Test
    void sendsTheLastWeeksThatAreOver() {
        // Today is Sunday 22 November 2026, in week 47.
        for (String week : List.of("2026-W43", "2026-W44", "2026-W46", "2026-W47")) {
            exchange.counts(week, "kati", "cholera", 1, 0, 0);
        }

        ProgramRun run = ProgramRun.of(Stream.of(arguments(dhis2.address()))
                .map(each -> each.equals("--week") ? "--last" : each.equals(WEEK) ? "3" : each)
                .toArray(String[]::new));

        assertThat(run.status()).as(run.remarks()).isZero();
        assertThat(run.results()).containsSubsequence("Semaine 2026-W44", "Semaine 2026-W45", "Semaine 2026-W46");
        assertThat(dhis2.values("2026W44")).hasSize(3);
        assertThat(dhis2.values("2026W46")).hasSize(3);
        assertThat(dhis2.values("2026W43")).isEmpty();
        assertThat(dhis2.values("2026W47")).isEmpty();
    }

    @Test
    void sendsManyValuesInSeveralRequests() {
        for (int site = 0; site < 400; site++) {
            dhis2.withOrgUnit("site-" + site);
            exchange.counts(WEEK, "site-" + site, "cholera", site, 0, 0);
        }

        assertThat(push().results()).contains("Acceptés : 1200");
        assertThat(dhis2.requests()).extracting(Dhis2StandIn.Request::values).containsExactly(1000, 200);
        assertThat(dhis2.values(PERIOD)).hasSize(1200).containsEntry("IDSR_CHOLERA_CAS_SUSPECTS@site-399", "399");
    }

    /** {@code zeroIsSignificant} false: DHIS2 neither keeps the zero nor counts it, and that is no conflict. */
    @Test
    void isContentWhereDhis2KeepsNoZeros() {
        dhis2.withElementOfNoZeros("IDSR_CHOLERA_DECES");
        exchange.counts(WEEK, "kati", "cholera", 5, 1, 0);

        assertThat(push().results()).contains("importés 2 ", "Acceptés : 3");
        assertThat(push().results()).contains("Envoyés : 0 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://dhis2.example.org",
                "http://localhost.example.org",
                "https://admin:district@dhis2.example.org",
                "ftp://dhis2.example.org"
            })
    void sendsATokenToNoUnsafeAddress(String address) {
        ProgramRun run = pushTo(address);

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.results() + run.remarks()).contains("--to").doesNotContain("district");
    }

    @Test
    void wantsATokenThatOnlyItsOwnerReads() throws IOException {
        Files.setPosixFilePermissions(token(), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(push().remarks()).contains("chmod 600");

        Files.setPosixFilePermissions(token(), PosixFilePermissions.fromString("rw-------"));
        Files.writeString(token(), "ApiToken " + TOKEN);
        ProgramRun run = push();

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.remarks()).contains("ne contient pas un jeton").doesNotContain(TOKEN);
    }

    @Test
    void wantsAWeekAndAReportOfAKnownForm() {
        assertThat(push("--last", "2").status()).isEqualTo(2);
        assertThat(push("--report", "rapport.pdf").remarks()).contains("--report");
        assertThat(ProgramRun.of("dhis2", "push", "--week", WEEK, "--to", dhis2.address())
                        .remarks())
                .contains("Il manque", "--token-file", "--ledger");
        assertThat(dhis2.requests()).isEmpty();
    }
}
