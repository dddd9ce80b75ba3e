package ml.keneya.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import ml.keneya.load.test.ChildProgram;
import ml.keneya.load.test.ReceivingExchange;
import ml.keneya.profiles.MalianValidator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadFacilitiesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LIST = """
            code;nom;type;rattachement;commune;latitude;longitude;ouverture;fermeture
            cscom-sanankoroba;CSCom de Sanankoroba;CSCom;district-kati;ML020531;12,39;-7,95;2004-05-01;
            cscom-vieux;CSCom fermé;CSCom;district-kati;ML020531;;;;31/12/2020
            district-kati;District sanitaire de Kati;District sanitaire;drs-koulikoro;;;;;
            drs-koulikoro;Direction régionale de la santé;DRS;;;;;;
            """;

    @TempDir
    Path folder;

    private final Map<String, JsonNode> kept = new ConcurrentHashMap<>();
    private ReceivingExchange exchange;
    private Path file;

    @BeforeEach
    void start() throws IOException {
        exchange = new ReceivingExchange();
        file = folder.resolve("structures.csv");
        // What a search by ids finds of what was put.
        for (String type : List.of("Organization", "Location")) {
            exchange.server().createContext("/fhir/" + type, wire -> {
                String query = wire.getRequestURI().getQuery();
                Set<String> ids = Arrays.stream(
                                query.replaceFirst("^_id=", "").split("&")[0].split(","))
                        .collect(Collectors.toSet());
                ObjectNode bundle = JSON.createObjectNode().put("resourceType", "Bundle");
                ArrayNode entries = bundle.putArray("entry");
                ids.stream()
                        .map(id -> kept.get(type + "/" + id))
                        .filter(java.util.Objects::nonNull)
                        .forEach(record -> entries.addObject().set("resource", record));
                ReceivingExchange.answer(wire, 200, bundle.toString());
                wire.close();
            });
        }
        exchange.objecting((wire, delivery) -> {
            for (JsonNode entry : delivery.bundle().path("entry")) {
                ObjectNode record = entry.path("resource").deepCopy();
                record.putObject("meta").put("versionId", "1");
                kept.put(entry.path("request").path("url").asText(), record);
            }
            return false;
        });
    }

    @AfterEach
    void stop() {
        exchange.close();
    }

    @Test
    void createsFacilitiesAndTheirPlacesEachAfterTheOneAboveIt() throws IOException {
        ProgramRun run = load(LIST);

        assertThat(run.remarks()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.results()).contains("4 nouvelles · 0 modifiées · 0 inchangées · 0 refusées");
        assertThat(kept)
                .containsKeys(
                        "Location/region-02",
                        "Location/cercle-0204",
                        "Location/commune-ML020531",
                        "Location/cscom-sanankoroba")
                .doesNotContainKey("Location/district-kati");
        assertThat(exchange.deliveries()).allSatisfy(delivery -> {
            assertThat(delivery.facility()).isEqualTo("ministere-sante");
            // A named delivery would keep an older list from being put back.
            assertThat(delivery.key()).isEmpty();
        });
    }

    @Test
    void endsInOrderOnCtrlCAndSendsOnlyWhatIsMissingAfterwards() throws Exception {
        var list = new StringBuilder("code;nom;type;rattachement\n");
        for (int number = 0; number < 150; number++) {
            list.append("drs-")
                    .append(number)
                    .append(";Direction ")
                    .append(number)
                    .append(";DRS;\n");
        }
        Files.writeString(file, list);
        var arrived = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        ReceivingExchange.Objection keeping = exchange.objection();
        exchange.objecting((wire, delivery) -> {
            if (exchange.deliveries().size() > 1) {
                // It may have begun the next before it heard of the signal.
                await(ended);
                return true;
            }
            arrived.countDown();
            await(interrupted);
            return keeping.answered(wire, delivery);
        });

        try (var child = ChildProgram.start(folder, "load", "facilities", file.toString(), "--base", exchange.base())) {
            assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();
            child.interrupt();
            interrupted.countDown();

            int status = child.exitStatus();
            assertThat(status).as(child.remarks()).isEqualTo(130);
            assertThat(child.remarks()).contains("Interrompu.", "Envoyées : 100 structures sur 150.", "Relancez");
        }
        ended.countDown();
        int before = exchange.deliveries().size();
        exchange.objecting(keeping);
        assertThat(load(list.toString()).results()).contains("50 nouvelles · 0 modifiées · 100 inchangées");
        assertThat(exchange.deliveries()).hasSize(before + 1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void closesAFacilityWithTheDayOfItsEnd() throws IOException {
        load(LIST);

        assertThat(kept.get("Organization/cscom-vieux").path("active").asBoolean())
                .isFalse();
        assertThat(kept.get("Location/cscom-vieux").path("status").asText()).isEqualTo("inactive");
        assertThat(kept.get("Organization/cscom-vieux").toString()).contains("\"end\":\"2020-12-31\"");
        assertThat(kept.get("Organization/cscom-sanankoroba").path("active").asBoolean())
                .isTrue();
    }

    @Test
    void writesRecordsThatConform() throws IOException {
        load(LIST);

        kept.forEach((address, record) -> assertThat(MalianValidator.errors(MalianValidator.shared()
                        .validate(record.toString(), address.startsWith("Org") ? "ml-organization" : "ml-location")))
                .as(address)
                .isEmpty());
    }

    @Test
    void sendsOnlyWhatDiffers() throws IOException {
        load(LIST);
        int before = exchange.deliveries().size();

        ProgramRun same = load(LIST);
        ProgramRun renamed = load(LIST.replace("CSCom de Sanankoroba", "CSCom central"));

        assertThat(same.results()).contains("0 nouvelles · 0 modifiées · 4 inchangées");
        assertThat(renamed.results()).contains("0 nouvelles · 1 modifiées · 3 inchangées");
        assertThat(exchange.deliveries()).hasSize(before + 1);
    }

    @Test
    void showsWhatWouldChangeWithoutSending() throws IOException {
        ProgramRun run = load(LIST, "--dry-run");

        assertThat(run.results()).contains("nouvelle   cscom-sanankoroba  CSCom de Sanankoroba", "rien n’a été envoyé");
        assertThat(exchange.deliveries()).isEmpty();
    }

    @Test
    void showsWhatWouldChangeElementByElement() throws IOException {
        load(LIST);
        String other = LIST.replace("CSCom de Sanankoroba", "CSCom central").replace("12,39", "12,4");

        ProgramRun words = load(other, "--dry-run");
        ProgramRun json = load(other, "--dry-run", "--json");

        assertThat(words.results())
                .contains(
                        "modifiée   cscom-sanankoroba  CSCom central",
                        "  Location.name : CSCom de Sanankoroba → CSCom central",
                        "  Location.position.latitude : 12.39 → 12.4",
                        "  Organization.name : CSCom de Sanankoroba → CSCom central")
                .doesNotContain("longitude", "Location.status");
        assertThat(json.results())
                .contains("{\"path\":\"Location.position.latitude\",\"from\":\"12.39\",\"to\":\"12.4\"}");
    }

    @Test
    void keepsWhatTheListHasNoColumnFor() throws IOException {
        load(LIST);
        ObjectNode place = (ObjectNode) kept.get("Location/cscom-sanankoroba");
        place.withArray("extension")
                .insertObject(0)
                .put("url", "https://keneya.ml/fhir/StructureDefinition/ml-ext-catchment-population")
                .put("valueInteger", 14_000);
        place.withArray("identifier")
                .addObject()
                .put("system", "https://example.org/dhis2")
                .put("value", "a1");
        place.putArray("telecom").addObject().put("system", "phone").put("value", "+22320000001");

        ProgramRun same = load(LIST);
        load(LIST.replace("2004-05-01", "").replace("CSCom de Sanankoroba", "CSCom central"));

        assertThat(same.results()).contains("0 modifiées · 4 inchangées");
        assertThat(kept.get("Location/cscom-sanankoroba").path("name").asText()).isEqualTo("CSCom central");
        assertThat(kept.get("Location/cscom-sanankoroba").toString())
                .contains("14000", "example.org/dhis2", "+22320000001")
                .doesNotContain("ml-ext-validity");
    }

    @Test
    void rejectsLinesInFrenchAndTakesTheOthers() throws IOException {
        ProgramRun run = load(LIST
                + "x;Sans rattachement connu;CSCom;nulle-part;ML020531;;;;\n"
                + "y;Ailleurs;CSCom;district-kati;ML020531;-7,95;12,39;;\n"
                + "z;Quoi;Boutique;district-kati;Atlantide;;;;\n");

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.results()).contains("4 nouvelles");
        assertThat(Files.readString(folder.resolve("structures.csv.erreurs.csv")))
                .contains("6,rattachement,nulle-part,La structure de rattachement est inconnue.")
                .contains("7,latitude,'-7,95".replace("'-7,95", "\"'-7,95\""))
                .contains("Cette position est hors du Mali.")
                .contains("8,type,Boutique,", "8,commune,Atlantide,");
        assertThat(kept).doesNotContainKeys("Organization/x", "Organization/y", "Organization/z");
    }

    @Test
    void blamesTheFacilityWithoutAParentAndNotThoseBelowIt() throws IOException {
        ProgramRun run = load("""
                code,nom,type,rattachement
                drs-x,DRS X,DRS,nulle-part
                district-x,District X,District,drs-x
                """);

        assertThat(run.remarks())
                .contains("ligne 2, rattachement « nulle-part » : La structure de rattachement est inconnue.")
                .contains("ligne 3, rattachement « drs-x » : La structure dont elle dépend a une faute (ligne 2).");
        assertThat(run.results()).contains("0 inchangées", "2 retenues pour une faute");
    }

    @Test
    void rejectsAFacilityAboveItself() throws IOException {
        ProgramRun run = load("code,nom,type,rattachement\na,A,DRS,b\nb,B,DRS,a\n");

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.remarks()).contains("dépend d’elle-même");
        assertThat(kept).isEmpty();
    }

    @Test
    void readsColumnsUnderTheNamesOfTheOfficialFile() throws IOException {
        ProgramRun run = load(
                "Code structure,Libellé,Catégorie\ndrs-x,DRS X,DRS\n",
                "--column",
                "code=Code structure",
                "--column",
                "nom=Libellé",
                "--column",
                "type=Catégorie");

        assertThat(run.remarks()).isEmpty();
        assertThat(kept).containsOnlyKeys("Organization/drs-x");
    }

    private ProgramRun load(String text, String... options) throws IOException {
        Files.writeString(file, text);
        List<String> arguments =
                new java.util.ArrayList<>(List.of("load", "facilities", file.toString(), "--base", exchange.base()));
        arguments.addAll(List.of(options));
        return ProgramRun.of(arguments.toArray(String[]::new));
    }
}
