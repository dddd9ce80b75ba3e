package ml.keneya.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import ml.keneya.operations.postgresql.PostgresqlConnection;
import ml.keneya.test.Postgres;
import ml.keneya.test.Records;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

/**
 * An export belongs to the database, not to the server that was asked. Two servers in processes of their own share a
 * database, so this test does not share the context of the others.
 */
class ExportAcrossServersIT {

    private static final Path FOLDER =
            Path.of(System.getProperty("basedir", ""), "target", "chaos").toAbsolutePath();
    private static final String SERVER = "ml.keneya.KeneyaApplication";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Together much more than the buffers between two processes hold, so that a file is sent while it is read. */
    private static final int RECORDS = 16;

    private static final int LETTERS = 2_000_000;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void goesOnAtAnotherServerWithTheSameBytesWhenTheFirstIsKilledInTheMiddleOfAFile() throws Exception {
        PostgresqlConnection database = Postgres.fresh();
        try (ServerProcess first = new ServerProcess(database, SERVER, FOLDER.resolve("export-first.log"))) {
            first.awaitReady();
            try (ServerProcess second = new ServerProcess(database, SERVER, FOLDER.resolve("export-second.log"))) {
                List<String> written = writeLongRecords(first);
                second.awaitReady();

                String status = kickOff(first);
                String file =
                        manifest(status).path("output").path(0).path("url").asText();
                // What is written later does not change what was asked for, whoever sends it.
                put(second, aLongRecord(written.get(0), "patient", 'z'));
                Cut cut = killInTheMiddleOf(file, first);

                JsonNode elsewhere = manifest(at(second, status, first));
                byte[] whole = send(
                                get(elsewhere.path("output").path(0).path("url").asText()), BodyHandlers.ofByteArray())
                        .body();
                assertThat(cut.brokenOff())
                        .as("the file of a killed server does not end as if it were whole")
                        .isTrue();
                assertThat(cut.bytes()).hasSizeBetween(1, whole.length - 1);
                assertThat(Arrays.mismatch(cut.bytes(), 0, cut.bytes().length, whole, 0, cut.bytes().length))
                        .as("the first byte at which the two servers differ")
                        .isEqualTo(-1);
                assertThat(idsIn(whole)).containsExactlyInAnyOrderElementsOf(written);
                assertThat(elsewhere.path("output").path(0).path("count").asInt())
                        .isEqualTo(RECORDS);
                assertThat(new String(whole, StandardCharsets.UTF_8)).doesNotContain("zzz");
            }
        }
    }

    private List<String> writeLongRecords(ServerProcess server) throws IOException, InterruptedException {
        put(server, Records.aChild("across-servers").setId("patient"));
        List<String> ids = new ArrayList<>();
        for (int number = 0; number < RECORDS; number++) {
            ids.add("long-" + number);
            put(server, aLongRecord("long-" + number, "patient", (char) ('a' + number)));
        }
        return ids;
    }

    private static Observation aLongRecord(String id, String patient, char letter) {
        Observation record = Records.weightOf("Patient/" + patient, "7.10");
        record.addNote().setText(String.valueOf(letter).repeat(LETTERS));
        record.setId(id);
        return record;
    }

    private void put(ServerProcess server, Resource record) throws IOException, InterruptedException {
        String address = server.base() + "/" + record.fhirType() + "/" + record.getIdPart();
        HttpResponse<String> answer = send(
                HttpRequest.newBuilder(URI.create(address))
                        .header("Content-Type", "application/fhir+json")
                        .PUT(BodyPublishers.ofString(
                                FhirContext.forR4Cached().newJsonParser().encodeResourceToString(record)))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
    }

    private String kickOff(ServerProcess server) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(
                HttpRequest.newBuilder(URI.create(server.base() + "/$export?_type=Observation"))
                        .header("Prefer", "respond-async")
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return answer.headers().firstValue("Content-Location").orElseThrow();
    }

    private JsonNode manifest(String status) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(get(status), BodyHandlers.ofString());
        while (answer.statusCode() == 202) {
            // The server makes whoever asks wait.
            answer = send(get(status), BodyHandlers.ofString());
        }
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    /** What arrived of a file, and whether its end was missing. */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
    private record Cut(byte[] bytes, boolean brokenOff) {}

    private Cut killInTheMiddleOf(String file, ServerProcess server) throws IOException, InterruptedException {
        ByteArrayOutputStream arrived = new ByteArrayOutputStream();
        try (InputStream stream = send(get(file), BodyHandlers.ofInputStream()).body()) {
            arrived.write(stream.readNBytes(LETTERS));
            server.kill();
            stream.transferTo(arrived);
            return new Cut(arrived.toByteArray(), false);
        } catch (IOException brokenOff) {
            return new Cut(arrived.toByteArray(), true);
        }
    }

    private static String at(ServerProcess server, String address, ServerProcess other) {
        return address.replace(other.base(), server.base());
    }

    private static List<String> idsIn(byte[] lines) throws IOException {
        List<String> ids = new ArrayList<>();
        for (String line : new String(lines, StandardCharsets.UTF_8).split("\n")) {
            ids.add(JSON.readTree(line).path("id").asText());
        }
        return ids;
    }

    private static HttpRequest get(String address) {
        return HttpRequest.newBuilder(URI.create(address))
                .timeout(Duration.ofMinutes(1))
                .build();
    }

    private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        return client.send(request, handler);
    }
}
