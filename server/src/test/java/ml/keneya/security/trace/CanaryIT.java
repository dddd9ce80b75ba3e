package ml.keneya.security.trace;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import ml.keneya.security.TestApp;
import ml.keneya.security.TestPerson;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.Canary;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;

/** Sends a surname that nobody has, by every way that a name can come in, and looks for it in everything logged. */
@KeneyaIntegrationTest
class CanaryIT {

    @RegisterExtension
    final Canary canary = new Canary();

    private final String surname = canary.surname();

    @Autowired
    Exchange exchange;

    @Test
    void neverLogsANameThatCameInABody() {
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
    void neverLogsANameThatCameInAnAddressOrAHeader() {
        exchange.get("Patient?family=" + surname).hasStatus(200);
        exchange.get("Patient?family:" + surname + "=x");
        exchange.get("Patient?" + surname + "=x");
        exchange.get("Patient?birthdate=" + surname);
        exchange.get("Patient?identifier=" + surname + "%7C" + surname);
        exchange.get("Observation?patient.family=" + surname);

        assertThat(linesWithTheName()).isEmpty();
    }

    @Test
    void neverLogsANameThatCameByAnOddWay() {
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
    @DisplayName("Nor what a site sends and searches with a token, well, badly and without right")
    void neverLogsANameThatCameWithAToken() {
        String facility = unique("cscom");
        TestSystem site = TestSystem.ofSite(exchange, facility);
        String[] all = site.withAll();
        String[] reads = site.with("system/Patient.rs");
        Patient child = named(aChild(unique("record")));

        exchange.create(child, all).hasStatus(201);
        exchange.post("", exchange.json(transaction(creating(named(aChild(unique("record")))))), all)
                .hasStatus(200);
        exchange.post("", exchange.json(transaction(creating(named(new Patient())))), all)
                .hasStatus(422);
        exchange.create(child, reads).hasStatus(403);
        assertThat(exchange.get("Patient?family=" + surname, all).hasStatus(200).body())
                .contains(surname);
        exchange.get("?_type=Patient&name=" + surname, all).hasStatus(200);
        search("family=" + surname, all).hasStatus(200);
        exchange.get("Patient?birthdate=" + surname, all).hasStatus(400);
        exchange.get("Patient?family:" + surname + "=x", all);
        search("birthdate=" + surname, all).hasStatus(400);
        exchange.get("Observation?subject.family=" + surname, all).hasStatus(403);
        exchange.get("Patient?_has:" + surname + ":patient:x=" + surname, all).hasStatus(403);
        exchange.get("Patient?family=" + surname, site.with("system/Observation.rs"))
                .hasStatus(403);
        exchange.get(
                        "Patient?family=" + surname,
                        TestSystem.withRole(exchange, "administrator").withAll())
                .hasStatus(403);
        exchange.get(
                        "Patient?family=" + surname,
                        TestSystem.withRole(exchange, "agency").withAll())
                .hasStatus(403);
        exchange.get("Patient?family=" + surname, "Authorization", "Bearer " + surname)
                .hasStatus(401);
        exchange.get("Patient?family=" + surname, "X-Forwarded-For", "203.0.113.9")
                .hasStatus(401);

        assertThat(linesWithTheName()).isEmpty();
    }

    @Test
    @DisplayName("Nor what is imported, whether it is stored, refused, no record at all, or called by a name")
    void neverLogsANameThatWasImported() {
        String[] site = TestSystem.ofSite(exchange, unique("cscom")).withAll();
        String lines = exchange.json(named(aChild(unique("record")))) + "\n" + exchange.json(named(new Patient()))
                + "\n{\"resourceType\":\"" + surname + "\"}\n{\"" + surname + "\n\n" + surname + "\n";

        Answer answer =
                exchange.send("POST", "$import", "application/fhir+ndjson", BodyPublishers.ofString(lines), site);
        assertThat(answer.hasStatus(200)
                        .as(Parameters.class)
                        .getParameter("accepted")
                        .getValue()
                        .primitiveValue())
                .isEqualTo("1");
        for (String[] caller : new String[][] {site, {}}) {
            String[] later = Stream.concat(Arrays.stream(caller), Stream.of("Prefer", "respond-async"))
                    .toArray(String[]::new);
            assertThat(exchange.post(
                                    "$import",
                                    "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"input\",\"part\":["
                                            + "{\"name\":\"url\",\"valueUri\":\"https://example.org/" + surname
                                            + "\"}]}]}",
                                    later)
                            .status())
                    .isBetween(400, 499);
        }

        assertThat(linesWithTheName()).isEmpty();
    }

    @Test
    @DisplayName("Nor what is typed on the page for logins, or sent to the endpoints behind it")
    void neverLogsANameThatWasTyped() {
        TestApp app = TestApp.with(exchange, "openid");
        TestPerson person = TestPerson.ready(exchange, "auditor", Map.of());

        app.ask("openid", wish -> wish.put("login_hint", surname)).hasStatus(200);
        app.send(app.ask("openid"), "login", surname, "password", surname);
        app.send(app.ask("openid"), "login", person.login(), "password", surname);
        app.send(
                app.ask("openid"),
                "login",
                surname,
                "code",
                surname,
                "new_password",
                surname,
                "new_password_again",
                surname);
        app.ask("openid " + surname);
        app.ask("openid", wish -> wish.put("state", surname));
        app.ask("openid", wish -> wish.put("client_id", surname));
        app.redeem(surname);
        app.renew(surname);
        app.giveBack(surname);
        exchange.get(TestSystem.root(exchange) + "/" + surname);
        TestSystem.operate(exchange, "POST", "", "{\"id\":\"" + surname + " x\"}", TestSystem.operatorKey());
        TestSystem.operate(exchange, "GET", "/" + surname, null, surname);

        assertThat(linesWithTheName()).isEmpty();
    }

    @Test
    void wouldFindTheNameIfItWereLogged() {
        LoggerFactory.getLogger("ml.keneya.somewhere").info("The patient {}", surname);
        assertThat(linesWithTheName()).hasSize(1);
        LoggerFactory.getLogger("ca.uhn.somewhere").warn("Failed", new IllegalStateException(surname));
        assertThat(linesWithTheName()).hasSize(2);
    }

    private Answer search(String form, String[] caller) {
        return exchange.send(
                "POST", "Patient/_search", "application/x-www-form-urlencoded", BodyPublishers.ofString(form), caller);
    }

    private Patient named(Patient patient) {
        patient.getNameFirstRep().setFamily(surname);
        return patient;
    }

    private List<String> linesWithTheName() {
        return canary.linesWithTheName();
    }
}
