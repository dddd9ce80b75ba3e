package ml.keneya.export.upload;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.UriType;

/** Asks for imports from addresses, for one facility, and waits for them. */
final class ImportClient {

    static final Duration LONGEST = Duration.ofMinutes(2);

    private final Exchange exchange;
    private final String facility;

    ImportClient(Exchange exchange, String facility) {
        this.exchange = exchange;
        this.facility = facility;
    }

    static Parameters request(String... sources) {
        Parameters parameters = new Parameters();
        for (String source : sources) {
            parameters.addParameter().setName("input").addPart().setName("url").setValue(new UriType(source));
        }
        return parameters;
    }

    Answer ask(Parameters parameters, String... headers) {
        List<String> all = new ArrayList<>(List.of("Keneya-Facility", facility, "Prefer", "respond-async"));
        all.addAll(List.of(headers));
        return exchange.post("$import", exchange.json(parameters), all.toArray(String[]::new));
    }

    String beginNamed(String name, String... sources) {
        return ask(request(sources), "Idempotency-Key", name)
                .hasStatus(202)
                .header("Content-Location")
                .orElseThrow();
    }

    String begin(String... sources) {
        return ask(request(sources)).hasStatus(202).header("Content-Location").orElseThrow();
    }

    Answer asked(String status) {
        return exchange.get(status, "Keneya-Facility", facility);
    }

    Answer untilSettled(String status) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        Answer answer = asked(status);
        while (answer.status() == 202) {
            assertThat(System.nanoTime()).as("waiting for " + status).isLessThan(deadline);
            answer = asked(status);
        }
        return answer;
    }

    Parameters whenDone(String status) {
        return untilSettled(status).hasStatus(200).as(Parameters.class);
    }

    void awaitLine(String status, int line) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (!asked(status).header("X-Progress").orElse("").contains("ligne " + line + " ")) {
            assertThat(System.nanoTime()).as("waiting for line " + line).isLessThan(deadline);
        }
    }

    static UUID jobOf(String status) {
        return UUID.fromString(status.replaceAll(".*=", ""));
    }

    static List<String> children(int count) {
        List<String> children = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            children.add(unique("child"));
        }
        return children;
    }

    String lines(List<String> children) {
        StringBuilder lines = new StringBuilder();
        children.forEach(
                child -> lines.append(line(child(child)).replace("é", "e")).append('\n'));
        return lines.toString();
    }

    static Patient child(String id) {
        Patient child = aChild(id);
        child.setId(id);
        return child;
    }

    String line(Resource record) {
        return exchange.json(record);
    }

    String version(String child) {
        return exchange.get("Patient/" + child).as(Patient.class).getMeta().getVersionId();
    }

    static int count(Parameters summary, String name) {
        return ((IntegerType) summary.getParameter(name).getValue()).getValue();
    }
}
