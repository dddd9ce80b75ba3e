package ml.keneya.security.trace;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;

/** Sends a surname that nobody has, by every way that a name can come in, and looks for it in everything logged. */
@KeneyaIntegrationTest
class CanaryIT {

    private final String surname = "Kanari" + UUID.randomUUID().toString().replaceAll("[^a-f]", "") + "nya";
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logged logged = new Logged();

    @Autowired
    Exchange exchange;

    @BeforeEach
    void listen() {
        logged.start();
        root.addAppender(logged);
    }

    @AfterEach
    void stop() {
        root.detachAppender(logged);
    }

    @Test
    void neverLogsANameThatCameInABody() throws IOException {
        Patient child = named(aChild(unique("record")));
        exchange.create(child).hasStatus(201);
        exchange.post(transaction(creating(named(aChild(unique("record"))))), unique("cscom"))
                .hasStatus(200);
        exchange.create(named(new Patient()));
        exchange.create(named(aChild(unique("record"))).setBirthDateElement(null));
        exchange.post("Patient", "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"" + surname + "\"}");
        exchange.post("Patient", "{\"resourceType\":\"Patient\",\"birthDate\":\"" + surname + "\"}");
        exchange.post("Patient", "{\"resourceType\":\"Patient\",\"" + surname + "\":true}");
        exchange.post(
                "",
                "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"resource\":" + exchange.json(child)
                        + ",\"request\":{\"method\":\"PUT\",\"url\":\"Patient?family=" + surname + "\"}}]}");
        exchange.send("PUT", "Patient/" + surname, "application/xml", BodyPublishers.ofString("<Patient><" + surname));
        exchange.send(
                "PATCH",
                "Patient/" + UUID.randomUUID(),
                "application/json-patch+json",
                BodyPublishers.ofString("[{\"op\":\"" + surname + "\",\"path\":\"/" + surname + "\"}]"));

        assertThat(linesWithTheName()).isEmpty();
    }

    @Test
    void neverLogsANameThatCameInAnAddressOrAHeader() throws IOException {
        exchange.get("Patient?family=" + surname).hasStatus(200);
        exchange.get("Patient?family:" + surname + "=x");
        exchange.get("Patient?" + surname + "=x");
        exchange.get("Patient?birthdate=" + surname);
        exchange.get("Patient?identifier=" + surname + "%7C" + surname);
        exchange.get("Observation?patient.family=" + surname);

        assertThat(linesWithTheName()).isEmpty();
    }

    @Test
    void neverLogsANameThatCameByAnOddWay() throws IOException {
        exchange.get("Patient/" + surname + "/" + surname);
        exchange.get(surname);
        exchange.get("Patient/$" + surname);
        exchange.get("AuditEvent?date=" + surname);
        exchange.get("Patient", "If-Modified-Since", surname);
        exchange.get("Patient", "Keneya-Facility", surname + "!");
        exchange.get("Patient", "X-Request-ID", surname + "!");
        exchange.create(aChild(unique("record")), "If-None-Exist", "family=" + surname);
        exchange.send(
                "POST",
                "Patient/_search",
                "application/x-www-form-urlencoded",
                BodyPublishers.ofString("birthdate=" + surname + "&family=" + surname));

        assertThat(linesWithTheName()).isEmpty();
    }

    @Test
    void neverLogsANameWhoseSenderHangsUp() throws IOException {
        URI base = URI.create(exchange.base());
        for (String body : List.of("{\"resourceType\":\"Patient\",\"" + surname, "")) {
            try (Socket socket = new Socket(base.getHost(), base.getPort())) {
                socket.setSoLinger(true, 0);
                String request = "POST /fhir/Patient?" + surname + "=x HTTP/1.1\r\nHost: localhost\r\n"
                        + "Content-Type: application/fhir+json\r\nContent-Length: 500\r\n\r\n" + body;
                socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            }
        }
        exchange.get("metadata").hasStatus(200);

        assertThat(linesWithTheName()).isEmpty();
    }

    @Test
    void wouldFindTheNameIfItWereLogged() throws IOException {
        LoggerFactory.getLogger("ml.keneya.somewhere").info("The patient {}", surname);
        assertThat(linesWithTheName()).hasSize(1);
        LoggerFactory.getLogger("ca.uhn.somewhere").warn("Failed", new IllegalStateException(surname));
        assertThat(linesWithTheName()).hasSize(2);
    }

    private Patient named(Patient patient) {
        patient.getNameFirstRep().setFamily(surname);
        return patient;
    }

    private List<String> linesWithTheName() throws IOException {
        return Stream.concat(logged.lines.stream(), logOfPostgresql().stream())
                .filter(line -> line.contains(surname))
                .toList();
    }

    /** The delivered PostgreSQL of this JVM writes a file; in a container it has none here. */
    private static List<String> logOfPostgresql() throws IOException {
        Path log = Path.of(System.getProperty("basedir", ""), "target", "test-postgresql")
                .resolve(Long.toString(ProcessHandle.current().pid()))
                .resolve("postgresql.log");
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    private static final class Logged extends AppenderBase<ILoggingEvent> {

        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            String cause =
                    event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
            lines.add(event.getLoggerName() + " " + event.getFormattedMessage() + " " + cause);
        }
    }
}
