package ml.keneya.export;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Date;
import java.util.Map;
import ml.keneya.export.ExportClient.Export;
import ml.keneya.security.TestApp;
import ml.keneya.security.TestPerson;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Appointment.ParticipationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What somebody began while she might, and may no longer have. */
@KeneyaIntegrationTest
class WithdrawnRightsIT {

    /** Of all of which more is left than the two ends of a connection hold on its way. */
    private static final int LONG_RECORDS = 30;

    private static final int LETTERS = 900_000;

    @Autowired
    Exchange exchange;

    private final String facility = unique("cscom");

    @BeforeEach
    void twoChildrenOfASite() {
        exchange.post(transaction(creating(aChild(unique("record"))), creating(aChild(unique("record")))), facility)
                .hasStatus(200);
    }

    @Test
    @DisplayName("Z17: the next page is not for who was revoked after the first, nor for a successor")
    void z17_endsPagingWithTheRight() {
        TestSystem site = TestSystem.ofSite(exchange, facility);
        String[] token = site.withAll();
        String next = exchange.get("Patient?_count=1", token)
                .hasStatus(200)
                .link("next")
                .orElseThrow();
        exchange.get(next, token).hasStatus(200);

        site.revoke();

        exchange.get(next, token).isRefused(401, "ML-FHIR-014");
        String[] successor = TestSystem.ofSite(exchange, facility).withAll();
        assertThat(exchange.get(next, successor).status()).isEqualTo(403);
    }

    @Test
    @DisplayName("Z17: neither state nor files of an export are for who was revoked after asking for it")
    void z17_endsExportsWithTheRight() {
        TestSystem site = TestSystem.ofSite(exchange, facility);
        String[] token = site.withAll();
        ExportClient client = new ExportClient(exchange, token);
        Export done = client.export("$export?_type=Patient");
        String file = done.urls("output", "Patient").get(0);
        exchange.get(file, token).hasStatus(200);
        String running = client.begin("$export?_type=Patient,Observation");

        site.revoke();

        for (String address : new String[] {done.status(), file, running}) {
            exchange.get(address, token).isRefused(401, "ML-FHIR-014");
            exchange.delete(address, token).isRefused(401, "ML-FHIR-014");
            String[] successor = TestSystem.ofSite(exchange, facility).withAll();
            assertThat(exchange.get(address, successor).status()).as(address).isEqualTo(404);
        }
    }

    @Test
    @DisplayName("Z17: a file that is being fetched breaks off when its reader is revoked")
    void z17_breaksFilesOffWithTheRight() throws Exception {
        TestSystem site = TestSystem.ofSite(exchange, facility);
        String[] token = site.withAll();
        String child = exchange.create(aChild(unique("record")), token)
                .hasStatus(201)
                .as(Patient.class)
                .getIdPart();
        for (int number = 0; number < LONG_RECORDS; number++) {
            exchange.create(aLongAppointment(child), token).hasStatus(201);
        }
        Export done = new ExportClient(exchange, token).export("$export?_type=Appointment");
        String file = done.urls("output", "Appointment").get(0);
        assertThat(done.lines("Appointment")).hasSize(LONG_RECORDS);
        HttpRequest fetching =
                HttpRequest.newBuilder(URI.create(file)).headers(token).build();

        try (InputStream lines = HttpClient.newHttpClient()
                .send(fetching, BodyHandlers.ofInputStream())
                .body()) {
            assertThat(lines.read()).isEqualTo('{');

            site.revoke();

            assertThatThrownBy(() -> lines.transferTo(OutputStream.nullOutputStream()))
                    .isInstanceOf(IOException.class);
        }
    }

    private static Appointment aLongAppointment(String child) {
        Appointment appointment =
                new Appointment().setStatus(AppointmentStatus.BOOKED).setComment("a".repeat(LETTERS));
        appointment
                .setStart(new Date())
                .setEnd(new Date())
                .addParticipant()
                .setStatus(ParticipationStatus.ACCEPTED)
                .setActor(new Reference("Patient/" + child));
        return appointment;
    }

    @Test
    @DisplayName("Z9: after a person has given her token back, no page opens to it")
    void z9_endsPagingWithTheSession() {
        TestPerson nurse = TestPerson.ready(exchange, "site", Map.of("facility", facility));
        TestApp app = TestApp.with(exchange, "openid user/*.rs offline_access");
        String[] token = app.tokenOf(nurse, "openid user/*.rs");
        String next = exchange.get("Patient?_count=1", token)
                .hasStatus(200)
                .link("next")
                .orElseThrow();
        exchange.get(next, token).hasStatus(200);

        app.giveBack(token[1].replace("Bearer ", "")).hasStatus(200);

        exchange.get(next, token).isRefused(401, "ML-FHIR-014");
    }
}
