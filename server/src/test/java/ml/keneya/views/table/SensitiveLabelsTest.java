package ml.keneya.views.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import ml.keneya.conformance.SensitivityLabels;
import org.junit.jupiter.api.Test;

class SensitiveLabelsTest {

    @Test
    void decidesOnEveryLabelOfTheValueSet() throws IOException {
        List<String> labels = new ArrayList<>();
        try (InputStream stream = Objects.requireNonNull(
                getClass().getResourceAsStream("/ml.keneya.terminology/package/ValueSet-ml-sensitivity-label.json"))) {
            for (JsonNode system :
                    new ObjectMapper().readTree(stream).path("compose").path("include")) {
                system.path("concept")
                        .forEach(concept -> labels.add(system.path("system").asText() + "|"
                                + concept.path("code").asText()));
            }
        }

        assertThat(Stream.concat(
                        SensitivityLabels.RESTRICTING.stream(), SensitivityLabels.FORBIDDING_THE_NAME.stream()))
                .containsExactlyInAnyOrderElementsOf(labels);
    }
}
