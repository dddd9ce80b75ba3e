package ml.keneya.load;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.validation.ResultSeverityEnum;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import ml.keneya.load.test.ReceivingExchange;
import ml.keneya.profiles.MalianValidator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/integration says that other systems send. */
class IntegrationExamplesTest {
    private static final Path MODULE = Path.of(System.getProperty("basedir", ""));
    private static final Path EXAMPLES = MODULE.resolve("integration");
    private static final Path PAGES = MODULE.resolve("../docs/integration");

    private final MalianValidator validator = MalianValidator.shared();

    @ParameterizedTest
    @MethodSource("examples")
    void giveNoCauseForAnErrorOrARemarkOfTheGuide(Path example) throws IOException {
        String bundle = Files.readString(example);
        List<String> faults = new ArrayList<>();

        MalianValidator.errors(validator.validateBundle(bundle)).forEach(error -> faults.add(error.getMessage()));
        for (JsonNode entry : new ObjectMapper().readTree(bundle).path("entry")) {
            JsonNode resource = entry.path("resource");
            validator.validate(resource.toString(), profileOf(resource)).stream()
                    .filter(message -> message.getSeverity().compareTo(ResultSeverityEnum.ERROR) >= 0
                            || MalianValidator.key(message).startsWith("ml-"))
                    .forEach(message -> faults.add(resource.path("resourceType").asText() + ": "
                            + message.getLocationString() + " " + message.getMessage()));
        }

        assertThat(faults).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void haveAPageThatSaysHowToSendThem(Path example) throws IOException {
        String name = example.getFileName().toString().replace(".json", "");

        assertThat(Files.readString(PAGES.resolve(name + ".md")))
                .contains("./keneya load load-scripts/integration/" + name + ".json");
        assertThat(Files.readString(PAGES.resolve("README.md"))).contains("(" + name + ".md)");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void goOutAsTheSiteThatNumberedThem(Path example) throws IOException {
        String site = new ObjectMapper()
                .readTree(example.toFile())
                .at("/identifier/assigner/identifier/value")
                .asText();
        try (ReceivingExchange exchange = new ReceivingExchange()) {
            ProgramRun run = ProgramRun.of("load", example.toString(), "--base", exchange.base());

            assertThat(run.status()).isZero();
            assertThat(exchange.deliveries())
                    .singleElement()
                    .satisfies(delivery -> assertThat(delivery.facility()).isEqualTo(site));
        }
    }

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            List<Path> examples = files.filter(Files::isRegularFile).sorted().toList();
            assertThat(examples).hasSizeGreaterThanOrEqualTo(4);
            return examples;
        }
    }

    /** MeasureReport has ml-measure-report. */
    private static String profileOf(JsonNode resource) {
        return "ml"
                + resource.path("resourceType")
                        .asText()
                        .replaceAll("([A-Z])", "-$1")
                        .toLowerCase(Locale.ROOT);
    }
}
