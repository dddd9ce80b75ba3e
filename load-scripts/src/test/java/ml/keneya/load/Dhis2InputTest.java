package ml.keneya.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
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
}
