package ml.keneya.load;

import static ml.keneya.load.test.ReceivingExchange.answer;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import ml.keneya.load.test.ReceivingExchange;
import ml.keneya.profiles.MalianValidator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vaccination register with a line a child and a column a dose: {@code load csv MAPPING FILE}. */
class LoadRegisterTest {
    private static final Path EXAMPLE =
            Path.of(System.getProperty("basedir", "")).resolve("integration/registre-de-vaccination");
    private static final String HEADINGS = "N;Nom;Genre;Penta 1;Lot\n";

    @TempDir
    Path folder;

    private ReceivingExchange exchange;
    private Path mapping;
    private Path register;

    @BeforeEach
    void start() throws IOException {
        exchange = new ReceivingExchange();
        mapping = write("correspondance.yaml", """
                site: csref-kita
                registre:
                  colonnes: {numero: N, nom: Nom, sexe: Genre}
                  valeurs: {sexe: {Garçon: M}}
                  vaccinations:
                    Penta 1: {vaccin: PENTA, dose: 1, lot: Lot}
                """);
        register = write("registre.csv", HEADINGS + "17;Keïta;Garçon;16/02/2026;L-1\n18;Sissoko;F;;\n");
    }

    @AfterEach
    void stop() {
        exchange.close();
    }

    @Test
    void theExampleSendsEveryChildWithTheDosesOfItsLine() throws IOException {
        ProgramRun run = load(EXAMPLE.resolve("correspondance.yaml"), EXAMPLE.resolve("registre.csv"));

        assertThat(run.remarks()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.results()).contains("Personnes : 3 · acceptées : 3 (dont déjà reçues : 0 ; ressources : 14)");
        assertThat(exchange.deliveries()).hasSize(3).allSatisfy(delivery -> {
            assertThat(delivery.facility()).isEqualTo("cscom-sanankoroba");
            assertThat(MalianValidator.errors(MalianValidator.shared().validateBundle(delivery.text())))
                    .isEmpty();
        });
        assertThat(doses())
                .contains(
                        "VPO 0 2026-01-05 ",
                        "PENTA 1 2026-02-16 PENTA25-0911",
                        "PENTA 3 2026-04-20 ",
                        "RR 1 2026-10-06 ")
                .hasSize(11);
    }

    @Test
    void namesADoseAsTheFolderOfSpreadsheetsDoes() {
        load(mapping, register);

        assertThat(entries().stream()
                        .map(entry -> entry.path("request").path("url").asText())
                        .filter(url -> url.startsWith("Immunization")))
                .containsExactly(
                        "Immunization?identifier=https://keneya.ml/id/site/csref-kita/immunization|17/PENTA/1");
    }

    @Test
    void holdsBackAChildWithAFaultAndSaysLineAndColumnOfTheRegister() throws IOException {
        write("registre.csv", HEADINGS + "17;Keïta;Garçon;oui;L-1\n18;Sissoko;F;;L-2\n19;Touré;F;01/03/2026;\n");

        ProgramRun run = load(mapping, register);

        assertThat(run.status()).isEqualTo(3);
        assertThat(Files.readString(folder.resolve("registre.csv.erreurs.csv")))
                .contains("2,Penta 1,oui,Ce n’est pas une date qui existe.")
                .contains("3,Penta 1,,Il manque « Penta 1 ».");
        assertThat(exchange.deliveries())
                .singleElement()
                .satisfies(delivery -> assertThat(delivery.text()).contains("Touré"));
    }

    @Test
    void leadsWhatTheServerSaysBackToTheColumnOfTheDose() throws IOException {
        exchange.objecting((wire, delivery) -> {
            answer(wire, 422, """
                    {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"invalid",\
                    "diagnostics":"Avant la naissance.","expression":["Bundle.entry[1].resource.occurrence"]}]}""");
            return true;
        });
        write("registre.csv", HEADINGS + "17;Keïta;Garçon;16/02/2026;\n");

        load(mapping, register);

        assertThat(Files.readString(folder.resolve("registre.csv.erreurs.csv")))
                .contains("2,Penta 1,16/02/2026,Avant la naissance.");
    }

    @Test
    void sendsNothingWhereTheRegisterLacksAColumnOfTheMapping() throws IOException {
        write("registre.csv", "N;Nom;Genre;Penta 1\n17;Keïta;Garçon;16/02/2026\n");

        ProgramRun run = load(mapping, register);

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.remarks())
                .contains("La colonne « Lot » manque. Colonnes lues : N, Nom, Genre, Penta 1.", "Rien n’a été envoyé");
        assertThat(exchange.deliveries()).isEmpty();
    }

    @Test
    void namesAVaccineThatTheNationalListDoesNotHave() throws IOException {
        write("correspondance.yaml", "site: csref-kita\nregistre: {vaccinations: {Penta 1: {vaccin: PENTAA}}}\n");

        ProgramRun run = load(mapping, register);

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.remarks()).contains("« PENTAA » est inconnu. Possible :", "PENTA,");
    }

    @Test
    void asksForADescriptionOfTheRegister() throws IOException {
        write("correspondance.yaml", "site: csref-kita\n");

        ProgramRun run = load(mapping, register);

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.remarks()).contains("il manque « registre »");
    }

    private ProgramRun load(Path first, Path second) {
        return ProgramRun.of("load", "csv", first.toString(), second.toString(), "--base", exchange.base());
    }

    private List<JsonNode> entries() {
        List<JsonNode> entries = new ArrayList<>();
        exchange.deliveries()
                .forEach(delivery -> delivery.bundle().path("entry").forEach(entries::add));
        return entries;
    }

    private List<String> doses() {
        return entries().stream()
                .map(entry -> entry.path("resource"))
                .filter(record -> record.path("resourceType").asText().equals("Immunization"))
                .map(record -> "%s %s %s %s"
                        .formatted(
                                record.at("/vaccineCode/coding/0/code").asText(),
                                record.at("/protocolApplied/0/doseNumberPositiveInt")
                                        .asText(record.at("/protocolApplied/0/doseNumberString")
                                                .asText()),
                                record.path("occurrenceDateTime").asText(),
                                record.path("lotNumber").asText()))
                .toList();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
    }
}
