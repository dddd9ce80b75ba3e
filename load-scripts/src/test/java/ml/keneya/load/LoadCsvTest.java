package ml.keneya.load;

import static ml.keneya.load.test.ReceivingExchange.answer;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import ml.keneya.load.test.ReceivingExchange;
import ml.keneya.profiles.MalianValidator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadCsvTest {
    @TempDir
    Path folder;

    private ReceivingExchange exchange;

    @BeforeEach
    void writeAnExport() throws IOException {
        exchange = new ReceivingExchange();
        write("patients.csv", """
                Numéro;Nom;Prénom;Sexe;Naissance;Téléphone;Commune
                2026-1;Samaké;Aïssata;F;10/02/2026;+22370000017;Sanankoroba, Kati
                2026-2;Coulibaly;Moussa;M;1980;;ML020531
                """);
        write("contacts.csv", """
                numero,patient,date,heure,type,motif
                C1,2026-1,12/11/2026,08:40,vaccination,Vaccination des 9 mois
                C2,2026-2,2026-11-13,,consultation,"Fièvre,
                toux"
                """);
        write("diagnostics.csv", """
                patient,contact,debut,maladie,cim10,libelle,classement
                2026-2,C2,2026-11-10,measles,B05.9,Rougeole,suspect
                2026-2,C2,2026-11-10,hiv,B24,,
                """);
        write("vaccinations.csv", """
                patient,contact,date,vaccin,dose,lot,peremption,origine
                2026-1,C1,2026-11-12,RR,1,RR26-0381,2027-08-31,site
                2026-1,,2026-02-10,VPO,0,,,carnet
                """);
        write("mesures.csv", "patient,contact,date,mesure,valeur\n2026-1,C1,2026-11-12,poids,\"7,6\"\n");
    }

    @AfterEach
    void stop() {
        exchange.close();
    }

    @Test
    void sendsOneValidBundleAPersonAsItsSite() {
        ProgramRun run = load();

        assertThat(run.remarks()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.results()).contains("Personnes : 2 · acceptées : 2 (dont déjà reçues : 0 ; ressources : 9)");
        assertThat(exchange.deliveries()).hasSize(2).allSatisfy(delivery -> {
            assertThat(delivery.facility()).isEqualTo("cscom-sanankoroba");
            assertThat(delivery.text()).contains("\"city\":\"Sanankoroba\"");
            assertThat(MalianValidator.errors(MalianValidator.shared().validateBundle(delivery.text())))
                    .isEmpty();
        });
    }

    @Test
    void recordsConformToTheProfilesOfTheirTypes() {
        load();

        for (JsonNode entry : entries()) {
            String record = entry.path("resource").toString();
            String profile =
                    "ml-" + entry.path("resource").path("resourceType").asText().toLowerCase(java.util.Locale.ROOT);
            assertThat(MalianValidator.errors(MalianValidator.shared().validate(record, profile)))
                    .as(record)
                    .isEmpty();
        }
    }

    @Test
    void labelsADiagnosisOfHivThatNobodyLabelled() {
        load();

        assertThat(entries().stream().map(JsonNode::toString).filter(text -> text.contains("\"hiv\"")))
                .singleElement()
                .asString()
                .contains("\"code\":\"HIV\"");
        assertThat(entries().stream().map(JsonNode::toString).filter(text -> text.contains("\"measles\"")))
                .singleElement()
                .asString()
                .doesNotContain("HIV");
    }

    @Test
    void sendsWithoutANameSoThatACorrectionCanBeTakenBack() throws IOException {
        load();
        ProgramRun again = load();
        Files.writeString(
                folder.resolve("mesures.csv"), "patient,contact,date,mesure,valeur\n2026-1,C1,2026-11-12,poids,7.9\n");
        ProgramRun corrected = load();

        assertThat(exchange.deliveries())
                .allSatisfy(delivery -> assertThat(delivery.key()).isEmpty());
        assertThat(again.results()).contains("dont déjà reçues : 2");
        assertThat(corrected.results()).contains("acceptées : 2 (dont déjà reçues : 1");
        assertThat(entries().stream()
                        .filter(entry -> entry.path("resource")
                                .path("resourceType")
                                .asText()
                                .equals("Observation"))
                        .map(entry -> entry.path("request").path("url").asText()))
                .containsOnly("Observation?identifier=https://keneya.ml/id/site/cscom-sanankoroba/observation"
                        + "|2026-1/poids/2026-11-12/C1");
    }

    /** A spreadsheet program that opens and saves the file writes its dates anew. */
    @Test
    void numbersRecordsByWhatIsMeantAndNotByHowItIsWritten() throws IOException {
        load();
        List<String> first = addresses();
        write("diagnostics.csv", """
                patient,contact,debut,maladie,cim10,libelle,classement
                2026-2,C2,10/11/2026,Measles,b05.9,Rougeole,suspect
                2026-2,C2,10/11/2026,HIV,b24,,
                """);
        write("vaccinations.csv", """
                patient,contact,date,vaccin,dose,lot,peremption,origine
                2026-1,C1,12/11/2026,rr,01,RR26-0381,31/08/2027,site
                2026-1,,10/02/2026,VPO,00,,,carnet
                """);
        write("mesures.csv", "patient,contact,date,mesure,valeur\n2026-1,C1,12/11/2026,Poids,\"7,6\"\n");

        ProgramRun again = load();

        assertThat(again.remarks()).isEmpty();
        assertThat(addresses()).hasSize(2 * first.size()).containsOnlyElementsOf(first);
    }

    @Test
    void labelsHivHoweverItIsWritten() throws IOException {
        write("diagnostics.csv", """
                patient,contact,debut,maladie,cim10,libelle
                2026-2,C2,2026-11-10,,b20,
                2026-2,C2,2026-11-11,,z21,
                2026-2,C2,2026-11-12,,R75,
                2026-2,C2,2026-11-13,,O98.7,
                2026-2,C2,2026-11-14,,,Infection à VIH connue
                2026-2,C2,2026-11-15,,,SIDA
                2026-2,,2026-11-16,,,Viande avariée
                """);

        load();

        assertThat(entries().stream()
                        .map(JsonNode::toString)
                        .filter(text -> text.contains("\"Condition\"") && text.contains("\"code\":\"HIV\"")))
                .hasSize(6);
        assertThat(entries().stream().map(JsonNode::toString).filter(text -> text.contains("avariée")))
                .singleElement()
                .asString()
                .doesNotContain("HIV");
    }

    @Test
    void holdsBackADoseOfAVaccineThatNobodyWouldCount() throws IOException {
        write("vaccinations.csv", "patient,date,vaccin,dose\n2026-1,2026-11-12,PENTAA,1\n");

        ProgramRun run = load();

        assertThat(run.remarks()).contains("vaccinations.csv, ligne 2, vaccin « PENTAA »", "PENTA,");
    }

    @Test
    void bringsADeathToAPersonWhoWasKnownBefore() throws IOException {
        exchange.server().createContext("/fhir/Patient", wire -> answer(wire, 200, """
                                {"resourceType":"Patient","id":"kept","meta":{"versionId":"4"},
                                 "name":[{"family":"Coulibaly","given":["Moussa","dit","Bakary"]}]}
                                """));
        exchange.objecting((wire, delivery) -> {
            if (!delivery.text().contains("ifNoneExist")) {
                return false;
            }
            answer(wire, 200, """
                    {"resourceType":"Bundle","type":"transaction-response",
                     "entry":[{"response":{"status":"200 OK","location":"Patient/kept/_history/4"}}]}""");
            return true;
        });
        write("patients.csv", "numero,nom,sexe,deces\n2026-2,Coulibaly,M,14/11/2026\n");
        for (String other : List.of("contacts.csv", "diagnostics.csv", "vaccinations.csv", "mesures.csv")) {
            Files.delete(folder.resolve(other));
        }

        ProgramRun run = load();

        assertThat(run.status()).isZero();
        JsonNode update = exchange.deliveries().get(1).bundle().path("entry").path(0);
        assertThat(update.at("/request/ifMatch").asText()).isEqualTo("W/\"4\"");
        assertThat(update.at("/resource/deceasedDateTime").asText()).isEqualTo("2026-11-14");
        assertThat(update.at("/resource/name/0/given/2").asText()).isEqualTo("Bakary");
    }

    @Test
    void takesWhatWasAcceptedLongAgoForReceived() {
        exchange.objecting((wire, delivery) -> {
            answer(wire, 422, """
                    {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"duplicate",
                     "details":{"coding":[{"code":"ML-INTAKE-013"}]}}]}""");
            return true;
        });

        ProgramRun run = load();

        assertThat(run.status()).isZero();
        assertThat(run.results()).contains("acceptées : 2 (dont déjà reçues : 2");
    }

    @Test
    void readsNoFileOutsideTheFolder() throws IOException {
        write("correspondance.yaml", "fichiers:\n  patients:\n    fichier: ../ailleurs.csv\n");

        assertThat(load().remarks()).contains("« fichier » doit nommer un fichier du dossier lui-même");
    }

    @Test
    void holdsBackWhoeverHasAFaultAndWritesLineColumnAndRemedyBesideTheFile() throws IOException {
        write("contacts.csv", """
                numero,patient,date,heure
                C1,2026-1,30/02/2026,08:40
                C2,2026-2,2026-11-13,
                C3,2026-9,2026-11-13,
                """);

        ProgramRun run = load();

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.results()).contains("acceptées : 1", "retenues pour une faute : 1");
        assertThat(Files.readString(folder.resolve("contacts.csv.erreurs.csv")))
                .startsWith("\uFEFFligne,colonne,valeur,faute,remède\r\n")
                .contains("2,date,30/02/2026,Ce n’est pas une date qui existe.")
                .contains("4,patient,2026-9,Ce patient n’est pas dans patients.csv.");
        assertThat(exchange.deliveries())
                .singleElement()
                .satisfies(delivery -> assertThat(delivery.text()).contains("Coulibaly"));
    }

    @Test
    void namesADiagnosisInFreeWordsWithoutTheSignsOfASearch() throws IOException {
        write("diagnostics.csv", "patient,contact,libelle\n2026-2,C2,\"Toux sèche, fièvre | 39 $\"\n");

        load();

        assertThat(entries().stream()
                        .map(entry -> entry.path("request").path("url").asText())
                        .filter(url -> url.startsWith("Condition")))
                .containsExactly("Condition?identifier=https://keneya.ml/id/site/cscom-sanankoroba/condition"
                        + "|2026-2/toux-seche-fievre-39/C2");
    }

    @Test
    void asksForAnotherNumberWhereASearchCouldNotFindIt() throws IOException {
        write("patients.csv", "numero,nom,sexe\n\"2026,1\",Keïta,M\n");

        ProgramRun run = load("--dry-run");

        assertThat(run.remarks()).contains("numero « 2026,1 » : Un numéro ne peut contenir de virgule");
    }

    @Test
    void removesTheFaultsOfAnEarlierRun() throws IOException {
        write("mesures.csv", "patient,date,mesure,valeur\n2026-1,2026-11-12,poids,lourd\n");
        load();
        assertThat(folder.resolve("mesures.csv.erreurs.csv")).exists();

        write("mesures.csv", "patient,date,mesure,valeur\n2026-1,2026-11-12,poids,8\n");
        load();

        assertThat(folder.resolve("mesures.csv.erreurs.csv")).doesNotExist();
    }

    @Test
    void leadsWhatTheServerSaysBackToLineAndColumn() throws IOException {
        exchange.objecting((wire, delivery) -> {
            if (!delivery.text().contains("Aïssata")) {
                return false;
            }
            answer(wire, 422, """
                    {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"invalid",\
                    "diagnostics":"Ce vaccin est inconnu.","expression":["Bundle.entry[3].resource.vaccineCode"]}]}""");
            return true;
        });

        ProgramRun run = load();

        assertThat(run.status()).isEqualTo(3);
        assertThat(Files.readString(folder.resolve("vaccinations.csv.erreurs.csv")))
                .contains("3,vaccin,VPO,Ce vaccin est inconnu.");
    }

    @Test
    void sendsNothingWhenAFileCannotBeReadAsAWhole() throws IOException {
        Files.writeString(
                folder.resolve("contacts.csv"), "numero,patient,date\nC1,2026-1,é\n", Charset.forName("windows-1252"));

        ProgramRun run = load();

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.remarks()).contains("contacts.csv, ligne 2", "pas en UTF-8", "Rien n’a été envoyé");
        assertThat(exchange.deliveries()).isEmpty();
    }

    @Test
    void readsAClinicsOwnNamesThroughAMapping() throws IOException {
        for (String name :
                List.of("contacts.csv", "diagnostics.csv", "vaccinations.csv", "mesures.csv", "patients.csv")) {
            Files.delete(folder.resolve(name));
        }
        write("registre.csv", "N° dossier;Nom de famille;Genre\n17;Keïta;Garçon\n");
        write("correspondance.yaml", """
                site: csref-kita
                fichiers:
                  patients:
                    fichier: registre.csv
                    colonnes: {numero: "N° dossier", nom: Nom de famille, sexe: Genre}
                    valeurs: {sexe: {Garçon: M, Fille: F}}
                """);

        ProgramRun run = ProgramRun.of("load", "csv", folder.toString(), "--base", exchange.base());

        assertThat(run.remarks()).isEmpty();
        assertThat(exchange.deliveries()).singleElement().satisfies(delivery -> {
            assertThat(delivery.facility()).isEqualTo("csref-kita");
            assertThat(delivery.text()).contains("\"gender\":\"male\"", "Keïta");
        });
    }

    @Test
    void namesAWordOfTheMappingThatItDoesNotKnow() throws IOException {
        write("correspondance.yaml", "fichiers:\n  patients:\n    colonnes: {numéro: N}\n");

        ProgramRun run = load();

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.remarks()).contains("« numéro » est inconnu. Possible :", "numero");
    }

    @Test
    void sendsNothingWhenOnlyAskedToCheck() {
        ProgramRun run = load("--dry-run");

        assertThat(run.results()).contains("prêtes à partir : 2", "rien n’a été envoyé");
        assertThat(exchange.deliveries()).isEmpty();
    }

    private List<String> addresses() {
        return entries().stream()
                .map(entry -> entry.path("request").path("url").asText())
                .filter(url -> url.contains("identifier="))
                .toList();
    }

    private List<JsonNode> entries() {
        return exchange.deliveries().stream()
                .flatMap(delivery -> {
                    List<JsonNode> entries = new java.util.ArrayList<>();
                    delivery.bundle().path("entry").forEach(entries::add);
                    return entries.stream();
                })
                .toList();
    }

    private ProgramRun load(String... options) {
        List<String> arguments = new java.util.ArrayList<>(List.of(
                "load", "csv", folder.toString(), "--facility", "cscom-sanankoroba", "--base", exchange.base()));
        arguments.addAll(List.of(options));
        return ProgramRun.of(arguments.toArray(String[]::new));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
    }
}
