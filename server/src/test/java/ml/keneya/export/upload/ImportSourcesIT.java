package ml.keneya.export.upload;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.TestSources;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.UriType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** $import from a list of addresses. */
@KeneyaIntegrationTest
class ImportSourcesIT {

    private static final Duration LONGEST = Duration.ofMinutes(2);

    @Autowired
    Exchange exchange;

    @Autowired
    ImportJobs jobs;

    @Autowired
    ImportsSources imports;

    @Autowired
    JdbcClient jdbc;

    String facility;

    @BeforeEach
    void inventAFacility() {
        facility = unique("cscom");
    }

    @Test
    void importsTheFilesInTheirOrderAndSaysWhatBecameOfEachLine() {
        String child = unique("child");
        String weight = unique("weight");
        String people = TestSources.serve(unique("people"), line(child(child)) + "\n\nnonsense\n");
        String weights = TestSources.serve(unique("weights"), line(weight(weight, child)));

        Parameters summary = whenDone(begin(people, weights));

        assertThat(count(summary, "lines")).isEqualTo(3);
        assertThat(count(summary, "accepted")).isEqualTo(2);
        assertThat(count(summary, "refused")).isEqualTo(1);
        assertThat(rejects(summary)).hasSize(1);
        ParametersParameterComponent reject = rejects(summary).get(0);
        assertThat(part(reject, "source").getValue().primitiveValue()).isEqualTo(people);
        assertThat(part(reject, "line").getValue().primitiveValue()).isEqualTo("3");
        assertThat(part(reject, "outcome").getResource()).isInstanceOf(OperationOutcome.class);
        String kept = part(reject, "quarantine").getValue().primitiveValue();
        exchange.get("$quarantine-entry?id=" + kept, "Keneya-Facility", facility)
                .hasStatus(200);
        exchange.get("Observation/" + weight).hasStatus(200);
        assertThat(exchange.get("Provenance?target=Patient/" + child).entries())
                .as("the receipt of a delivery like any other")
                .anySatisfy(entry -> assertThat(exchange.json((Provenance) entry.getResource()))
                        .contains(facility));
    }

    @Test
    void showsTheSourceNothingOfWhoAsked() {
        String name = unique("people");

        whenDone(begin(TestSources.serve(name, line(child(unique("child"))))));

        assertThat(TestSources.requestsOf("/files/" + name)).hasSize(1).allSatisfy(request -> {
            assertThat(request.getRequestMethod()).isEqualTo("GET");
            assertThat(request.getRequestHeaders().keySet())
                    .doesNotContain("Authorization", "Cookie", "Keneya-Facility");
        });
    }

    @Test
    void inflatesWhatComesCompressed() throws Exception {
        String child = unique("child");
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(line(child(child)).getBytes(StandardCharsets.UTF_8));
        }

        String source = TestSources.serve(unique("people"), request -> {
            request.getResponseHeaders().set("Content-Encoding", "gzip");
            request.sendResponseHeaders(200, zipped.size());
            request.getResponseBody().write(zipped.toByteArray());
        });

        assertThat(count(whenDone(begin(source)), "accepted")).isEqualTo(1);
        exchange.get("Patient/" + child).hasStatus(200);
    }

    @Test
    void goesOnBehindTheLastDeliveryWhenTheSourceBreaksOff() {
        List<String> children = children(250);
        String whole = lines(children);
        int half = lines(children.subList(0, 150)).length();
        AtomicInteger tries = new AtomicInteger();
        String source = TestSources.serve(unique("people"), request -> {
            byte[] body = whole.getBytes(StandardCharsets.UTF_8);
            request.sendResponseHeaders(200, body.length);
            request.getResponseBody().write(body, 0, tries.incrementAndGet() == 1 ? half : body.length);
        });

        Parameters summary = whenDone(begin(source));

        assertThat(tries).hasValue(2);
        assertThat(count(summary, "accepted")).isEqualTo(250);
        assertThat(count(summary, "refused")).isZero();
        assertThat(version(children.get(0))).isEqualTo("1");
        assertThat(version(children.get(249))).isEqualTo("1");
    }

    @Test
    void goesOnWhereAServerWasKilled() throws Exception {
        List<String> children = children(250);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger tries = new AtomicInteger();
        String source = TestSources.serve(unique("people"), holding(children, 150, release, tries));
        String status = begin(source);
        awaitLine(status, 100);

        // Killed: its lease ends by itself, and another server takes the import up.
        expireLease(status);
        ImportJob taken = jobs.lease(RunsImports.LEASE).orElseThrow();
        imports.carryOut(taken, () -> true);

        assertThat(taken.id()).isEqualTo(jobOf(status));
        assertThat(taken.line()).isEqualTo(100);
        Parameters summary = whenDone(status);
        assertThat(count(summary, "accepted")).isEqualTo(250);
        assertThat(count(summary, "refused")).isZero();
        // And the first one, should it live after all, finds that the import is not its own any more.
        release.countDown();
        whenDone(begin(TestSources.serve(unique("people"), line(child(unique("child"))))));
        assertThat(count(whenDone(status), "accepted")).isEqualTo(250);
        assertThat(version(children.get(120))).isEqualTo("1");
    }

    @Test
    void doesNothingTwiceThatWasDeliveredAndNotNoted() {
        String number = unique("child");
        Patient withoutId = aChild(number);
        String status = begin(TestSources.serve(unique("people"), line(withoutId)));
        whenDone(status);

        jdbc.sql("""
                        update keneya.import_job set status = 'WAITING', source = 0, line = 0, accepted = 0
                        where id = :id
                        """).param("id", jobOf(status)).update();
        Parameters summary = whenDone(status);

        assertThat(count(summary, "accepted")).isEqualTo(1);
        assertThat(exchange.get("Patient?identifier=" + number).entries()).hasSize(1);
    }

    @Test
    void stopsAtAFileThatHasChangedMeanwhile() {
        List<String> children = children(150);
        AtomicInteger tries = new AtomicInteger();
        String whole = lines(children);
        String source = TestSources.serve(unique("people"), request -> {
            byte[] body = whole.getBytes(StandardCharsets.UTF_8);
            int number = tries.incrementAndGet();
            request.getResponseHeaders().set("ETag", "\"" + number + "\"");
            request.sendResponseHeaders(200, body.length);
            request.getResponseBody().write(body, 0, number == 1 ? body.length - 10 : body.length);
        });

        Answer answer = untilSettled(begin(source));

        answer.isRefused(409, "ML-IMPORT-006").says(source);
        exchange.get("Patient/" + children.get(99)).hasStatus(200);
    }

    @Test
    void endsWhenItIsCancelled() throws Exception {
        List<String> children = children(350);
        CountDownLatch release = new CountDownLatch(1);
        String status =
                begin(TestSources.serve(unique("people"), holding(children, 150, release, new AtomicInteger())));
        awaitLine(status, 100);

        exchange.delete(status, "Keneya-Facility", facility).hasStatus(202);
        asked(status).isRefused(404, "ML-IMPORT-004");
        release.countDown();

        // One after the other: when the next is done, nobody is at the cancelled one any more.
        whenDone(begin(TestSources.serve(unique("people"), line(child(unique("child"))))));
        exchange.get("Patient/" + children.get(99)).hasStatus(200);
        exchange.get("Patient/" + children.get(249)).hasStatus(404);
    }

    @Test
    void saysWhyAFileCannotBeRead() {
        untilSettled(begin(TestSources.allowed() + unique("nothing")))
                .isRefused(422, "ML-IMPORT-005")
                .says("HTTP 404");
    }

    @Test
    void belongsToWhoAskedForIt() {
        String status = begin(TestSources.serve(unique("people"), line(child(unique("child")))));

        exchange.get(status, "Keneya-Facility", unique("cscom")).isRefused(404, "ML-IMPORT-004");
        exchange.delete(status, "Keneya-Facility", unique("cscom")).isRefused(404, "ML-IMPORT-004");
        whenDone(status);
    }

    @Test
    void refusesWhatItDoesNotUnderstand() {
        String source = TestSources.serve(unique("people"), "");
        exchange.post("$import", exchange.json(request(source))).isRefused(400, "ML-IMPORT-003");
        ask(new Parameters()).isRefused(400, "ML-FHIR-041");
        Parameters spreadsheet = request(source);
        spreadsheet.addParameter("inputFormat", "text/csv");
        ask(spreadsheet).isRefused(400, "ML-FHIR-040");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:{port}/other/people.ndjson",
                "http://127.0.0.1:{port}/files/../other/people.ndjson",
                "http://127.0.0.1:{port}/files/%2e%2e/other/people.ndjson",
                "http://127.0.0.1:{port}/files//../../other/people.ndjson",
                "http://127.0.0.1:{port}/filesother/people.ndjson",
                "http://127.0.0.1:{port}@127.0.0.1:{port}/files/people.ndjson",
                "http://somebody@127.0.0.1:{port}/files/people.ndjson",
                "http://127.0.0.1/files/people.ndjson",
                "http://localhost:{port}/files/people.ndjson",
                "http://[::ffff:127.0.0.1]:{port}/files/people.ndjson",
                "http://2130706433:{port}/files/people.ndjson",
                "https://127.0.0.1:{port}/files/people.ndjson",
                "http://169.254.169.254/latest/meta-data/",
                "file:///etc/passwd",
                "ftp://127.0.0.1:{port}/files/people.ndjson",
                "//127.0.0.1:{port}/files/people.ndjson",
                "people.ndjson"
            })
    @DisplayName("O1: an address that the operator did not allow is not called")
    void o1_callsNoAddressOfAClientsChoice(String address) {
        String asked = address.replace("{port}", String.valueOf(TestSources.port()));
        int before = TestSources.requestsOf("/other").size();

        ask(request(asked)).isRefused(403, "ML-IMPORT-002");

        assertThat(TestSources.requestsOf("/other")).hasSize(before);
    }

    @Test
    @DisplayName("O1: a source that leads elsewhere is not followed")
    void o1_followsNoRedirection() {
        String elsewhere = "/elsewhere/" + unique("people");
        String source = TestSources.serve(unique("people"), request -> {
            request.getResponseHeaders().set("Location", TestSources.origin() + elsewhere);
            request.sendResponseHeaders(302, -1);
        });

        untilSettled(begin(source)).isRefused(422, "ML-IMPORT-005").says("HTTP 302");

        assertThat(TestSources.requestsOf(elsewhere)).isEmpty();
    }

    /** Sends some lines and holds the rest back the first time; sends all afterwards. */
    private HttpHandler holding(List<String> children, int first, CountDownLatch release, AtomicInteger tries) {
        String whole = lines(children);
        int held = lines(children.subList(0, first)).length();
        return request -> {
            byte[] body = whole.getBytes(StandardCharsets.UTF_8);
            request.sendResponseHeaders(200, body.length);
            if (tries.incrementAndGet() == 1) {
                request.getResponseBody().write(body, 0, held);
                request.getResponseBody().flush();
                await(release);
                request.getResponseBody().write(body, held, body.length - held);
            } else {
                request.getResponseBody().write(body);
            }
        };
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await(LONGEST.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException stopping) {
            throw new IOException(stopping);
        }
    }

    private void awaitLine(String status, int line) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (!asked(status).header("X-Progress").orElse("").contains("ligne " + line + " ")) {
            assertThat(System.nanoTime()).as("waiting for line " + line).isLessThan(deadline);
        }
    }

    private void expireLease(String status) {
        jdbc.sql("update keneya.import_job set lease_until = now() - interval '1 second' where id = :id")
                .param("id", jobOf(status))
                .update();
    }

    private static Parameters request(String... sources) {
        Parameters parameters = new Parameters();
        for (String source : sources) {
            parameters.addParameter().setName("input").addPart().setName("url").setValue(new UriType(source));
        }
        return parameters;
    }

    private Answer ask(Parameters parameters) {
        return exchange.post(
                "$import", exchange.json(parameters), "Keneya-Facility", facility, "Prefer", "respond-async");
    }

    private String begin(String... sources) {
        return ask(request(sources)).hasStatus(202).header("Content-Location").orElseThrow();
    }

    private Answer asked(String status) {
        return exchange.get(status, "Keneya-Facility", facility);
    }

    private Answer untilSettled(String status) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        Answer answer = asked(status);
        while (answer.status() == 202) {
            assertThat(System.nanoTime()).as("waiting for " + status).isLessThan(deadline);
            answer = asked(status);
        }
        return answer;
    }

    private Parameters whenDone(String status) {
        return untilSettled(status).hasStatus(200).as(Parameters.class);
    }

    private static UUID jobOf(String status) {
        return UUID.fromString(status.replaceAll(".*=", ""));
    }

    private static List<String> children(int count) {
        List<String> children = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            children.add(unique("child"));
        }
        return children;
    }

    private String lines(List<String> children) {
        StringBuilder lines = new StringBuilder();
        children.forEach(
                child -> lines.append(line(child(child)).replace("é", "e")).append('\n'));
        return lines.toString();
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

    private static int count(Parameters summary, String name) {
        return ((IntegerType) summary.getParameter(name).getValue()).getValue();
    }

    private static List<ParametersParameterComponent> rejects(Parameters summary) {
        return summary.getParameter().stream()
                .filter(parameter -> parameter.getName().equals("reject"))
                .toList();
    }

    private static ParametersParameterComponent part(ParametersParameterComponent reject, String name) {
        return reject.getPart().stream()
                .filter(part -> part.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
