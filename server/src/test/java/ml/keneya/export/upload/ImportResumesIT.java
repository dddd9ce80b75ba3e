package ml.keneya.export.upload;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.TestSources;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.unit.DataSize;

/** Imports from addresses that are interrupted, by whomever. */
@KeneyaIntegrationTest
class ImportResumesIT {

    @Autowired
    Exchange exchange;

    @Autowired
    ImportJobs jobs;

    @Autowired
    ImportsSources imports;

    @Autowired
    OpensSources opens;

    @Autowired
    GathersLines gathers;

    @Autowired
    DeliveryDoor door;

    @Autowired
    ImportSettings settings;

    @Autowired
    JdbcClient jdbc;

    String facility;
    ImportClient client;

    @BeforeEach
    void inventAFacility() {
        facility = unique("cscom");
        client = new ImportClient(exchange, facility);
    }

    @Test
    void goesOnBehindTheLastDeliveryWhenTheSourceBreaksOff() {
        List<String> children = ImportClient.children(250);
        String whole = client.lines(children);
        int half = client.lines(children.subList(0, 150)).length();
        AtomicInteger tries = new AtomicInteger();
        String source = TestSources.serve(unique("people"), request -> {
            byte[] body = whole.getBytes(StandardCharsets.UTF_8);
            request.sendResponseHeaders(200, body.length);
            request.getResponseBody().write(body, 0, tries.incrementAndGet() == 1 ? half : body.length);
        });

        Parameters summary = client.whenDone(client.begin(source));

        assertThat(tries).hasValue(2);
        assertThat(ImportClient.count(summary, "accepted")).isEqualTo(250);
        assertThat(ImportClient.count(summary, "refused")).isZero();
        assertThat(client.version(children.get(0))).isEqualTo("1");
        assertThat(client.version(children.get(249))).isEqualTo("1");
    }

    @Test
    void goesOnWhereAServerWasKilled() throws Exception {
        List<String> children = ImportClient.children(250);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger tries = new AtomicInteger();
        String source = TestSources.serve(unique("people"), holding(children, 150, release, tries));
        String status = client.begin(source);
        client.awaitLine(status, 100);

        // Killed: its lease ends by itself, and another server takes the import up.
        expireLease(status);
        ImportJob taken = jobs.lease(RunsImports.LEASE).orElseThrow();
        imports.carryOut(taken, () -> true);

        assertThat(taken.id()).isEqualTo(ImportClient.jobOf(status));
        assertThat(taken.line()).isEqualTo(100);
        Parameters summary = client.whenDone(status);
        assertThat(ImportClient.count(summary, "accepted")).isEqualTo(250);
        assertThat(ImportClient.count(summary, "refused")).isZero();
        // And the first one, should it live after all, finds that the import is not its own any more.
        release.countDown();
        client.whenDone(
                client.begin(TestSources.serve(unique("people"), client.line(ImportClient.child(unique("child"))))));
        assertThat(ImportClient.count(client.whenDone(status), "accepted")).isEqualTo(250);
        assertThat(client.version(children.get(120))).isEqualTo("1");
    }

    @Test
    void doesNothingTwiceThatWasDeliveredAndNotNoted() {
        String number = unique("child");
        String child = unique("child");
        String status = client.beginNamed(
                unique("import"),
                TestSources.serve(
                        unique("people"), client.line(aChild(number)) + "\n" + client.line(ImportClient.child(child))));
        client.whenDone(status);
        // By its content alone a line would now be one that puts back what somebody has changed.
        Patient corrected = ImportClient.child(child);
        corrected.getNameFirstRep().getGiven().get(0).setValue("Aminata");
        exchange.put("Patient/" + child, corrected, "Keneya-Facility", facility).hasStatus(200);

        jdbc.sql("""
                        update keneya.import_job set status = 'WAITING', source = 0, line = 0, accepted = 0
                        where id = :id
                        """).param("id", ImportClient.jobOf(status)).update();
        Parameters summary = client.whenDone(status);

        assertThat(ImportClient.count(summary, "accepted")).isEqualTo(2);
        assertThat(exchange.get("Patient?identifier=" + number).entries()).hasSize(1);
        assertThat(exchange.get("Patient/" + child).body()).contains("Aminata");
        assertThat(client.version(child)).isEqualTo("2");
    }

    @Test
    void stopsAtAFileThatHasChangedMeanwhile() {
        List<String> children = ImportClient.children(150);
        AtomicInteger tries = new AtomicInteger();
        String whole = client.lines(children);
        String source = TestSources.serve(unique("people"), request -> {
            byte[] body = whole.getBytes(StandardCharsets.UTF_8);
            int number = tries.incrementAndGet();
            request.getResponseHeaders().set("ETag", "\"" + number + "\"");
            request.sendResponseHeaders(200, body.length);
            request.getResponseBody().write(body, 0, number == 1 ? body.length - 10 : body.length);
        });

        Answer answer = client.untilSettled(client.begin(source));

        answer.isRefused(409, "ML-IMPORT-006").says(source);
        exchange.get("Patient/" + children.get(99)).hasStatus(200);
    }

    @Test
    void endsWhenItIsCancelled() throws Exception {
        List<String> children = ImportClient.children(350);
        CountDownLatch release = new CountDownLatch(1);
        String status =
                client.begin(TestSources.serve(unique("people"), holding(children, 150, release, new AtomicInteger())));
        client.awaitLine(status, 100);

        exchange.delete(status, "Keneya-Facility", facility).hasStatus(202);
        client.asked(status).isRefused(404, "ML-IMPORT-004");
        release.countDown();

        // One after the other: when the next is done, nobody is at the cancelled one any more.
        client.whenDone(
                client.begin(TestSources.serve(unique("people"), client.line(ImportClient.child(unique("child"))))));
        exchange.get("Patient/" + children.get(99)).hasStatus(200);
        exchange.get("Patient/" + children.get(249)).hasStatus(404);
    }

    /** The list of addresses was shortened while the import waited for its turn. */
    @Test
    void endsWhatIsLeftWhenNothingMayBeFetchedAnyMore() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        String atWork = client.begin(TestSources.serve(
                unique("people"), holding(ImportClient.children(150), 110, release, new AtomicInteger())));
        client.awaitLine(atWork, 100);
        String left =
                client.begin(TestSources.serve(unique("people"), client.line(ImportClient.child(unique("child")))));
        AllowedSources nothing = new AllowedSources(
                new ImportSettings(DataSize.ofBytes(1_000), 100, List.of(), false, Duration.ofHours(1)));

        RunsImports worker =
                new RunsImports(jobs, new ImportsSources(jobs, nothing, opens, gathers, door), nothing, settings);
        worker.start();

        try {
            client.untilSettled(left).isRefused(403, "ML-IMPORT-002");
        } finally {
            worker.stop();
            release.countDown();
        }
        client.whenDone(atWork);
    }

    @Test
    void endsAfterFaultsOfItsOwnAndGoesOnWhenItIsAskedForAgain() {
        String function = "keneya.trouble_of_" + facility.replaceAll("\\W", "_");
        jdbc.sql("create function " + function
                        + "() returns trigger language plpgsql as 'begin raise exception ''trouble''; end'")
                .update();
        jdbc.sql("create trigger unnoted before update on keneya.import_job for each row when (new.facility = '"
                        + facility + "' and new.line > old.line) execute function " + function + "()")
                .update();
        String name = unique("import");
        String source = TestSources.serve(unique("people"), client.line(ImportClient.child(unique("child"))));
        String status = client.beginNamed(name, source);
        try {
            // The next one is the last.
            await().atMost(ImportClient.LONGEST)
                    .until(() -> jdbc.sql("""
                                    update keneya.import_job set failures = :most, lease_until = null
                                    where id = :id and status = 'WAITING' and failures > 0
                                    """)
                                    .param("most", ImportsSources.MOST_FAILURES)
                                    .param("id", ImportClient.jobOf(status))
                                    .update()
                            == 1);
            client.untilSettled(status).isRefused(500, "ML-IMPORT-007");
        } finally {
            jdbc.sql("drop function " + function + " cascade").update();
        }

        assertThat(client.beginNamed(name, source)).isEqualTo(status);
        assertThat(ImportClient.count(client.whenDone(status), "accepted")).isEqualTo(1);
    }

    /** Sends some lines and holds the rest back the first time; sends all afterwards. */
    private HttpHandler holding(List<String> children, int first, CountDownLatch release, AtomicInteger tries) {
        String whole = client.lines(children);
        int held = client.lines(children.subList(0, first)).length();
        return request -> {
            byte[] body = whole.getBytes(StandardCharsets.UTF_8);
            request.sendResponseHeaders(200, body.length);
            if (tries.incrementAndGet() == 1) {
                request.getResponseBody().write(body, 0, held);
                request.getResponseBody().flush();
                hold(release);
                request.getResponseBody().write(body, held, body.length - held);
            } else {
                request.getResponseBody().write(body);
            }
        };
    }

    private static void hold(CountDownLatch latch) throws IOException {
        try {
            latch.await(ImportClient.LONGEST.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException stopping) {
            throw new IOException(stopping);
        }
    }

    private void expireLease(String status) {
        jdbc.sql("update keneya.import_job set lease_until = now() - interval '1 second' where id = :id")
                .param("id", ImportClient.jobOf(status))
                .update();
    }
}
