package ml.keneya.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import ml.keneya.load.test.WeeklyExchange;
import ml.keneya.load.test.WrittenBulletin;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The command from its words to its files, against an exchange whose figures are known. It is 22 November 2026. */
class BulletinTest {
    private static final String REPORTS = "12,9,6";

    @TempDir
    Path folder;

    private WeeklyExchange exchange;

    @BeforeEach
    void tellsOfWeek46() throws IOException {
        exchange = new WeeklyExchange()
                .line("2026-W45", "", "ML", "measles", "counted,1-4y,female,unknown,4,1,0", REPORTS)
                .line("2026-W46", "", "ML", "measles", "counted,1-4y,female,unknown,11,3,1", REPORTS)
                .line("2026-W46", "", "ML", "measles", "counted,5-14y,male,unknown,6,0,1", REPORTS)
                .line("2026-W46", "", "ML", "cholera", "zero,,,,0,0,0", REPORTS)
                .line("2026-W46", "", "ML", "plague", "silent,,,,,,", REPORTS)
                .line("2026-W46", "region", "ML01", "measles", "counted,1-4y,female,unknown,13,3,2", "4,1,1")
                .line("2026-W46", "region", "ML02", "measles", "zero,,,,0,0,0", "8,8,5")
                .line("2026-W46", "region", "", "measles", "counted,1-4y,female,unknown,4,0,0", "0,0,0")
                .line("2026-W46", "cercle", "ML0101", "measles", "counted,1-4y,female,unknown,13,3,2", "4,1,1")
                .line("2026-W45", "cercle", "ML0101", "measles", "counted,1-4y,female,unknown,4,1,0", "4,4,4")
                .inhabitants("ML0101", 1_000_000)
                .alert("a", "measles", "ML0101", "Kayes", "2026-11-10", "")
                .alert("b", "cholera", "ML0201", "Koulikoro", "2026-10-20", "2026-11-12")
                .alert("c", "cholera", "ML0201", "Koulikoro d’avant", "2026-09-01", "2026-09-20")
                .silentSite("cscom-muet");
    }

    @AfterEach
    void stop() {
        exchange.close();
    }

    @Test
    void printsTheFiguresOfTheExchangeInBothFiles() throws Exception {
        WrittenBulletin written = write("2026-W46");

        assertThat(written.rows("Cas par maladie"))
                .containsExactly(List.of("Rougeole", "—", "—", "4", "17", "▲", "3", "2", "0", "41", "3"));
        assertThat(written.rows("Cas par maladie et par région"))
                .contains(
                        List.of("Kayes", "13 († 2)"),
                        List.of("Koulikoro", "0"),
                        List.of("Sikasso", "—"),
                        List.of("Lieu inconnu", "4"),
                        List.of("Mali", "17 († 2)"))
                .hasSize(11);
        assertThat(written.rows("Rapports hebdomadaires"))
                .contains(
                        List.of("Kayes", "4", "1", "25 %", "1", "25 %", "0"),
                        List.of("Sikasso", "0", "0", "—", "0", "—", "0"),
                        List.of("Mali", "12", "9", "75 %", "6", "50 %", "0"));
        assertThat(written.rows("Par cercle"))
                .contains(
                        List.of("Kayes", "13", "13", "4", "▲", "2", "25 %"),
                        List.of("Bafoulabé", "—", "—", "—", "", "—", "—"));
        assertThat(written.rows("Enfants")).containsExactly(List.of("Kayes", "8", "75 %", "37,5 %", "50 %", "25 %"));
        assertThat(written.pdf())
                .contains("Rougeole — — 4 17 ▲ 3 2 0 41 3", "Kayes 13 († 2)", "Mali 12 9 75 % 6 50 % 0")
                .contains("Kayes 8 75 % 37,5 % 50 % 25 %", "Bafoulabé — — — — —");
        assertThat(written.html())
                .contains("Aucun cas dans les rapports transmis : Choléra.", "ni cas ni rapport : Peste.")
                .contains("Version 3 des chiffres de la semaine", "OCHA et DNCT, CC BY 4.0", "Diffusion restreinte");
    }

    @Test
    void tellsNewAlertsFromOldOnesAndThoseThatEnded() throws Exception {
        WrittenBulletin written = write("2026-W46");

        assertThat(written.rows("Nouvelles : 1 · en cours : 0 · closes dans la semaine : 1"))
                .containsExactly(
                        List.of("Rougeole", "Kayes", "Seuil d’alerte", "10/11/2026", "10/11/2026", "nouvelle"),
                        List.of(
                                "Choléra",
                                "Koulikoro",
                                "Seuil d’alerte",
                                "20/10/2026",
                                "20/10/2026",
                                "close le 12/11/2026 : Fausse alerte"));
        assertThat(written.html()).doesNotContain("Koulikoro d’avant");
    }

    @Test
    void namesSilentSitesAsTextOnly() throws Exception {
        WrittenBulletin written = write("2026-W46");

        assertThat(written.html())
                .contains("CSCom &lt;muet&gt; &amp; Cie", "Sans rapport transmis : 3 sur 4 attendus.")
                .contains("Tous les sites attendus ont transmis leur rapport.")
                .doesNotContain("cscom-parle");
        assertThat(written.pdf()).contains("CSCom <muet> & Cie");
    }

    @Test
    void givesEachRegionOnePage() throws Exception {
        Path pdf = write("2026-W46").pdfFile();

        try (var document = Loader.loadPDF(pdf.toFile())) {
            List<String> firstLines = new ArrayList<>();
            for (int page = 1; page <= document.getNumberOfPages(); page++) {
                var stripper = new PDFTextStripper();
                stripper.setStartPage(page);
                stripper.setEndPage(page);
                firstLines.add(stripper.getText(document).lines().findFirst().orElse(""));
            }
            assertThat(firstLines.subList(firstLines.size() - 10, firstLines.size()))
                    .containsExactly(
                            "Kayes",
                            "Koulikoro",
                            "Sikasso",
                            "Ségou",
                            "Mopti",
                            "Tombouctou",
                            "Gao",
                            "Kidal",
                            "Bamako",
                            "Méthode");
            assertThat(document.getDocumentCatalog().getMarkInfo().isMarked()).isTrue();
            assertThat(document.getDocumentCatalog().getLanguage()).isEqualTo("fr");
        }
    }

    /** A health worker may open it on a telephone without a network: nothing is fetched, and little is sent. */
    @Test
    void asksNobodyForAnythingAndIsSmall() throws Exception {
        WrittenBulletin written = write("2026-W46");
        String page = written.html();

        assertThat(Files.size(written.htmlFile())).isLessThan(500 * 1024);
        assertThat(page).contains("default-src 'none'");
        assertThat(page.replace("http://www.w3.org/1999/xhtml", "").replace("http://www.w3.org/2000/svg", ""))
                .doesNotContain("http:", "https:", "src=", "href=", "url(", "@import", "<script");
        List<String> ids = Pattern.compile(" id=\"[^\"]*\"")
                .matcher(page)
                .results()
                .map(MatchResult::group)
                .toList();
        assertThat(ids).doesNotHaveDuplicates();
        NodeList images = written.document().getElementsByTagName("svg");
        assertThat(images.getLength()).isGreaterThan(5);
        for (int at = 0; at < images.getLength(); at++) {
            assertThat(((Element) images.item(at)).getAttribute("aria-label")).isNotBlank();
        }
    }

    @Test
    void saysOfAWeekWithoutDataThatThereIsNone() throws Exception {
        WrittenBulletin written = write("2026-W02");

        assertThat(written.html()).contains("cela ne veut pas dire zéro", "Aucun rapport n’était attendu");
        assertThat(written.rows("Par cercle")).contains(List.of("Kayes", "—", "—", "", "—", "—"));
        assertThat(written.pdf()).contains("Aucun cas n’est connu dans les 13 dernières semaines");
    }

    @Test
    void speaksEnglishToWhoAsks() throws Exception {
        WrittenBulletin written = write("2026-W46", "--lang", "en");

        assertThat(written.rows("Cases by disease"))
                .containsExactly(List.of("Measles", "—", "—", "4", "17", "▲", "3", "2", "0", "41", "3"));
        assertThat(written.html())
                .contains("lang=\"en\"", "Monday 9 November 2026")
                .doesNotContain("Rougeole", "Cas par");
        assertThat(written.pdf()).contains("Silent sites", "Measles — — 4 17 ▲ 3 2 0");
    }

    @Test
    void hidesWhatWhoAsksMayNotSee() throws Exception {
        exchange.withoutSmallCounts();
        exchange.line("2026-W46", "", "ML", "meningitis", "hidden,,,,*,*,*", REPORTS)
                .line("2026-W46", "region", "ML03", "measles", "hidden,,,,*,*,*", "2,2,2");
        WrittenBulletin written = write("2026-W46");

        assertThat(written.remarks()).contains("version publiable");
        assertThat(written.htmlFile().getFileName()).hasToString("bulletin-2026-W46-public.html");
        assertThat(written.rows("Cas par maladie et par région")).contains(List.of("Sikasso", "* († *)", "—"));
        assertThat(written.rows("Cas par maladie"))
                .contains(List.of("Méningite (cérébro-spinale, bactérienne)", "—", "—", "—", "*", "", "*", "*", "—"));
        assertThat(written.html())
                .contains("Version publiable")
                .doesNotContain("CSCom", "nouvelle", "Fausse alerte", "100 000 hab.", "Penta", "Diffusion restreinte");
        // A sum with something hidden in it is hidden.
        assertThat(written.html()).contains("<strong>*</strong>");
    }

    @Test
    void asksOnlyForWhatIsPublishableWhenToldTo() throws Exception {
        write("2026-W46", "--publishable");

        assertThat(exchange.asked()).hasSize(28).allMatch(each -> each.startsWith("Measure/$idsr-publishable?"));
    }

    @Test
    void doesNotTakeWhatIsHiddenForNone() throws Exception {
        exchange.line("2026-W46", "region", "ML03", "measles", "hidden,,,,*,*,*", "2,2,2")
                .line("2026-W40", "region", "ML04", "cholera", "hidden,,,,*,*,*", "2,2,2")
                .line("2026-W40", "", "ML", "meningitis", "hidden,,,,*,*,*", REPORTS)
                .line("2026-W46", "cercle", "ML0301", "measles", "hidden,,,,*,*,*", "2,2,2");
        WrittenBulletin written = write("2026-W46", "--publishable");

        assertThat(written.page("Sikasso"))
                .contains("Effectifs masqués dans les 13 dernières semaines : Rougeole.")
                .doesNotContain("Aucun cas");
        assertThat(written.rowsOn("Sikasso", "Par cercle"))
                .contains(List.of("Kadiolo", "*", "*", "—", "", "*", "100 %"));
        assertThat(written.page("Ségou"))
                .contains("Effectifs masqués dans les 13 dernières semaines : Choléra.")
                .doesNotContain("Aucun cas");
        assertThat(written.page("Mopti")).contains("Aucun cas").doesNotContain("masqués");
        assertThat(written.html()).contains("Effectifs masqués dans les 13 dernières semaines : Méningite.");
    }

    @Test
    void saysInEnglishTooThatCountsAreHidden() throws Exception {
        exchange.line("2026-W40", "region", "ML04", "cholera", "hidden,,,,*,*,*", "2,2,2");

        assertThat(write("2026-W46", "--publishable", "--lang", "en").page("Ségou"))
                .contains("Counts hidden in the last 13 weeks: Cholera.")
                .doesNotContain("No case");
    }

    @Test
    void doesNotTakeHiddenDeathsForNone() throws Exception {
        exchange.line("2026-W46", "region", "ML05", "measles", "counted,,,,12,9,*", "2,2,2")
                .line("2026-W46", "region", "ML06", "measles", "counted,,,,12,9,0", "2,2,2");

        assertThat(write("2026-W46", "--publishable").rows("Cas par maladie et par région"))
                .contains(List.of("Mopti", "12 († *)"), List.of("Tombouctou", "12"));
    }

    @Test
    void refusesAnAnswerThatIsNoReport() {
        String[] others = {"", "<html><body>Connectez-vous</body></html>", "place,disease\r\nML,measles\r\n", "\r\n"};
        for (String other : others) {
            exchange.answersInstead(other);
            ProgramRun run = run("2026-W46", "--publishable");

            assertThat(run.status()).isEqualTo(3);
            assertThat(run.remarks()).contains("n’est pas le rapport attendu", "suspected_cases");
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void refusesAReportThatCannotBeRead() {
        exchange.line("2026-W46", "", "ML", "rabies", "counted,,,,beaucoup,0,0", REPORTS);
        ProgramRun run = run("2026-W46");

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.remarks()).contains("n’est pas le rapport attendu", "beaucoup");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void countsAnAlertAsNewThatBeganAndEndedInTheWeek() throws Exception {
        exchange.alert("d", "yellow-fever", "ML0301", "Bougouni", "2026-11-09", "2026-11-13");
        WrittenBulletin written = write("2026-W46");

        assertThat(written.rows("Nouvelles : 2 · en cours : 0 · closes dans la semaine : 2"))
                .contains(List.of(
                        "Fièvre jaune",
                        "Bougouni",
                        "Seuil d’alerte",
                        "09/11/2026",
                        "09/11/2026",
                        "nouvelle, close le 13/11/2026 : Fausse alerte"));
        assertThat(written.html()).contains("<strong>2</strong>\n<span>nouvelles alertes</span>");
    }

    /**
     * Where the commune of a person is not known, the alert is on the site; and codes of another division are others.
     */
    @Test
    void putsAnAlertOnASiteOnThePageOfItsRegion() throws Exception {
        String division = "https://keneya.ml/fhir/CodeSystem/ml-administrative-division-";
        exchange.alert("d", "yellow-fever", "https://keneya.ml/id/facility|cscom-parle", "CSCom", "2026-11-09")
                .alert("e", "yellow-fever", "https://keneya.ml/id/facility|ML03-9", "Site de nulle part", "2026-11-09")
                .alert("f", "yellow-fever", division + "2023|ML0301", "Ailleurs", "2026-11-09");
        WrittenBulletin written = write("2026-W46");

        assertThat(written.rowsOn("Kayes", "Nouvelles : 2")).hasSize(2).anyMatch(row -> row.contains("CSCom"));
        assertThat(written.page("Sikasso"))
                .contains("Aucune alerte connue dans cette région")
                .contains("Alertes dont la région n’est pas connue : 2, dans la liste du pays.")
                .doesNotContain("Site de nulle part", "Ailleurs");
        assertThat(written.rows("Nouvelles : 4")).hasSize(5);
    }

    @Test
    void keepsSmallCountsFromOtherUsersOfTheMachine() throws Exception {
        WrittenBulletin restricted = write("2026-W46");
        assertThat(restricted.readers()).containsExactly("rw-------", "rw-------");
    }

    @Test
    void letsEverybodyReadWhatIsPublishable() throws Exception {
        assertThat(write("2026-W46", "--publishable").readers()).allMatch(each -> each.endsWith("r--"));
    }

    @Test
    void asksForNoAlertThatEndedLongBefore() throws Exception {
        write("2026-W46");

        assertThat(exchange.asked())
                .filteredOn(each -> each.startsWith("Task?"))
                .hasSize(2)
                .anyMatch(each -> each.contains("status=draft,requested,received,accepted,ready,in-progress,on-hold"))
                .anyMatch(each -> each.contains("status=completed") && each.contains("_lastUpdated=ge2026-10-12"));
        assertThat(exchange.asked())
                .filteredOn(each -> each.startsWith("Flag?"))
                .hasSize(1)
                .allMatch(each -> each.contains("date=ge2026-11-09&date=lt2026-11-16"));
        // As decision 0091 counts them.
        assertThat(exchange.asked()).hasSize(45);
    }

    @Test
    void writesManyWeeksInTablesThatFit() throws Exception {
        exchange.line("2026-W22", "", "ML", "measles", "counted,,,,5,0,0", REPORTS);
        WrittenBulletin written = write("2026-W46", "--weeks", "27");

        assertThat(written.columns("Chiffres des courbes, S20 à S32"))
                .hasSize(14)
                .contains("S20", "S32");
        assertThat(written.columns("Chiffres des courbes, S33 à S45")).hasSize(14);
        assertThat(written.columns("Chiffres des courbes, S46 à S46")).containsExactly("Maladie", "S46");
        assertThat(written.rows("Chiffres des courbes, S20 à S32").get(0)).contains("Rougeole", "5");
    }

    @Test
    void showsWhatWasWithdrawn() throws Exception {
        exchange.line("2026-W46", "", "ML", "yellow-fever", "withdrawn,,,,0,0,0", REPORTS);

        assertThat(write("2026-W46").rows("Cas par maladie"))
                .contains(List.of("Fièvre jaune", "—", "—", "—", "0 (r)", "", "0 (r)", "0 (r)", "—", "—", "—"));
    }

    @Test
    void hasTheLettersOfTheLanguagesOfMali() throws Exception {
        exchange.alert("d", "yellow-fever", "ML0301", "Ɔrɔdugu Ɲɛna Ŋa Ɛ", "2026-11-09", "");

        assertThat(write("2026-W46").pdf()).contains("Ɔrɔdugu Ɲɛna Ŋa Ɛ");
    }

    @Test
    void refusesAWeekThatIsNotThere() {
        ProgramRun none = run("2026-W54");
        ProgramRun toCome = run("2026-W50");
        ProgramRun running = run("2026-W47", "--publishable");

        assertThat(none.status()).isEqualTo(2);
        assertThat(none.remarks()).contains("La valeur « 2026-W54 » ne convient pas pour --week");
        assertThat(toCome.status()).isEqualTo(2);
        assertThat(toCome.remarks()).contains("ne commence que le 2026-12-07", "--week 2026-W46");
        assertThat(running.status()).isEqualTo(2);
        assertThat(running.remarks()).contains("n’est pas terminée", "--week 2026-W46");
        assertThat(exchange.asked()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void refusesADiseaseThatIsNotThere() {
        ProgramRun run = run("2026-W46", "--disease", "rougeole");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.remarks()).contains("Maladie inconnue : rougeole", "measles");
    }

    private ProgramRun run(String week, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("bulletin", "--week", week, "--base", exchange.base(), "--out", folder.toString()));
        arguments.addAll(List.of(more));
        return ProgramRun.of(arguments.toArray(String[]::new));
    }

    private WrittenBulletin write(String week, String... more) throws Exception {
        ProgramRun run = run(week, more);
        assertThat(run.remarks() + run.results()).contains("bulletin-" + week);
        assertThat(run.status()).isZero();
        try (var files = Files.list(folder)) {
            Path html = files.filter(file -> file.toString().endsWith(".html"))
                    .findFirst()
                    .orElseThrow();
            return new WrittenBulletin(html, run.remarks());
        }
    }
}
