package ml.keneya.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import ml.keneya.load.test.ReceivingExchange;
import ml.keneya.load.test.ReceivingExchange.Delivery;
import ml.keneya.profiles.MalianValidator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The story that docs/training.md tells is what the files of the training set send. */
class TrainingSetTest {
    private static final Path SET = Path.of(System.getProperty("basedir", "")).resolve("training");
    private static final ObjectMapper JSON = new ObjectMapper();

    private ReceivingExchange exchange;

    @BeforeEach
    void sendAll() throws IOException {
        exchange = new ReceivingExchange();
        for (Path site : sites()) {
            ProgramRun sheets = ProgramRun.of(
                    "load",
                    "csv",
                    site.toString(),
                    "--facility",
                    site.getFileName().toString(),
                    "--base",
                    exchange.base());
            assertThat(sheets.status()).as(sheets.results() + sheets.remarks()).isZero();
            Path protection = site.resolve("protection.json");
            if (Files.exists(protection)) {
                assertThat(ProgramRun.of("load", protection.toString(), "--base", exchange.base())
                                .status())
                        .isZero();
            }
        }
    }

    @AfterEach
    void stop() {
        exchange.close();
    }

    @Test
    void isWithoutError() {
        assertThat(exchange.deliveries())
                .hasSizeGreaterThan(20)
                .allSatisfy(delivery -> assertThat(
                                MalianValidator.errors(MalianValidator.shared().validateBundle(delivery.text())))
                        .as(delivery.text())
                        .isEmpty());
    }

    @Test
    void holdsThreeSitesAndTheCurveOfOneOutbreak() {
        assertThat(exchange.deliveries().stream().map(Delivery::facility))
                .contains("cscom-sanankoroba", "csref-kita", "cscom-siribala");

        assertThat(weeks(casesOf("measles"))).containsExactlyInAnyOrderEntriesOf(Map.of(44, 2L, 45, 4L, 46, 5L));
        assertThat(casesOf("measles").filter(each -> classified(each, "confirmed")))
                .hasSize(3);
        assertThat(weeks(casesOf("meningitis"))).containsExactlyEntriesOf(Map.of(46, 3L));
        assertThat(records("Patient").filter(person -> person.has("deceasedDateTime")))
                .hasSize(1);
    }

    @Test
    void labelsWhatProtectsChildrenAtTwoSites() {
        assertThat(exchange.deliveries().stream()
                        .filter(delivery -> delivery.text().contains("\"Flag\""))
                        .map(Delivery::facility))
                .containsExactlyInAnyOrder("cscom-sanankoroba", "csref-kita");
        assertThat(records("Flag"))
                .hasSize(5)
                .allSatisfy(flag -> assertThat(flag.toString()).contains("\"child-protection\"", "\"V\""));
        assertThat(records("Group"))
                .hasSize(2)
                .allSatisfy(household -> assertThat(household.toString()).contains("\"social-assistance\""));
    }

    private Stream<JsonNode> casesOf(String disease) {
        return records("Condition")
                .filter(condition -> condition.path("code").toString().contains("\"" + disease + "\""))
                .filter(condition -> !classified(condition, "discarded"));
    }

    private static boolean classified(JsonNode condition, String classification) {
        return condition.path("extension").toString().contains("\"" + classification + "\"");
    }

    private static Map<Integer, Long> weeks(Stream<JsonNode> cases) {
        return cases.map(each -> LocalDate.parse(each.path("onsetDateTime").asText()))
                .collect(Collectors.groupingBy(
                        onset -> onset.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), Collectors.counting()));
    }

    private Stream<JsonNode> records(String type) {
        return exchange.deliveries().stream()
                .flatMap(delivery ->
                        StreamSupport.stream(read(delivery).path("entry").spliterator(), false))
                .map(entry -> entry.path("resource"))
                .filter(resource -> resource.path("resourceType").asText().equals(type));
    }

    private static JsonNode read(Delivery delivery) {
        try {
            return JSON.readTree(delivery.text());
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private static List<Path> sites() throws IOException {
        try (Stream<Path> folders = Files.list(SET)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }
}
