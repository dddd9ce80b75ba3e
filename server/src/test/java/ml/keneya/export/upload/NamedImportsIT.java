package ml.keneya.export.upload;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import ml.keneya.export.upload.DeliversLines.Sender;
import ml.keneya.export.upload.GathersLines.Lines;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Caller.Role;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.TestSources;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** An import from addresses that is asked for again. */
@KeneyaIntegrationTest
class NamedImportsIT {

    @Autowired
    Exchange exchange;

    @Autowired
    GathersLines gathers;

    @Autowired
    DeliveryDoor door;

    private final String facility = unique("cscom");
    private final String name = unique("import");
    private final String number = unique("child");
    private final String child = unique("child");
    private ImportClient client;
    private String source;

    /** One child without an id and one with. */
    @BeforeEach
    void serveAFile() {
        client = new ImportClient(exchange, facility);
        source = TestSources.serve(
                unique("people"), client.line(aChild(number)) + "\n" + client.line(ImportClient.child(child)));
    }

    @Test
    void isTheSameUnderTheSameName() {
        String first = client.beginNamed(name, source);
        client.whenDone(first);
        correct();

        String again = client.beginNamed(name, source);

        assertThat(again).isEqualTo(first);
        assertThat(ImportClient.count(client.whenDone(again), "accepted")).isEqualTo(2);
        assertNothingIsDoneTwice();
    }

    @Test
    void doesNothingTwiceWhenTheImportItselfIsForgotten() {
        String first = client.beginNamed(name, source);
        client.whenDone(first);
        correct();
        exchange.delete(first, "Keneya-Facility", facility).hasStatus(202);

        String again = client.beginNamed(name, source);

        assertThat(again).isNotEqualTo(first);
        assertThat(ImportClient.count(client.whenDone(again), "accepted")).isEqualTo(2);
        assertNothingIsDoneTwice();
    }

    @Test
    void isAnotherForAnotherSender() {
        String first = client.beginNamed(name, source);
        client.whenDone(first);

        ImportClient other = new ImportClient(exchange, unique("cscom"));
        String second = other.beginNamed(
                name, TestSources.serve(unique("people"), client.line(ImportClient.child(unique("child")))));

        assertThat(second).isNotEqualTo(first);
        other.whenDone(second);
    }

    @Test
    void refusesAnotherListUnderTheSameName() {
        client.whenDone(client.beginNamed(name, source));

        client.ask(ImportClient.request(source, source), "Idempotency-Key", name)
                .isRefused(422, "ML-INTAKE-006")
                .says(name);
    }

    @Test
    void goesOnWhereItFailedWhenTheSourceIsMended() {
        List<String> children = ImportClient.children(150);
        byte[] whole = client.lines(children).getBytes(StandardCharsets.UTF_8);
        AtomicBoolean gone = new AtomicBoolean();
        AtomicInteger tries = new AtomicInteger();
        String broken = TestSources.serve(unique("people"), request -> {
            if (gone.get()) {
                request.sendResponseHeaders(410, -1);
                return;
            }
            request.sendResponseHeaders(200, whole.length);
            int first = tries.incrementAndGet();
            gone.set(first == 1);
            request.getResponseBody().write(whole, 0, first == 1 ? whole.length - 10 : whole.length);
        });
        String status = client.beginNamed(name, broken);
        client.untilSettled(status).isRefused(422, "ML-IMPORT-005").says("HTTP 410");

        gone.set(false);
        Parameters summary = client.whenDone(client.beginNamed(name, broken));

        assertThat(ImportClient.count(summary, "accepted")).isEqualTo(150);
        assertThat(client.version(children.get(0))).isEqualTo("1");
        assertThat(client.version(children.get(149))).isEqualTo("1");
    }

    @Test
    void tellsByTheContentWhatHasNoName() {
        client.whenDone(client.begin(source));

        Parameters again = client.whenDone(client.begin(source));

        assertThat(ImportClient.count(again, "accepted")).isEqualTo(2);
        assertThat(exchange.get("Patient?identifier=" + number).entries()).hasSize(1);
        assertThat(client.version(child)).isEqualTo("1");
    }

    /** Delivered by a server that was killed before it noted so, then put together with others. */
    @Test
    void recognisesLinesThatArePutTogetherWithOthers() throws IOException {
        List<String> numbers = ImportClient.children(30);
        String first = lines(numbers.subList(0, 10));

        deliver(first, 10);
        deliver(first + lines(numbers.subList(10, 30)), 100);

        assertThat(numbers)
                .allSatisfy(each -> assertThat(
                                exchange.get("Patient?identifier=" + each).entries())
                        .hasSize(1));
    }

    private void deliver(String lines, int together) throws IOException {
        Caller caller = new Caller("local", facility, Role.ADMINISTRATOR, Set.of(), null);
        gathers.deliver(
                new Lines(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)), 0, together),
                door.deliveriesOf(new Sender(exchange.base(), caller, null, name)),
                line -> {});
    }

    private String lines(List<String> numbers) {
        return numbers.stream().map(each -> client.line(aChild(each)) + "\n").collect(Collectors.joining());
    }

    private void correct() {
        Patient corrected = ImportClient.child(child);
        corrected.getNameFirstRep().getGiven().get(0).setValue("Aminata");
        exchange.put("Patient/" + child, corrected, "Keneya-Facility", facility).hasStatus(200);
    }

    private void assertNothingIsDoneTwice() {
        assertThat(exchange.get("Patient?identifier=" + number).entries()).hasSize(1);
        assertThat(exchange.get("Patient/" + child).body()).contains("Aminata");
        assertThat(client.version(child)).isEqualTo("2");
    }
}
