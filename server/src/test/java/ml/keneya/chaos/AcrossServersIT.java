package ml.keneya.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.core.JsonProcessingException;
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
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import ml.keneya.operations.postgresql.PostgresqlConnection;
import ml.keneya.test.Answer;
import ml.keneya.test.AtOnce;
import ml.keneya.test.Postgres;
import ml.keneya.test.Records;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Two servers in processes of their own share a database: a delivery, an upload and an export belong to the database,
 * not to the server that was asked. This test does not share the context of the others.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Execution(ExecutionMode.CONCURRENT)
class AcrossServersIT {

    private static final Path FOLDER =
            Path.of(System.getProperty("basedir", ""), "target", "chaos").toAbsolutePath();
    private static final String SERVER = "ml.keneya.KeneyaApplication";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int DELIVERIES = 10;
    private static final int SENDERS = 6;

    /** Their deliveries are carried out one after the other, those of different sites at the same time. */
    private static final int SITES = 4;

    private static final int LATER_DELIVERIES = 40;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Together much more than the buffers between two processes hold, so that a file is sent while it is read. */
    private static final int RECORDS = 16;

    private static final int LETTERS = 2_000_000;

    private static PostgresqlConnection database;
    private static ServerProcess first;
    private static ServerProcess second;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeAll
    static void start() {
        database = Postgres.fresh();
        first = new ServerProcess(database, SERVER, FOLDER.resolve("across-first.log"));
        first.awaitReady();
        second = new ServerProcess(database, SERVER, FOLDER.resolve("across-second.log"));
    }

    @BeforeEach
    void bringBack() {
        if (!first.isAlive()) {
            first.restart();
        }
        first.awaitReady();
        second.awaitReady();
    }

    @AfterAll
    static void stop() {
        first.close();
        second.close();
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    @Order(1)
    void giveOneAnswerToOneDeliveryThatReachesBothAtOnce() throws Exception {
        for (int delivery = 0; delivery < DELIVERIES; delivery++) {
            Visit visit = Visit.next();

            List<Answer> answers =
                    AtOnce.send(SENDERS, sender -> new Clinic((sender % 2 == 0 ? first : second).base()).send(visit));

            Answer stored = new Clinic(second.base()).send(visit).hasStatus(200);
            // Each says by which name it was called; the rest is the same byte for byte.
            assertThat(answers)
                    .allSatisfy(
                            answer -> assertThat(answer.hasStatus(200).body().replace(first.base(), second.base()))
                                    .isEqualTo(stored.body()));
            assertThat(answers)
                    .as("those that were not told again")
                    .filteredOn(answer -> answer.header("Keneya-Replayed").isEmpty())
                    .hasSize(1);
            assertThat(recordsOf(visit)).isEqualTo(2);
        }
    }

    /** What the exchange holds for the moment, in the hands of a server that ends without a word. */
    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    @Order(2)
    void finishWhatOneOfThemHadInHandWhenItWasKilled() throws Exception {
        Visit large = Visit.next();
        PieceByPiece upload = PieceByPiece.begun(first, large.json());
        upload.sendHalf();
        List<Visit> visits = new ArrayList<>();
        List<String> statuses = new ArrayList<>();
        for (int number = 0; number < LATER_DELIVERIES; number++) {
            Visit visit = Visit.next();
            visits.add(visit);
            statuses.add(accepted(visit, number % 2 == 0 ? first : second, number % SITES));
        }

        upload.breakInTheMiddleOfAPiece(first::kill);
        forgetWhoWorks();

        PieceByPiece rest = upload.at(second);
        rest.sendTheRest();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(statuses)
                        .allSatisfy(status -> assertThat(outcome(status)).isEqualTo("200")));
        await().atMost(PATIENCE).until(() -> "200".equals(outcome(rest.outcome())));
        assertThat(visits).allSatisfy(visit -> assertThat(recordsOf(visit)).isEqualTo(2));
        assertThat(recordsOf(large)).isEqualTo(2);
    }

    /** What is sent for hours must not keep PostgreSQL from clearing away old rows. */
    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    @Order(3)
    void holdNoTransactionOpenWhileAClientReadsNoFurther() throws Exception {
        writeLongRecords(first);
        String file =
                manifest(kickOff(second)).path("output").path(0).path("url").asText();

        try (InputStream stream = send(get(file), BodyHandlers.ofInputStream()).body()) {
            int begun = stream.readNBytes(LETTERS).length;
            await().atMost(PATIENCE).until(() -> openTransactions() == 0);

            assertThat(begun).isEqualTo(LETTERS);
            assertThat(stream.readAllBytes())
                    .as("more than fits into what lies between two processes")
                    .hasSizeGreaterThan((RECORDS - 2) * LETTERS);
        }
    }

    private static int openTransactions() throws SQLException {
        try (Connection connection = database.open();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select count(*) from pg_stat_activity
                        where datname = current_database() and xact_start is not null and pid <> pg_backend_pid()
                        """)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    @Order(4)
    void goOnWithTheSameBytesWhenTheOtherIsKilledInTheMiddleOfAFile() throws Exception {
        List<String> written = writeLongRecords(first);

        String status = kickOff(first);
        String file = manifest(status).path("output").path(0).path("url").asText();
        // What is written later does not change what was asked for, whoever sends it.
        put(second, aLongRecord(written.get(0), "patient", 'z'));
        Cut cut = killInTheMiddleOf(file, first);

        JsonNode elsewhere = manifest(at(second, status, first));
        byte[] whole = send(get(elsewhere.path("output").path(0).path("url").asText()), BodyHandlers.ofByteArray())
                .body();
        assertThat(cut.brokenOff())
                .as("the file of a killed server does not end as if it were whole")
                .isTrue();
        assertThat(cut.bytes()).hasSizeBetween(1, whole.length - 1);
        assertThat(Arrays.mismatch(cut.bytes(), 0, cut.bytes().length, whole, 0, cut.bytes().length))
                .as("the first byte at which the two servers differ")
                .isEqualTo(-1);
        assertThat(idsIn(whole)).containsAll(written);
        assertThat(elsewhere.path("output").path(0).path("count").asInt())
                .isEqualTo(idsIn(whole).size());
        assertThat(new String(whole, StandardCharsets.UTF_8)).doesNotContain("zzz");
    }

    /** Accepted for later: from now on it must not be lost. */
    private String accepted(Visit visit, ServerProcess server, int site) {
        return new Clinic(server.base())
                .send(HttpRequest.newBuilder(URI.create(server.base()))
                        .header("Content-Type", "application/fhir+json")
                        .header("Keneya-Facility", "site-" + site)
                        .header("Prefer", "respond-async")
                        .POST(BodyPublishers.ofString(visit.json())))
                .hasStatus(202)
                .header("Content-Location")
                .orElseThrow();
    }

    /**
     * The status of the only answer in the outcome of what was accepted for later; nothing as long as there is none.
     */
    private static String outcome(String status) throws JsonProcessingException {
        Answer answer = new Clinic(second.base()).send(get(at(second, status, first)));
        return JSON.readTree(answer.body()).at("/entry/0/response/status").asText();
    }

    /** What the two minutes of a lease do: whoever is free takes up what was leased, by the dead or the living. */
    private static void forgetWhoWorks() throws SQLException {
        try (Connection connection = database.open();
                Statement statement = connection.createStatement()) {
            statement.execute("update keneya.delivery set lease_until = now() where status = 'RUNNING'");
        }
    }

    private static int recordsOf(Visit visit) {
        Clinic clinic = new Clinic(second.base());
        return clinic.find(visit.search("Patient")).size()
                + clinic.find(visit.search("Observation")).size();
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
        // A text has a million characters at most.
        for (int half = 0; half < 2; half++) {
            record.addNote().setText(String.valueOf(letter).repeat(LETTERS / 2));
        }
        record.setId(id);
        return record;
    }

    private void put(ServerProcess server, Resource record) throws IOException, InterruptedException {
        String address = server.base() + "/" + record.fhirType() + "/" + record.getIdPart();
        HttpResponse<String> answer = send(
                HttpRequest.newBuilder(URI.create(address))
                        .header("Content-Type", "application/fhir+json")
                        .PUT(BodyPublishers.ofString(
                                FhirContext.forR4Cached().newJsonParser().encodeResourceToString(record))),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
    }

    private String kickOff(ServerProcess server) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(
                HttpRequest.newBuilder(URI.create(server.base() + "/$export?_type=Observation"))
                        .header("Prefer", "respond-async"),
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

    private static HttpRequest.Builder get(String address) {
        return HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofMinutes(1));
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        return client.send(request.build(), handler);
    }
}
