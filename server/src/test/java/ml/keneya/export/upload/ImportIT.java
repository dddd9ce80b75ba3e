package ml.keneya.export.upload;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Lines that are uploaded become records as if a clinic had delivered each. */
@KeneyaIntegrationTest
class ImportIT {

    private static final String NDJSON = "application/fhir+ndjson";

    @Autowired
    Exchange exchange;

    @Autowired
    JdbcClient jdbc;

    private final String facility = unique("cscom");

    @Test
    void storesLinesThatPointToLinesBefore() {
        String child = unique("child");
        String weight = unique("weight");

        Parameters summary = upload(line(child(child)) + "\n\r\n" + line(weight(weight, child)));

        assertThat(count(summary, "lines")).isEqualTo(2);
        assertThat(count(summary, "accepted")).isEqualTo(2);
        assertThat(rejects(summary)).isEmpty();
        exchange.get("Observation/" + weight).hasStatus(200);
        assertThat(exchange.get("Provenance?target=Patient/" + child).body())
                .as("its receipt")
                .contains(facility);
    }

    @Test
    void readsCompressedLines() throws Exception {
        String child = unique("child");
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(line(child(child)).getBytes(StandardCharsets.UTF_8));
        }

        exchange.send(
                        "POST",
                        "$import",
                        NDJSON,
                        BodyPublishers.ofByteArray(zipped.toByteArray()),
                        "Content-Encoding",
                        "gzip")
                .hasStatus(200);

        exchange.get("Patient/" + child).hasStatus(200);
    }

    /** As files are put together by {@code cat}. */
    @Test
    void readsSeveralCompressedFilesInOneBody() throws Exception {
        String first = unique("child");
        String second = unique("child");
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        for (String child : List.of(first, second)) {
            try (OutputStream gzip = new GZIPOutputStream(zipped)) {
                gzip.write((line(child(child)) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }

        exchange.send(
                        "POST",
                        "$import",
                        NDJSON,
                        BodyPublishers.ofByteArray(zipped.toByteArray()),
                        "Content-Encoding",
                        "gzip")
                .hasStatus(200);

        exchange.get("Patient/" + first).hasStatus(200);
        exchange.get("Patient/" + second).hasStatus(200);
    }

    @Test
    void keepsWhatIsRefusedWithItsLineAndStoresItsNeighbours() {
        String first = unique("first");
        String last = unique("last");
        String unknown = line(child(unique("other"))).replace("\"female\"", "\"nonsense\"");
        String smuggled = line(child(unique("inner"))) + "},{\"request\":{\"method\":\"DELETE\",\"url\":\"Patient/"
                + first + "\"}";
        String lines = String.join(
                "\n",
                line(child(first)),
                unknown,
                "{\"resourceType\":\"Patient\",",
                smuggled,
                "[]",
                line(weight(unique("weight"), unique("nobody"))),
                line(child(last)));

        Parameters summary = upload(lines);

        assertThat(count(summary, "accepted")).isEqualTo(2);
        assertThat(count(summary, "refused")).isEqualTo(5);
        assertThat(rejects(summary)).extracting(ImportIT::lineOf).containsExactly(2, 3, 4, 5, 6);
        assertThat(rejects(summary))
                .allSatisfy(reject -> exchange.get(
                                "$quarantine-entry?id="
                                        + part(reject, "quarantine").getValue().primitiveValue(),
                                "Keneya-Facility",
                                facility)
                        .hasStatus(200));
        OperationOutcome why =
                (OperationOutcome) part(rejects(summary).get(0), "outcome").getResource();
        assertThat(why.getIssueFirstRep().getExpression().get(0).getValue()).isEqualTo("Patient.gender");
        exchange.get("Patient/" + first).hasStatus(200);
        exchange.get("Patient/" + last).hasStatus(200);
    }

    @Test
    void recognisesWhatWasUploadedBefore() {
        String child = unique("child");
        String withoutId = unique("record");
        String lines = line(child(child)) + "\n" + line(aChild(withoutId));

        upload(lines);
        Parameters again = upload(lines);

        assertThat(count(again, "accepted")).isEqualTo(2);
        assertThat(version(child)).isEqualTo("1");
        assertThat(exchange.get("Patient?identifier=" + withoutId).entries()).hasSize(1);
    }

    @Test
    void doesNotUndoWithANamedUploadWhatSomebodyWroteSince() {
        String child = unique("child");
        String lines = line(child(child));
        String name = unique("upload");
        upload(lines, "Idempotency-Key", name);
        Patient corrected = child(child);
        corrected.getNameFirstRep().getGiven().get(0).setValue("Aminata");
        exchange.put("Patient/" + child, corrected).hasStatus(200);

        upload(lines, "Idempotency-Key", name);

        assertThat(exchange.get("Patient/" + child).body()).contains("Aminata");
        assertThat(version(child)).isEqualTo("2");
    }

    @Test
    void finishesWithTheSameUploadWhatWasBrokenOff() throws Exception {
        List<String> children = new ArrayList<>();
        StringBuilder lines = new StringBuilder();
        for (int number = 0; number < 130; number++) {
            children.add(unique("child"));
            lines.append(line(child(children.get(number)))).append('\n');
        }
        byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
        URI base = URI.create(exchange.base());
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            OutputStream stream = socket.getOutputStream();
            stream.write(("POST /fhir/$import HTTP/1.1\r\nHost: " + base.getAuthority() + "\r\nContent-Type: " + NDJSON
                            + "\r\nKeneya-Facility: " + facility + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            stream.write(body, 0, body.length - 200);
            stream.flush();
            awaitRecord(children.get(0));
        }

        Parameters summary = upload(lines.toString());

        assertThat(count(summary, "accepted")).isEqualTo(130);
        assertThat(version(children.get(0))).isEqualTo("1");
        assertThat(version(children.get(129))).isEqualTo("1");
    }

    @Test
    void storesLinesWhileTheRestIsOnItsWay() throws Exception {
        String first = unique("first");
        String last = unique("last");
        PipedInputStream body = new PipedInputStream(1 << 20);
        try (PipedOutputStream sender = new PipedOutputStream(body)) {
            CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> exchange.send(
                    "POST", "$import", NDJSON, BodyPublishers.ofInputStream(() -> body), "Keneya-Facility", facility));
            StringBuilder lines = new StringBuilder(line(child(first))).append('\n');
            for (int number = 0; number < 120; number++) {
                lines.append(line(child(unique("child")))).append('\n');
            }
            // More than is buffered on the way, so that the server has seen a hundred lines.
            lines.append(" ".repeat(200_000)).append('\n');
            sender.write(lines.toString().getBytes(StandardCharsets.UTF_8));
            sender.flush();
            awaitRecord(first);
            assertThat(answer).isNotDone();
            sender.write(line(child(last)).getBytes(StandardCharsets.UTF_8));
            sender.close();

            assertThat(count(answer.get(60, TimeUnit.SECONDS).hasStatus(200).as(Parameters.class), "accepted"))
                    .isEqualTo(122);
        }
    }

    @Test
    void executesTheDeletionsOfAnExport() {
        String child = unique("child");
        upload(line(child(child)));

        Parameters summary = upload("{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"request\":"
                + "{\"method\":\"DELETE\",\"url\":\"Patient/" + child + "\"}}]}");

        assertThat(count(summary, "accepted")).isEqualTo(1);
        exchange.get("Patient/" + child).hasStatus(410);
    }

    /** A conflict that does not pass: it belongs to its line, and the lines after it are stored. */
    @Test
    void goesOnAfterADeletionOfWhatOthersPointTo() {
        String child = unique("child");
        String next = unique("child");
        upload(line(child(child)) + "\n" + line(weight(unique("weight"), child)));

        Parameters summary = upload("""
                {"resourceType":"Bundle","type":"transaction","entry":[{"request":{"method":"DELETE","url":"Patient/%s"}}]}
                """.formatted(child).strip() + "\n" + line(child(next)));

        assertThat(rejects(summary)).extracting(ImportIT::lineOf).containsExactly(1);
        exchange.get("Patient/" + child).hasStatus(200);
        exchange.get("Patient/" + next).hasStatus(200);
    }

    @Test
    void leavesOutALineThatIsTooLongAndReadsOn() {
        String child = unique("child");

        Parameters summary =
                upload("{\"resourceType\":\"" + "x".repeat(11 * 1024 * 1024) + "\"}\n" + line(child(child)));

        assertThat(rejects(summary)).extracting(ImportIT::lineOf).containsExactly(1);
        exchange.get("Patient/" + child).hasStatus(200);
    }

    /** The answer to a batch is 200 whatever became of its entries. */
    @Test
    void stopsWhileTheDatabaseIsFullAndRefusesNoLineForIt() {
        String function = "keneya.full_of_" + facility.replaceAll("\\W", "_");
        String lines = line(child(unique("child"))) + "\n" + line(child(unique("child")));
        jdbc.sql("create function " + function + "() returns trigger language plpgsql as"
                        + " 'begin raise exception using errcode = ''53100''; end'")
                .update();
        jdbc.sql("create trigger full_disk before insert on keneya.receipt for each row when (new.facility = '"
                        + facility + "') execute function " + function + "()")
                .update();
        try {
            exchange.send("POST", "$import", NDJSON, BodyPublishers.ofString(lines), "Keneya-Facility", facility)
                    .isRefused(503, "ML-IMPORT-001");
        } finally {
            jdbc.sql("drop function " + function + " cascade").update();
        }

        assertThat(count(upload(lines), "accepted")).isEqualTo(2);
    }

    @Test
    void refusesOtherContentAndBombs() throws Exception {
        exchange.send("POST", "$import", "text/csv", BodyPublishers.ofString("a;b"))
                .isRefused(415, "ML-FHIR-007");
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bomb)) {
            for (int number = 0; number < 64; number++) {
                gzip.write(new byte[1 << 20]);
            }
        }
        exchange.send(
                        "POST",
                        "$import",
                        NDJSON,
                        BodyPublishers.ofByteArray(bomb.toByteArray()),
                        "Content-Encoding",
                        "gzip")
                .isRefused(413, "ML-FHIR-009");
    }

    private Parameters upload(String lines, String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = "Keneya-Facility";
        all[1] = facility;
        System.arraycopy(headers, 0, all, 2, headers.length);
        return exchange.send("POST", "$import", NDJSON, BodyPublishers.ofString(lines), all)
                .hasStatus(200)
                .as(Parameters.class);
    }

    private static Patient child(String id) {
        Patient child = aChild(id);
        child.setId(id);
        return child;
    }

    private static Resource weight(String id, String child) {
        Resource weight = weightOf("Patient/" + child, "7.10");
        weight.setId(id);
        return weight;
    }

    private String line(Resource record) {
        return exchange.json(record);
    }

    private String version(String child) {
        return exchange.get("Patient/" + child).as(Patient.class).getMeta().getVersionId();
    }

    private void awaitRecord(String child) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (exchange.get("Patient/" + child).status() != 200) {
            assertThat(System.nanoTime()).as("waiting for " + child).isLessThan(deadline);
        }
    }

    private static int count(Parameters summary, String name) {
        return ((IntegerType) summary.getParameter(name).getValue()).getValue();
    }

    private static List<ParametersParameterComponent> rejects(Parameters summary) {
        return summary.getParameter().stream()
                .filter(parameter -> parameter.getName().equals("reject"))
                .toList();
    }

    private static int lineOf(ParametersParameterComponent reject) {
        return ((IntegerType) part(reject, "line").getValue()).getValue();
    }

    private static ParametersParameterComponent part(ParametersParameterComponent reject, String name) {
        return reject.getPart().stream()
                .filter(part -> part.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
