package ml.keneya.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The examples of docs/integration, sent as these systems would: with the token of their site. */
@KeneyaIntegrationTest
class OtherSystemsIT {

    private static final Path FILLING = Path.of(System.getProperty("basedir", ""))
            .resolve("../load-scripts")
            .normalize();

    @Autowired
    Exchange exchange;

    @ParameterizedTest
    @ValueSource(strings = {"openmrs", "openclinic-ga", "cht-disc-mali", "dhis2"})
    @DisplayName("What another system sends is kept whole, and known when it comes again")
    void keepsWhatTheySend(String system) throws IOException {
        exchange.post(
                        "",
                        text("src/main/resources/samples/facility-registry.json"),
                        "Keneya-Facility",
                        "ministere-sante")
                .hasStatus(200);
        String bundle = text("integration/" + system + ".json");
        String[] site = TestSystem.ofSite(exchange, siteOf(bundle)).withAll();

        List<String> locations = exchange.post("", bundle, site).hasStatus(200).entries().stream()
                .map(entry -> entry.getResponse().getLocation())
                .toList();

        assertThat(locations)
                .hasSize(new ObjectMapper().readTree(bundle).path("entry").size())
                .doesNotContainNull()
                .allSatisfy(location -> exchange.get(location, site).hasStatus(200));
        Answer again = exchange.post("", bundle, site).hasStatus(200);
        assertThat(again.header("Keneya-Replayed")).hasValue("true");
    }

    private static String siteOf(String bundle) throws IOException {
        return new ObjectMapper()
                .readTree(bundle)
                .at("/identifier/assigner/identifier/value")
                .asText();
    }

    private static String text(String file) throws IOException {
        return Files.readString(FILLING.resolve(file));
    }
}
