package ml.keneya.load.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkloadTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    // The guide's own tests hold the same file to Mali's profiles.
    private static final Path WRITTEN = Path.of("src/test/resources/bench/bundles.ndjson");

    @Test
    void hasTheSameBytesOnEveryMachine() throws IOException {
        List<String> made = IntStream.range(0, 10)
                .mapToObj(number -> new String(Workload.bundle(number), StandardCharsets.UTF_8))
                .toList();

        assertThat(made).isEqualTo(Files.readAllLines(WRITTEN));
    }

    @Test
    void bringsSevenResourcesOfFiveTypes() throws IOException {
        for (int number = 0; number < 200; number++) {
            var bundle = JSON.readTree(Workload.bundle(number));

            assertThat(bundle.path("entry"))
                    .extracting(
                            entry -> entry.path("resource").path("resourceType").asText())
                    .containsExactly(
                            "Patient",
                            "Encounter",
                            "Immunization",
                            "Immunization",
                            "Observation",
                            "Observation",
                            "Condition");
        }
    }

    @Test
    void neverUsesAnIdentifierTwice() throws IOException {
        Set<String> seen = new HashSet<>();
        for (int number = 0; number < 1000; number++) {
            var bundle = JSON.readTree(Workload.bundle(number));
            assertThat(seen.add(bundle.path("identifier").toString())).isTrue();
            for (var entry : bundle.path("entry")) {
                assertThat(seen.add(entry.path("fullUrl").asText())).isTrue();
                assertThat(seen.add(entry.path("resource").path("identifier").toString()))
                        .isTrue();
            }
        }
    }

    @Test
    void drawsEverySiteAndDiagnosis() {
        List<Visit> visits = IntStream.range(0, 2000).mapToObj(Visit::number).toList();

        assertThat(visits.stream().map(Visit::facility).distinct()).hasSize(Facility.COUNT);
        assertThat(visits.stream().map(Visit::diagnosis).distinct()).hasSize(Visit.DIAGNOSES.size());
        assertThat(visits)
                .allSatisfy(visit ->
                        assertThat(visit.born()).isBeforeOrEqualTo(visit.start().toLocalDate()));
    }
}
