package ml.keneya.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the push reads: a report, the correspondences and a token, as they come from proxies, spreadsheets and people.
 */
class Dhis2InputTest extends Dhis2Pushes {
    private static final String HEADING = "quoi;nous;dhis2\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "Connectez-vous au réseau\n",
                "<html><body>Portail</body></html>\n",
                "week,place,,state\n",
                "week,place,place_name,disease,state\n",
                "\"week,place\n",
                "week,week\n"
            })
    void deletesNothingBecauseOfAnAnswerThatIsNoReport(String body) {
        exchange.counts(WEEK, "kati", "cholera", 5, 1, 1);
        push();
        exchange.answers(WEEK, body);

        ProgramRun run = push();

        assertThat(run.status()).as(run.remarks()).isEqualTo(3);
        assertThat(run.remarks()).contains("Le rapport de la semaine " + WEEK, "rien n’est envoyé");
        assertThat(dhis2.requests()).hasSize(1);
        assertThat(dhis2.values(PERIOD)).hasSize(3);
    }

    /** Spreadsheets end lines with empty cells, and files with empty lines. */
    @Test
    void readsTheMapOfAUsualSpreadsheet() throws IOException {
        exchange.counts(WEEK, "kati", "cholera", 5, 1, 1);
        var map = map("\uFEFFQuoi;Nous;DHIS2;;\r\n\r\nelement;cholera/suspected-cases;IDSR_CHOLERA_CAS_SUSPECTS;;\r\n"
                + "element;cholera/confirmed-cases;;;\r\nelement;cholera/deaths;;;\r\n;;;;\r\n");

        ProgramRun run = push("--map", map.toString());

        assertThat(run.status()).as(run.remarks()).isZero();
        assertThat(dhis2.values(PERIOD)).containsExactlyEntriesOf(Map.of(SUSPECTED, "5"));
    }

    @Test
    void deletesWhatTheMapLeavesOutLater() throws IOException {
        exchange.counts(WEEK, "kati", "cholera", 5, 1, 1);
        push();
        var map = map(HEADING + "element;cholera/suspected-cases;IDSR_CHOLERA_CAS_SUSPECTS\n"
                + "element;cholera/confirmed-cases;\nelement;cholera/deaths;\n");

        ProgramRun run = push("--map", map.toString());

        assertThat(run.status()).isZero();
        assertThat(run.results()).contains("à retirer 2", "exclus par vos correspondances : 2");
        assertThat(dhis2.values(PERIOD)).containsExactlyEntriesOf(Map.of(SUSPECTED, "5"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\\n\\nlieu;kati;x\\n | 4",
                "\\n\\nlieu;kati;x | 4",
                "structure;\"kati\\nmali\";x\\nlieu;kati;x\\n | 4",
                "structure;kati;x;remarque\\n | 2",
                "structure;\"kati;x\\n | 2",
                "structure;\"kati\"a;x\\n | 2"
            })
    void namesTheLineOfTheMapAsASpreadsheetDoes(String lines, int line) throws IOException {
        var map = map(HEADING + lines.replace("\\n", "\n"));

        ProgramRun run = push("--map", map.toString());

        assertThat(run.status()).as(run.remarks()).isEqualTo(2);
        assertThat(run.remarks()).contains("correspondances.csv, ligne " + line + " :");
    }

    @ParameterizedTest
    @CsvSource({
        "age_group=0-11mois,'0-11m, 1-4y, 5-14y, 15y+, unknown'",
        "sex=F,'female, male, other, unknown'",
        "age_group=0-11m&sex=,'female, male, other, unknown'",
        "residence_status=idp,'resident, internally-displaced, returnee, refugee, nomadic, unknown'"
    })
    void refusesAStratumThatNoFigureHas(String stratum, String allowed) throws IOException {
        dhis2.withOptionCombo("X");
        exchange.counts(WEEK, "kati", "cholera", 5, 1, 1);
        var map = map(HEADING + "combinaison;" + stratum + ";X\n");

        ProgramRun run = push("--map", map.toString());

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.remarks()).contains("correspondances.csv, ligne 2 :", allowed);
        assertThat(dhis2.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "rw-------, 0",
        "r--------, 0",
        // As systemd hands credentials over, with an access list.
        "r--r-----, 0",
        "rw-r-----, 2",
        "rw-rw----, 2",
        "rw--w----, 2",
        "r--rw----, 2",
        "rw----r--, 2",
        "rw-----w-, 2"
    })
    void wantsATokenThatOthersCannotRead(String permissions, int status) throws IOException {
        Files.setPosixFilePermissions(token(), PosixFilePermissions.fromString(permissions));

        ProgramRun run = push();

        assertThat(run.status()).as(run.remarks()).isEqualTo(status);
        if (status != 0) {
            assertThat(run.remarks()).contains("chmod 600");
        }
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
}
