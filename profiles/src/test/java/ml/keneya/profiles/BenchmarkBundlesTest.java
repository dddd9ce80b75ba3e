package ml.keneya.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What benchmarks post must cost a server what a correct bundle costs: no refusal, and no warning of the guide. */
class BenchmarkBundlesTest {

    private static final MalianValidator VALIDATOR = MalianValidator.shared();
    private static final Path BUNDLES = Path.of("../load-scripts/src/test/resources/bench/bundles.ndjson");

    @Test
    void areValidAndDrawNoWarningOfTheGuide() throws IOException {
        for (var json : Files.readAllLines(BUNDLES)) {
            assertThat(MalianValidator.errors(VALIDATOR.validateBundle(json))).isEmpty();
            for (var entry : VALIDATOR.parse(json).getEntry()) {
                var type = entry.getResource().fhirType();
                var messages = VALIDATOR.validate(VALIDATOR.encode(entry.getResource()), "ml-" + type.toLowerCase());
                assertThat(MalianValidator.errors(messages)).as(type).isEmpty();
                assertThat(messages).map(MalianValidator::key).noneMatch(key -> key.startsWith("ml-"));
            }
        }
    }
}
