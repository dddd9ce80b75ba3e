package ml.keneya.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipOutputStream;
import ml.keneya.load.test.ChildProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads what publishers distribute; the content is made up here. */
class TerminologyTest extends TerminologyLoads {

    @Test
    void readsLoincAloneAndSaysWhatItsFileDoesNotSay() throws IOException {
        write("Loinc.csv", """
                "LOINC_NUM","COMPONENT","PROPERTY","STATUS","SHORTNAME","LONG_COMMON_NAME"
                "1-1","Body weight","Mass","ACTIVE","Weight","Body weight, measured"
                "2-9","Old","Mass","DEPRECATED","Old","Old ""quoted"" thing"
                """);
        exchange.thenAnswer(200, state(0, false))
                .thenAnswer(200, state(1, false))
                .thenAnswer(200, state(1, true));

        ProgramRun unsaid = load(folder.resolve("Loinc.csv"));
        ProgramRun run = load(folder.resolve("Loinc.csv"), "--edition", "0.1");

        assertThat(unsaid.status()).isEqualTo(2);
        assertThat(unsaid.remarks()).contains("--edition");
        assertThat(run.status()).isZero();
        assertThat(run.results()).contains("Chargé : LOINC, version 0.1");
        assertThat(query(0)).containsEntry("system", "http://loinc.org").containsEntry("piece", "0");
        assertThat(query(0).get("copyright")).contains("Regenstrief");
        assertThat(query(2)).containsEntry("piece", "1").containsEntry("complete", "true");
        assertThat(facts())
                .contains(
                        "{\"concept\":\"1-1\"}",
                        "{\"name\":\"Body weight, measured\",\"of\":\"1-1\",\"key\":\"1-1|en\",\"language\":\"en\",\"rank\":0}",
                        "{\"property\":\"PROPERTY\",\"of\":\"1-1\",\"value\":\"Mass\"}",
                        "{\"concept\":\"2-9\",\"inactive\":true}",
                        "{\"name\":\"Old \\\"quoted\\\" thing\",\"of\":\"2-9\",\"key\":\"2-9|en\",\"language\":\"en\",\"rank\":0}");
    }

    @Test
    void readsLoincInItsArchiveWithHierarchyAnswersAndFrench() throws IOException {
        Path archive = folder.resolve("Loinc_0.9.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            entry(zip, "LoincTable/Loinc.csv", "LOINC_NUM,STATUS,LONG_COMMON_NAME\n1-1,ACTIVE,Weight\n");
            entry(
                    zip,
                    "AccessoryFiles/ComponentHierarchyBySystem/ComponentHierarchyBySystem.csv",
                    "PATH_TO_ROOT,SEQUENCE,IMMEDIATE_PARENT,CODE,CODE_TEXT\n,1,,LP1-1,Body\nLP1-1,1,LP1-1,1-1,Weight\n");
            entry(
                    zip,
                    "AccessoryFiles/AnswerFile/AnswerList.csv",
                    "AnswerListId,AnswerStringId,DisplayText\nLL1-9,LA6-8,Yes\nLL2-7,,External\n");
            entry(
                    zip,
                    "AccessoryFiles/LinguisticVariants/frFR18LinguisticVariant.csv",
                    "LOINC_NUM,COMPONENT,LinguisticVariantDisplayName\n1-1,Poids,Poids corporel\n");
            entry(zip, "LoincTableCore/LoincTableCore.csv", "LOINC_NUM\n9-9\n");
        }
        exchange.thenAnswer(200, state(0, false))
                .thenAnswer(200, state(1, false))
                .thenAnswer(200, state(1, true));

        assertThat(load(archive).status()).isZero();
        assertThat(query(0)).containsEntry("version", "0.9");
        assertThat(facts())
                .contains(
                        "{\"name\":\"Poids corporel\",\"of\":\"1-1\",\"key\":\"1-1|fr-FR\",\"language\":\"fr-FR\",\"rank\":0}",
                        "{\"parent\":\"LP1-1\",\"of\":\"1-1\"}",
                        "{\"concept\":\"LP1-1\"}",
                        "{\"concept\":\"LA6-8\"}",
                        "{\"property\":\"LIST\",\"of\":\"LA6-8\",\"value\":\"LL1-9\"}")
                .noneMatch(fact -> fact.contains("9-9"));
    }

    @Test
    void readsASnapshotOfSnomedInAFolder() throws IOException {
        Path release = Files.createDirectories(folder.resolve("Release/Snapshot/Terminology"));
        Files.writeString(release.resolve("sct2_Concept_Snapshot_INT_20990101.txt"), """
                id\teffectiveTime\tactive\tmoduleId\tdefinitionStatusId
                100\t20990101\t1\t9\t9
                200\t20990101\t0\t9\t9
                """);
        Files.writeString(release.resolve("sct2_Description_Snapshot-en_INT_20990101.txt"), """
                id\teffectiveTime\tactive\tmoduleId\tconceptId\tlanguageCode\ttypeId\tterm\tcaseSignificanceId
                11\t20990101\t1\t9\t100\ten\t900000000000003001\tFever (finding)\t9
                12\t20990101\t1\t9\t100\ten\t900000000000013009\t"Hot" fever\t9
                13\t20990101\t0\t9\t100\ten\t900000000000013009\tNo longer\t9
                """);
        Files.writeString(release.resolve("der2_cRefset_LanguageSnapshot-en_INT_20990101.txt"), """
                id\teffectiveTime\tactive\tmoduleId\trefsetId\treferencedComponentId\tacceptabilityId
                a\t20990101\t1\t9\t900000000000509007\t12\t900000000000548007
                b\t20990101\t1\t9\t900000000000509007\t11\t900000000000549004
                """);
        Files.writeString(release.resolve("sct2_Relationship_Snapshot_INT_20990101.txt"), """
                id\teffectiveTime\tactive\tmoduleId\tsourceId\tdestinationId\trelationshipGroup\ttypeId\tcharacteristicTypeId\tmodifierId
                1\t20990101\t1\t9\t100\t138\t0\t116680003\t9\t9
                2\t20990101\t1\t9\t100\t555\t0\t363698007\t9\t9
                3\t20990101\t0\t9\t100\t999\t0\t116680003\t9\t9
                """);
        Files.writeString(release.resolve("der2_iisssccRefset_ExtendedMapSnapshot_INT_20990101.txt"), """
                id\teffectiveTime\tactive\tmoduleId\trefsetId\treferencedComponentId\tmapGroup\tmapPriority\tmapRule\tmapAdvice\tmapTarget\tcorrelationId\tmapCategoryId
                x\t20990101\t1\t9\t447562003\t100\t1\t1\tTRUE\tALWAYS R50.9\tR50.9\t9\t9
                """);
        exchange.thenAnswer(200, state(0, false))
                .thenAnswer(200, state(1, false))
                .thenAnswer(200, state(1, true));

        assertThat(load(folder.resolve("Release")).status()).isZero();
        assertThat(query(0))
                .containsEntry("system", "http://snomed.info/sct")
                .containsEntry("version", "http://snomed.info/sct/900000000000207008/version/20990101");
        assertThat(facts())
                .containsExactly(
                        "{\"concept\":\"100\"}",
                        "{\"concept\":\"200\",\"inactive\":true}",
                        "{\"name\":\"Fever (finding)\",\"of\":\"100\",\"key\":\"11\",\"language\":\"en\",\"rank\":5}",
                        "{\"name\":\"\\\"Hot\\\" fever\",\"of\":\"100\",\"key\":\"12\",\"language\":\"en\",\"rank\":3}",
                        "{\"prefer\":\"12\",\"rank\":0}",
                        "{\"parent\":\"138\",\"of\":\"100\"}",
                        "{\"target\":\"R50.9\",\"of\":\"100\",\"map\":\"http://snomed.info/sct?fhir_cm=447562003\","
                                + "\"system\":\"http://hl7.org/fhir/sid/icd-10\",\"position\":1001}");
    }

    @Test
    void readsATableWithNamesInTwoLanguages() throws IOException {
        write("cim.csv", "\uFEFFCode;Libellé;Display_en;Parent;Statut\nA00;Choléra;Cholera;I;\nB99;Vieux;;I;retiré\n");
        exchange.thenAnswer(200, state(0, false))
                .thenAnswer(200, state(1, false))
                .thenAnswer(200, state(1, true));

        assertThat(load(folder.resolve("cim.csv"), "--system", "http://hl7.org/fhir/sid/icd-10", "--edition", "x")
                        .status())
                .isZero();
        assertThat(facts())
                .contains(
                        "{\"name\":\"Choléra\",\"of\":\"A00\",\"key\":\"A00|libelle\",\"language\":\"fr\",\"rank\":0}",
                        "{\"name\":\"Cholera\",\"of\":\"A00\",\"key\":\"A00|display_en\",\"language\":\"en\",\"rank\":0}",
                        "{\"parent\":\"I\",\"of\":\"A00\"}",
                        "{\"concept\":\"B99\",\"inactive\":true}");
    }

    /** The server's {@code PublishedSystemsIT} reads the same lines; {@code -Dkeneya.write=true} writes them anew. */
    @ParameterizedTest
    @ValueSource(strings = {"loinc", "claml", "snomed"})
    void sendsTheLinesThatTheExchangeIsTestedWith(String form) throws IOException {
        Path samples = Path.of("src/test/resources/terminology");
        exchange.thenAnswer(200, state(0, false))
                .thenAnswer(200, state(1, false))
                .thenAnswer(200, state(1, true));

        assertThat(load(samples.resolve(form), "--edition", "0.9").status()).isZero();

        Path lines = samples.resolve(form + ".ndjson");
        if (Boolean.getBoolean("keneya.write")) {
            Files.write(lines, facts());
        }
        assertThat(facts()).containsExactlyElementsOf(Files.readAllLines(lines));
    }

    @Test
    void sendsOnlyWhatTheExchangeDoesNotHave() throws IOException {
        write("big.csv", table(6_000));
        exchange.thenAnswer(200, state(2, false))
                .thenAnswer(200, state(3, false))
                .thenAnswer(200, state(3, true));

        ProgramRun run = load(folder.resolve("big.csv"), "--system", "https://example.org/x", "--edition", "1");

        assertThat(run.status()).isZero();
        assertThat(run.remarks()).contains("Reprise : 2 morceaux");
        assertThat(query(1)).containsEntry("piece", "3").doesNotContainKey("complete");
        assertThat(query(2)).containsEntry("piece", "3").containsEntry("complete", "true");
        // 6 000 concepts and names are two pieces of 5 000 facts and one of 2 000.
        assertThat(facts()).hasSize(2_000).contains("{\"concept\":\"C6000\"}");
    }

    @Test
    void goesOnAfterItWasKilled() throws Exception {
        write("big.csv", table(6_000));
        Path file = folder.resolve("big.csv");
        exchange.thenAnswer(200, state(0, false))
                .thenAnswer(200, state(1, false))
                .thenStall();
        try (ChildProgram killed = ChildProgram.start(
                folder,
                "terminology",
                "load",
                "--base",
                exchange.base(),
                "--system",
                "https://example.org/x",
                "--edition",
                "1",
                file.toString())) {
            while (exchange.requests().size() < 3) {
                Thread.onSpinWait();
            }
            killed.kill();
            killed.exitStatus();
        }
        exchange.thenAnswer(200, state(1, false))
                .thenAnswer(200, state(2, false))
                .thenAnswer(200, state(3, false))
                .thenAnswer(200, state(3, true));

        ProgramRun run = load(file, "--system", "https://example.org/x", "--edition", "1");

        assertThat(run.status()).isZero();
        assertThat(pieces()).containsExactly("0", "1", "2", "0", "2", "3", "3");
        // What was under way when it was killed is sent again exactly as it was.
        assertThat(text(2)).isEqualTo(text(4));
        assertThat(query(3).get("digest")).isEqualTo(query(0).get("digest"));
    }

    /**
     * A name without a language is another fact in another one; so what was begun in one is not gone on with in the
     * other.
     */
    @Test
    void beginsAnewInAnotherLanguage() throws IOException {
        Path file = Files.writeString(folder.resolve("list.csv"), "code,display\nA,Fièvre\n");
        for (int run = 0; run < 2; run++) {
            exchange.thenAnswer(200, state(0, false))
                    .thenAnswer(200, state(1, false))
                    .thenAnswer(200, state(1, true));
        }

        load(file, "--system", "https://example.org/x", "--edition", "1", "--language", "en");
        load(file, "--system", "https://example.org/x", "--edition", "1", "--language", "fr");

        assertThat(query(3).get("digest")).isNotNull().isNotEqualTo(query(0).get("digest"));
    }

    @Test
    void sendsNothingOfWhatIsLoaded() throws IOException {
        write("big.csv", table(10));
        exchange.thenAnswer(200, state(1, true));

        ProgramRun run = load(folder.resolve("big.csv"), "--system", "https://example.org/x", "--edition", "1");

        assertThat(run.status()).isZero();
        assertThat(run.results()).contains("Déjà chargé");
        assertThat(exchange.requests()).hasSize(1);
    }

    @Test
    void keepsTheOtherColumnsOfATableAsProperties() throws IOException {
        write("places.csv", "code,display,commune,Région 2023,lon\nML010101001,Bambela,ML010101,01,\n");
        exchange.thenAnswer(200, state(0, false))
                .thenAnswer(200, state(1, false))
                .thenAnswer(200, state(1, true));

        assertThat(load(folder.resolve("places.csv"), "--system", "https://example.org/x", "--edition", "1")
                        .status())
                .isZero();
        assertThat(facts())
                .containsExactly(
                        "{\"concept\":\"ML010101001\"}",
                        "{\"name\":\"Bambela\",\"of\":\"ML010101001\",\"key\":\"ML010101001|display\",\"language\":\"fr\",\"rank\":0}",
                        "{\"property\":\"commune\",\"of\":\"ML010101001\",\"value\":\"ML010101\"}",
                        "{\"property\":\"region-2023\",\"of\":\"ML010101001\",\"value\":\"01\"}");
    }

    @Test
    void explainsFilesThatItCannotRead() throws IOException {
        write("notes.pdf", "%PDF");
        write("nothing.csv", "Nom;Lieu\nx;y\n");
        Files.write(folder.resolve("latin.csv"), "code;libellé\nA;é\n".getBytes(StandardCharsets.ISO_8859_1));
        exchange.thenAnswer(200, state(0, false)).thenAnswer(200, state(0, false));

        assertThat(load(folder.resolve("none.zip")).remarks()).contains("n’existe pas");
        assertThat(load(folder.resolve("notes.pdf")).remarks()).contains("aucune des formes connues");
        assertThat(load(folder.resolve("nothing.csv"), "--system", "https://example.org/x", "--edition", "1")
                        .remarks())
                .contains("il manque la colonne « code »");
        ProgramRun latin = load(folder.resolve("latin.csv"), "--system", "https://example.org/x", "--edition", "1");
        assertThat(latin.remarks()).contains("UTF-8");
        assertThat(latin.status()).isEqualTo(2);
    }

    @Test
    void listsAndRemoves() {
        exchange.thenAnswer(200, """
                {"resourceType":"Parameters","parameter":[{"name":"system","part":[
                 {"name":"url","valueUri":"http://loinc.org"},{"name":"version","valueString":"2.99"},
                 {"name":"title","valueString":"LOINC"},{"name":"whole","valueBoolean":true},
                 {"name":"concepts","valueInteger":42}]}]}
                """).thenAnswer(200, state(1, true));

        ProgramRun list = ProgramRun.of("terminology", "list", "--base", exchange.base());
        ProgramRun removal =
                ProgramRun.of("terminology", "remove", "--base", exchange.base(), "http://loinc.org", "2.99");

        assertThat(list.results()).contains("chargé", "http://loinc.org", "2.99", "42 codes");
        assertThat(removal.results()).contains("Retiré");
        assertThat(exchange.requests().get(1).path()).contains("$remove-concepts?system=http%3A%2F%2Floinc.org");
    }

    private static String table(int concepts) {
        StringBuilder table = new StringBuilder("code,display\n");
        for (int number = 1; number <= concepts; number++) {
            table.append("C%d,Concept %d\n".formatted(number, number));
        }
        return table.toString();
    }
}
