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
import java.util.stream.Stream;
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
    void wantsAWeekAndAReportOfAKnownForm() {
        assertThat(push("--last", "2").status()).isEqualTo(2);
        assertThat(push("--report", "rapport.pdf").remarks()).contains("--report");
        assertThat(ProgramRun.of("dhis2", "push", "--week", WEEK, "--to", dhis2.address())
                        .remarks())
                .contains("Il manque", "--token-file", "--ledger");
        assertThat(dhis2.requests()).isEmpty();
    }
}
