package ml.keneya.security.trace;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.batch;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.reading;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@KeneyaIntegrationTest
class TraceIT {

    private static final String BALP = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.";

    private final String facility = unique("cscom");

    @Autowired
    Exchange exchange;

    @Test
    void tellsWhoReadWhoseRecordAndForWhom() {
        String patient = aStoredChild();

        exchange.get("Patient/" + patient, "Keneya-Facility", facility).hasStatus(200);

        AuditEvent event = only("patient=Patient/" + patient + "&action=R");
        assertThat(event.getMeta().getProfile())
                .extracting(CanonicalType::getValue)
                .containsExactly(BALP + "PatientRead");
        assertThat(event.getSubtypeFirstRep().getCode()).isEqualTo("read");
        assertThat(event.getOutcome()).isEqualTo(AuditEventOutcome._0);
        assertThat(event.getAgent())
                .extracting(agent -> agent.getWho().getIdentifier().getValue())
                .contains("local", facility);
        assertThat(event.getAgentFirstRep().getNetwork().getAddress()).isEqualTo("127.0.0.1");
        assertThat(whats(event)).contains("Patient/" + patient);
    }

    @Test
    void tellsWhatWasSearchedForAndWhoWasFound() {
        String number = unique("record");
        String patient = idOf(exchange.create(aChild(number)));

        exchange.get("Patient?identifier=" + number).hasStatus(200);

        AuditEvent event = only("patient=" + patient + "&action=E");
        assertThat(event.getMeta().getProfile().get(0).getValue()).isEqualTo(BALP + "PatientQuery");
        assertThat(queryOf(event)).isEqualTo("Patient?identifier=" + number);
        assertThat(detail(event, "matches")).isEqualTo("1");
    }

    @Test
    void tellsWhatWasSearchedForInAForm() {
        String number = unique("record");
        String patient = idOf(exchange.create(aChild(number)));

        exchange.send(
                        "POST",
                        "Patient/_search",
                        "application/x-www-form-urlencoded",
                        BodyPublishers.ofString("identifier=" + number))
                .hasStatus(200);

        assertThat(queryOf(only("patient=" + patient + "&action=E"))).contains("identifier=" + number);
    }

    @Test
    void namesThePersonWhoseRecordOfAnotherTypeWasReadOrIncluded() {
        String patient = aStoredChild();
        String weight = idOf(exchange.create(weightOf("Patient/" + patient, "7.1")));

        exchange.get("Observation/" + weight).hasStatus(200);
        exchange.get("Observation?_id=" + weight + "&_include=Observation:subject")
                .hasStatus(200);

        assertThat(events("entity=Observation/" + weight + "&patient=" + patient + "&action=R"))
                .hasSize(1);
        assertThat(events("patient=" + patient + "&action=E")).hasSize(1);
    }

    @Test
    void tellsWhoWroteWhat() {
        String patient = aStoredChild();
        Patient changed = aChild(unique("record"));
        changed.setId(patient);

        exchange.put("Patient/" + patient, changed).hasStatus(200);
        exchange.delete("Patient/" + patient).hasStatus(200);

        assertThat(only("patient=" + patient + "&action=C")
                        .getMeta()
                        .getProfile()
                        .get(0)
                        .getValue())
                .isEqualTo(BALP + "PatientCreate");
        assertThat(whats(only("patient=" + patient + "&action=C"))).contains("Patient/" + patient);
        assertThat(only("patient=" + patient + "&action=U").getSubtypeFirstRep().getCode())
                .isEqualTo("update");
        assertThat(only("patient=" + patient + "&action=D").getSubtypeFirstRep().getCode())
                .isEqualTo("delete");
    }

    @Test
    void namesEverybodyWhoIsInABundle() {
        Answer answer = exchange.post(
                transaction(creating(aChild(unique("record"))), creating(aChild(unique("record")))), facility);
        List<String> patients = answer.hasStatus(200).entries().stream()
                .map(entry -> entry.getResponse().getLocation().replaceFirst("^Patient/([^/]+)/.*", "$1"))
                .toList();

        AuditEvent event = only("patient=" + patients.get(0));
        assertThat(whats(event)).contains("Patient/" + patients.get(0), "Patient/" + patients.get(1));
        assertThat(event.getSubtypeFirstRep().getCode()).isEqualTo("transaction");
    }

    @Test
    void namesWhoWasReadInsideABatch() {
        String patient = aStoredChild();

        exchange.post(batch(reading("Patient/" + patient)), facility).hasStatus(200);

        assertThat(events("patient=" + patient + "&action=E")).hasSize(1);
    }

    @Test
    void tellsOfAccessesThatFoundNothingOrWereRefused() {
        String unknown = unique("unknown");

        exchange.get("Patient/" + unknown).hasStatus(404);

        AuditEvent event = only("entity=Patient/" + unknown + "&outcome=4&date=ge2026");
        assertThat(event.getOutcome()).isEqualTo(AuditEventOutcome._4);
        assertThat(event.getOutcomeDesc()).isEqualTo("HTTP 404 ML-FHIR-004");
        assertThat(event.getMeta().getProfile()).isEmpty();
    }

    @Test
    @DisplayName("The trace says why somebody was let in or refused")
    void tellsWhyItWasAllowedOrNot() {
        String patient = aStoredChild();
        String unknown = unique("unknown");
        exchange.get("Patient/" + patient).hasStatus(200);
        exchange.get(
                        "Patient/" + unknown,
                        TestSystem.withRole(exchange, "administrator").withAll())
                .hasStatus(403);
        exchange.get("Observation/" + unknown, "Authorization", "Bearer nothing")
                .hasStatus(401);

        assertThat(detail(only("patient=" + patient + "&action=R"), "decision")).isEqualTo("unrestricted");
        assertThat(detail(only("entity=Patient/" + unknown), "decision")).isEqualTo("role-forbids");
        assertThat(detail(only("entity=Observation/" + unknown), "decision")).isEqualTo("bad-token");
    }

    @Test
    void namesTheCallerOfEveryRefusal() {
        TestSystem site = TestSystem.ofSite(exchange, facility);
        for (String[] early : List.of(
                new String[] {"Keneya-Facility", "another"},
                new String[] {"Keneya-Facility", "not a code"},
                new String[] {"Accept", "image/png"})) {
            String unknown = unique("unknown");

            assertThat(exchange.get("Patient/" + unknown, with(site.withAll(), early))
                            .status())
                    .isBetween(400, 499);

            assertThat(only("entity=Patient/" + unknown).getAgent())
                    .extracting(agent -> agent.getWho().getIdentifier().getValue())
                    .contains(site.id());
        }
    }

    private static String[] with(String[] headers, String[] more) {
        return Stream.concat(Arrays.stream(headers), Arrays.stream(more)).toArray(String[]::new);
    }

    @Test
    void tellsOfARecordThatHadNotChanged() {
        String patient = aStoredChild();

        exchange.get("Patient/" + patient, "If-None-Match", "W/\"1\"").hasStatus(304);

        assertThat(events("patient=" + patient + "&action=R")).hasSize(1);
    }

    @Test
    void namesNobodyWhoseWritingWasUndone() {
        String patient = aStoredChild();
        String refused = exchange.context()
                .newJsonParser()
                .encodeResourceToString(transaction(
                        creating(weightOf("Patient/" + patient, "7.1")),
                        creating(weightOf("Patient/" + unique("nobody"), "7.1"))));

        exchange.post("", refused).hasStatus(422);

        assertThat(events("patient=" + patient + "&action=E")).isEmpty();
    }

    @Test
    void doesNotTraceTheReadingOfDefinitions() {
        String name = unique("nothing");

        exchange.get("ValueSet?name=" + name).hasStatus(200);
        exchange.get("metadata").hasStatus(200);

        assertThat(events("action=E&_count=500").stream().map(TraceIT::queryOf))
                .noneMatch(query -> query.contains(name));
    }

    @Test
    void leadsFromPageToPage() {
        String patient = aStoredChild();
        for (int time = 0; time < 5; time++) {
            exchange.get("Patient/" + patient).hasStatus(200);
        }

        Answer first = exchange.get("AuditEvent?_count=2&action=R&patient=" + patient);
        Answer second = exchange.get(first.link("next").orElseThrow());
        Answer third = exchange.get(second.link("next").orElseThrow());

        assertThat(first.entries()).hasSize(2);
        assertThat(second.entries()).hasSize(2);
        assertThat(third.entries()).hasSize(1);
        assertThat(third.link("next")).isEmpty();
    }

    @Test
    void readsOneEvent() {
        String patient = aStoredChild();
        String id = only("patient=" + patient).getIdElement().getIdPart();

        assertThat(exchange.get("AuditEvent/" + id)
                        .hasStatus(200)
                        .as(AuditEvent.class)
                        .getAction()
                        .toCode())
                .isEqualTo("C");
        exchange.get("AuditEvent/999999999.1").isRefused(404, "ML-FHIR-004");
        exchange.get("AuditEvent/nothing").isRefused(404, "ML-FHIR-004");
    }

    @ParameterizedTest
    @ValueSource(strings = {"date=2026-02-30", "date=yesterday", "_after=1", "action=X", "outcome=12", "entity=x"})
    void refusesASearchThatItDoesNotUnderstand(String search) {
        exchange.get("AuditEvent?" + search).isRefused(400, "ML-FHIR-040");
    }

    @Test
    void refusesAParameterThatItDoesNotKnow() {
        exchange.get("AuditEvent?policy=x").isRefused(400, "ML-FHIR-019");
    }

    @ParameterizedTest
    @ValueSource(strings = {"date=ge2999", "date=lt2000-01-01", "date=gt2026&date=lt2026-01-02T00:00:00Z"})
    void looksOnlyIntoThePeriodAskedFor(String period) {
        String patient = aStoredChild();

        assertThat(events("patient=" + patient + "&date=ge2026-01-01")).hasSize(1);
        assertThat(events("patient=" + patient + "&" + period)).isEmpty();
    }

    @Test
    @DisplayName("Z7: a trace that a client writes is refused")
    void refusesForgedTraces() {
        AuditEvent forged = only("patient=" + aStoredChild());
        forged.setId("");
        forged.getMeta().setProfile(List.of());

        exchange.create(forged).isRefused(422, "ML-TRACE-002");
        exchange.post("", exchange.json(transaction(creating(forged)))).isRefused(422, "ML-TRACE-002");
    }

    @Test
    void saysThatTheTraceIsWhole() {
        aStoredChild();

        Parameters verdict = exchange.post("AuditEvent/$verify", "{\"resourceType\":\"Parameters\"}")
                .hasStatus(200)
                .as(Parameters.class);

        assertThat(((BooleanType) verdict.getParameter("whole").getValue()).booleanValue())
                .isTrue();
    }

    @Test
    void saysThatTheTraceIsNotWholeWhenTheLogKnowsMoreOfIt() {
        String missing = "1/999999999/" + "a".repeat(64);

        Parameters verdict = exchange.post(
                        "AuditEvent/$verify",
                        "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"anchor\",\"valueString\":\""
                                + missing + "\"}]}")
                .hasStatus(200)
                .as(Parameters.class);

        assertThat(((BooleanType) verdict.getParameter("whole").getValue()).booleanValue())
                .isFalse();
    }

    private String aStoredChild() {
        return idOf(exchange.create(aChild(unique("record"))));
    }

    private static String idOf(Answer created) {
        return created.hasStatus(201).header("Location").orElseThrow().replaceFirst("^.*/([^/]+)/_history/.*", "$1");
    }

    private AuditEvent only(String search) {
        List<AuditEvent> events = events(search);
        assertThat(events).as("events of %s", search).hasSize(1);
        return events.get(0);
    }

    private List<AuditEvent> events(String search) {
        return exchange.get("AuditEvent?" + search).hasStatus(200).entries().stream()
                .map(entry -> (AuditEvent) entry.getResource())
                .toList();
    }

    private static List<String> whats(AuditEvent event) {
        return event.getEntity().stream()
                .map(entity -> entity.getWhat().getReference())
                .toList();
    }

    private static String queryOf(AuditEvent event) {
        return event.getEntity().stream()
                .filter(AuditEventEntityComponent::hasQuery)
                .map(entity -> new String(entity.getQuery(), StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
    }

    private static String detail(AuditEvent event, String type) {
        return event.getEntity().stream()
                .flatMap(entity -> entity.getDetail().stream())
                .filter(detail -> detail.getType().equals(type))
                .map(detail -> detail.getValue().primitiveValue())
                .findFirst()
                .orElseThrow();
    }
}
