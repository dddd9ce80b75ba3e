package ml.keneya.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.zip.GZIPOutputStream;
import ml.keneya.operations.postgresql.PostgresqlConnection;
import ml.keneya.test.Answer;
import ml.keneya.test.Postgres;
import ml.keneya.test.TestSources;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Imports and exports of a server that is killed meanwhile and started again: every line is stored once or kept once
 * and the outcome counts each, every file has the same bytes, and an alert comes once. This test does not share the
 * context of the others.
 */
@Execution(ExecutionMode.CONCURRENT)
class KilledServerIT {

    private static final Path FOLDER =
            Path.of(System.getProperty("basedir", ""), "target", "chaos").toAbsolutePath();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Of both kinds, in the middle of the second hundred. */
    private static final int LINE_UNDER_WAY = 158;

    private static PostgresqlConnection database;
    private static ServerProcess server;

    @BeforeAll
    static void start() {
        database = Postgres.fresh();
        server = new ServerProcess(
                database,
                "ml.keneya.KeneyaApplication",
                FOLDER.resolve("imports.log"),
                "--keneya.import.sources=" + TestSources.allowed(),
                "--keneya.import.private-addresses=true",
                "--keneya.export.records-per-file=100");
        server.awaitReady();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** As {@code ./keneya import} sends its pieces, and as a list of addresses with a key. */
    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void importsEveryLineOnceUnderANameWhenALineIsUnderWay() throws Exception {
        LinesToImport fetched = new LinesToImport("named-list");
        LinesToImport sent = new LinesToImport("named-upload");
        String status;
        try (HeldWrites ofList = holdLine(fetched);
                HeldWrites ofUpload = holdLine(sent)) {
            status = begin(fetched, "november");
            CompletableFuture<Answer> upload = upload(sent, "november");
            HeldWrites.awaitAll(ofList, ofUpload);
            server.kill();
            assertThat(upload)
                    .failsWithin(PATIENCE)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(IOException.class);
        }

        restart();
        Answer again = upload(sent, "november").join();

        assertCounts(again, sent, List.of(0));
        assertCounts(whenDone(status), fetched, List.of(0, 1));
        assertStoredOnce(fetched, List.of(0, 1));
        assertStoredOnce(sent, List.of(0));
    }

    /** What was delivered last is stored, and nobody has noted so: the content of the lines alone tells. */
    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void importsEveryLineOnceWithoutANameWhenADeliveryIsNotNoted() throws Exception {
        LinesToImport fetched = new LinesToImport("list");
        LinesToImport sent = new LinesToImport("upload");
        String status;
        try (HeldWrites note = new HeldWrites(
                        database,
                        "keneya.import_job",
                        "update",
                        "new.facility = 'list' and new.source = 1 and new.line >= 100 and old.line < 100");
                HeldWrites ofUpload = holdLine(sent)) {
            status = begin(fetched, null);
            CompletableFuture<Answer> upload = upload(sent, null);
            HeldWrites.awaitAll(note, ofUpload);
            server.kill();
            assertThat(upload)
                    .failsWithin(PATIENCE)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(IOException.class);
        }
        assertThat(number("select line from keneya.import_job where facility = ?", "list"))
                .as("what was noted, of a file of which a hundred lines are stored")
                .isZero();

        restart();
        Answer again = upload(sent, null).join();

        assertCounts(again, sent, List.of(0));
        assertCounts(whenDone(status), fetched, List.of(0, 1));
        assertStoredOnce(fetched, List.of(0, 1));
        assertStoredOnce(sent, List.of(0));
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void bringsTheOtherFilesOfAnExportAndTheAlertOfACaseAfterItsRestart() throws Exception {
        LinesToImport lines = new LinesToImport("exported");
        upload(lines, null).join().hasStatus(200);
        Clinic clinic = new Clinic(server.base());
        String status = kickOff("Patient", clinic);
        List<String> files = files(status, clinic);
        String first = clinic.read(files.get(0)).hasStatus(200).body();

        AlertUnderWay alert = new AlertUnderWay(database, server.base());
        try (alert) {
            server.kill();
            alert.assertNotSeen();
        }
        restart();
        alert.assertRaisedOnce(server.base());
        upload(new LinesToImport("later"), null).join().hasStatus(200);

        assertThat(files).hasSizeGreaterThan(3);
        assertThat(files(status, clinic)).isEqualTo(files);
        assertThat(clinic.read(files.get(0)).hasStatus(200).body()).isEqualTo(first);
        assertThat(records(files, clinic, lines.sender()))
                .containsExactlyInAnyOrderElementsOf(numbersAndVersions(lines.storedPeople()));
        assertThat(records(files, clinic, "later")).isEmpty();
    }

    private static HeldWrites holdLine(LinesToImport lines) {
        return new HeldWrites(
                database, "keneya.change", "insert", "new.resource_id = '" + lines.idOfPerson(LINE_UNDER_WAY) + "'");
    }

    private static void restart() throws SQLException {
        server.restart();
        server.awaitReady();
        // What the two minutes of a lease do.
        try (Connection connection = database.open();
                Statement statement = connection.createStatement()) {
            statement.execute("update keneya.import_job set lease_until = now() where status = 'RUNNING'");
        }
    }

    private static String begin(LinesToImport lines, String key) {
        String people = serve(lines.sender() + "-people", lines.people());
        String weights = serve(lines.sender() + "-weights", lines.weights());
        String list = """
                {"resourceType": "Parameters", "parameter": [
                  {"name": "input", "part": [{"name": "url", "valueUri": "%s"}]},
                  {"name": "input", "part": [{"name": "url", "valueUri": "%s"}]}]}
                """.formatted(people, weights);
        return new Clinic(server.base())
                .send(request(lines, key)
                        .header("Content-Type", "application/fhir+json")
                        .header("Prefer", "respond-async")
                        .POST(BodyPublishers.ofString(list)))
                .hasStatus(202)
                .header("Content-Location")
                .orElseThrow();
    }

    private static String serve(String name, byte[] lines) {
        return TestSources.serve(name, request -> {
            request.sendResponseHeaders(200, lines.length);
            request.getResponseBody().write(lines);
        });
    }

    /** The file of people alone. */
    private static CompletableFuture<Answer> upload(LinesToImport lines, String key) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(lines.people());
        }
        HttpRequest request = request(lines, key)
                .header("Content-Type", "application/fhir+ndjson")
                .header("Content-Encoding", "gzip")
                .timeout(PATIENCE)
                .POST(BodyPublishers.ofByteArray(zipped.toByteArray()))
                .build();
        return HttpClient.newHttpClient()
                .sendAsync(request, BodyHandlers.ofString())
                .thenApply(response -> new Answer(response, FhirContext.forR4Cached()));
    }

    private static HttpRequest.Builder request(LinesToImport lines, String key) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.base() + "/$import"))
                .header("Keneya-Facility", lines.sender());
        return key == null ? request : request.header("Idempotency-Key", key);
    }

    private static Answer whenDone(String status) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Answer answer = asked(status);
        while (answer.status() == 202) {
            assertThat(System.nanoTime()).as("an end of %s", status).isLessThan(deadline);
            ServerProcess.pause(100);
            answer = asked(status);
        }
        return answer;
    }

    private static Answer asked(String status) {
        String facility =
                text("select facility from keneya.import_job where id::text = ?", status.replaceAll(".*=", ""));
        return new Clinic(server.base())
                .send(HttpRequest.newBuilder(URI.create(status)).header("Keneya-Facility", facility));
    }

    /** The lines that are refused are named, each with the number under which it is kept, as it was sent. */
    private static void assertCounts(Answer outcome, LinesToImport lines, List<Integer> files) {
        List<String> refused = new ArrayList<>();
        int stored = 0;
        for (int file : files) {
            lines.refused(file).forEach(line -> refused.add(file + ":" + line));
            stored += (file == 0 ? lines.storedPeople() : lines.storedWeights()).size();
        }
        JsonNode summary = json(outcome.hasStatus(200).body());

        assertThat(valueOf(summary, "lines").asInt()).isEqualTo(stored + refused.size());
        assertThat(valueOf(summary, "accepted").asInt()).isEqualTo(stored);
        assertThat(valueOf(summary, "refused").asInt()).isEqualTo(refused.size());
        List<String> named = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        for (JsonNode reject : summary.path("parameter")) {
            if (reject.path("name").asText().equals("reject")) {
                long line = part(reject, "line").path("valueInteger").asLong();
                String source = part(reject, "source").path("valueUri").asText();
                named.add((source.endsWith("weights") ? 1 : 0) + ":" + line);
                String quarantine =
                        part(reject, "quarantine").path("valueString").asText();
                kept.add(quarantine);
                assertThat(text(
                                "select convert_from(body, 'UTF8') from keneya.delivery where id::text = ?",
                                quarantine))
                        .satisfiesAnyOf(
                                batch -> assertThat(batch).contains("\"code\":\"" + line + "-" + line + "\""),
                                unreadable -> assertThat(unreadable)
                                        .contains("-p-077")
                                        .doesNotContain("Bundle"));
            }
        }
        assertThat(named).containsExactlyElementsOf(refused);
        assertThat(kept).doesNotHaveDuplicates();
        assertThat(number(
                        "select count(*) from keneya.delivery where status = 'REFUSED' and facility = ?",
                        lines.sender()))
                .as("kept for correction")
                .isEqualTo(refused.size());
    }

    /** Of each line one record, in its first version, and one receipt. */
    private static void assertStoredOnce(LinesToImport lines, List<Integer> files) {
        Map<String, String> expected = new TreeMap<>(lines.storedPeople());
        if (files.contains(1)) {
            expected.putAll(lines.storedWeights());
        }
        List<String> records = new ArrayList<>();
        Clinic clinic = new Clinic(server.base());
        for (String type : List.of("Patient", "Observation")) {
            records.addAll(records(files(kickOff(type, clinic), clinic), clinic, lines.sender()));
        }

        assertThat(records).containsExactlyInAnyOrderElementsOf(numbersAndVersions(expected));
        assertThat(number("select count(*) from keneya.receipt where records > 0 and facility = ?", lines.sender()))
                .as("receipts")
                .isEqualTo(expected.size());
    }

    private static List<String> numbersAndVersions(Map<String, String> expected) {
        return expected.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .toList();
    }

    private static String kickOff(String type, Clinic clinic) {
        return clinic.send(HttpRequest.newBuilder(URI.create(server.base() + "/$export?_type=" + type))
                        .header("Prefer", "respond-async"))
                .hasStatus(202)
                .header("Content-Location")
                .orElseThrow();
    }

    private static List<String> files(String status, Clinic clinic) {
        Answer manifest = clinic.read(status);
        while (manifest.status() == 202) {
            // The server makes whoever asks wait.
            manifest = clinic.read(status);
        }
        List<String> files = new ArrayList<>();
        json(manifest.hasStatus(200).body())
                .path("output")
                .forEach(file -> files.add(file.path("url").asText()));
        return files;
    }

    /** Number and version of each record of a sender. */
    private static List<String> records(List<String> files, Clinic clinic, String sender) {
        List<String> records = new ArrayList<>();
        for (String file : files) {
            clinic.read(file)
                    .hasStatus(200)
                    .body()
                    .lines()
                    .map(KilledServerIT::json)
                    .forEach(record -> {
                        String number = record.at("/identifier/0/value").asText();
                        if (number.matches(sender + "-[pw]-\\d+")) {
                            records.add(
                                    number + " " + record.at("/meta/versionId").asText());
                        }
                    });
        }
        return records;
    }

    private static JsonNode valueOf(JsonNode summary, String name) {
        for (JsonNode parameter : summary.path("parameter")) {
            if (parameter.path("name").asText().equals(name)) {
                return parameter.path("valueInteger");
            }
        }
        throw new AssertionError("No " + name + " in " + summary);
    }

    private static JsonNode part(JsonNode reject, String name) {
        for (JsonNode part : reject.path("part")) {
            if (part.path("name").asText().equals(name)) {
                return part;
            }
        }
        return JSON.missingNode();
    }

    private static long number(String sql, String parameter) {
        return Long.parseLong(text(sql, parameter));
    }

    private static String text(String sql, String parameter) {
        try (Connection connection = database.open();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            try (ResultSet rows = statement.executeQuery()) {
                assertThat(rows.next()).as("%s of %s", sql, parameter).isTrue();
                return rows.getString(1);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
