package ml.keneya.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.stream.Stream;
import ml.keneya.store.RawVersion;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SplicesRecordsTest {

    static Stream<Instant> instants() {
        return Stream.concat(
                Stream.of(
                                "2026-11-29T00:00:00Z",
                                "2026-01-02T03:04:05.006Z",
                                "2026-12-31T23:59:59.999999Z",
                                "2024-02-29T10:20:30.100Z",
                                "1969-12-31T23:59:59.999Z",
                                "0999-05-06T07:08:09.010Z",
                                "+12026-11-29T00:00:00Z")
                        .map(Instant::parse),
                Stream.iterate(Instant.parse("2000-01-01T00:00:00Z"), instant -> instant.plusMillis(123_456_789_123L))
                        .limit(50));
    }

    @ParameterizedTest
    @MethodSource("instants")
    @DisplayName("The instant of a version is written as FHIR has it, whatever its digits")
    void writesInstants(Instant updated) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        SplicesRecords.write(
                new RawVersion(
                        1,
                        "Patient",
                        "a",
                        3,
                        updated,
                        null,
                        "{\"resourceType\":\"Patient\",\"active\":true}".getBytes(StandardCharsets.UTF_8)),
                line);
        JsonNode record = new ObjectMapper().readTree(line.toByteArray());
        assertThat(record.at("/meta/lastUpdated").asText())
                .isEqualTo(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx")
                        .withZone(ZoneOffset.UTC)
                        .format(updated));
        assertThat(record.at("/meta/versionId").asText()).isEqualTo("3");
        assertThat(record.at("/active").asBoolean()).isTrue();
    }
}
