package ml.keneya.security.trace;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What the exchange shows of its trace is in the patterns of IHE that it claims, and in Mali's own profile. */
@KeneyaIntegrationTest
class BalpIT {

    @Autowired
    Exchange exchange;

    @Test
    void showsEveryKindOfAccessInThePatternThatItClaims() {
        String number = unique("record");
        String patient = idOf(exchange.create(aChild(number)));
        exchange.create(aChild(number), "If-None-Exist", "identifier=" + number).hasStatus(200);
        exchange.get("Patient/" + patient).hasStatus(200);
        exchange.get("Patient/" + patient + "?_elements=name").hasStatus(200);
        exchange.get("Patient/" + patient + "/_history/1").hasStatus(200);
        exchange.get("Patient?identifier=" + number).hasStatus(200);
        exchange.get("Patient/" + patient + "/Observation").hasStatus(200);
        exchange.get("?_type=Patient&_id=" + patient).hasStatus(200);
        exchange.put("Patient/" + patient, changed(number, patient)).hasStatus(200);
        exchange.put("Patient?identifier=" + number, changed(number, patient)).hasStatus(200);
        exchange.send(
                        "PATCH",
                        "Patient/" + patient,
                        "application/json-patch+json",
                        BodyPublishers.ofString("[{\"op\":\"replace\",\"path\":\"/gender\",\"value\":\"male\"}]"))
                .hasStatus(200);
        String weight = idOf(exchange.create(weightOf("Patient/" + patient, "7.1")));
        exchange.delete("Observation/" + weight).hasStatus(200);

        List<AuditEvent> events = events("patient=" + patient + "&_count=100");

        assertThat(events.stream().map(BalpPattern::claimed).filter(pattern -> !pattern.isEmpty()))
                .contains("PatientCreate", "PatientRead", "PatientQuery", "PatientUpdate", "PatientDelete");
        assertThat(events).hasSizeGreaterThanOrEqualTo(12).allSatisfy(event -> {
            if (!BalpPattern.claimed(event).isEmpty()) {
                assertThat(BalpPattern.faults(event)).as(exchange.json(event)).isEmpty();
            }
            assertThat(remarks(event)).as(exchange.json(event)).isEmpty();
        });
    }

    @Test
    void claimsAPatternWithoutAPatientWhereNobodyWasFound() {
        String number = unique("nobody");

        exchange.get("Patient?identifier=" + number).hasStatus(200);

        List<AuditEvent> events = events("action=E&_count=50").stream()
                .filter(event -> exchange.json(event)
                        .contains(Base64.getEncoder().encodeToString(("Patient?identifier=" + number).getBytes())))
                .toList();
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(BalpPattern.claimed(event)).isEqualTo("Query");
            assertThat(BalpPattern.faults(event)).isEmpty();
        });
    }

    /** The example that the guide shows is one, too. */
    @Test
    void showsAnExampleInThePattern() throws Exception {
        String json =
                Files.readString(Path.of("../profiles/src/test/resources/valid/ml-audit-event/patient-read.json"));
        AuditEvent example = exchange.context().newJsonParser().parseResource(AuditEvent.class, json);
        example.getMeta()
                .addProfile("https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.PatientRead");

        assertThat(BalpPattern.faults(example)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("breakages")
    void findsEveryBreachOfThePattern(String fault, String pattern, Consumer<AuditEvent> breakage) {
        String number = unique("record");
        String patient = idOf(exchange.create(aChild(number)));
        exchange.get("Patient/" + patient).hasStatus(200);
        exchange.get("Patient?identifier=" + number).hasStatus(200);
        AuditEvent event = events("patient=" + patient).stream()
                .filter(each -> BalpPattern.claimed(each).equals(pattern))
                .findFirst()
                .orElseThrow();
        assertThat(BalpPattern.faults(event)).isEmpty();

        breakage.accept(event);

        assertThat(BalpPattern.faults(event)).contains(fault);
    }

    static Stream<Arguments> breakages() {
        return Stream.of(
                breaking("type is rest", "PatientRead", event -> event.getType().setCode("object")),
                breaking(
                        "one subtype is its interaction",
                        "PatientRead",
                        event -> event.getSubtypeFirstRep().setCode("search-type")),
                breaking("action is R", "PatientRead", event -> event.setAction(null)),
                breaking("recorded is there", "PatientRead", event -> event.setRecorded(null)),
                breaking("outcome is 0", "PatientRead", event -> event.setOutcome(null)),
                breaking(
                        "one agent is the client",
                        "PatientRead",
                        event -> event.getAgent().remove(0)),
                breaking(
                        "client.who is there",
                        "PatientRead",
                        event -> event.getAgent().get(0).setWho(null)),
                breaking(
                        "server.network is there",
                        "PatientRead",
                        event -> event.getAgent().get(1).setNetwork(null)),
                breaking(
                        "one entity is of type 2",
                        "PatientRead",
                        event -> event.addEntity()
                                .getType()
                                .setSystem("http://terminology.hl7.org/CodeSystem/audit-entity-type")
                                .setCode("2")),
                breaking(
                        "data.what is there",
                        "PatientRead",
                        event -> event.getEntity().get(1).setWhat(null)),
                breaking(
                        "data.role is 3, 4 or 20",
                        "PatientRead",
                        event -> event.getEntity().get(1).getRole().setCode("24")),
                breaking(
                        "one entity is of type 1",
                        "PatientRead",
                        event -> event.getEntity().remove(2)),
                breaking(
                        "patient.role is 1",
                        "PatientRead",
                        event -> event.getEntity().get(2).setRole(null)),
                breaking(
                        "query.query is there",
                        "PatientQuery",
                        event -> event.getEntity().get(1).setQuery(null)),
                breaking(
                        "query has no what, lifecycle, detail",
                        "PatientQuery",
                        event -> event.getEntity().get(1).getWhat().setReference("Patient/1")));
    }

    private static Arguments breaking(String fault, String pattern, Consumer<AuditEvent> breakage) {
        return Arguments.of(fault, pattern, breakage);
    }

    private static Patient changed(String number, String id) {
        Patient changed = aChild(number);
        changed.setId(id);
        return changed;
    }

    /** What Mali's profile refuses in it or remarks of it. */
    private List<String> remarks(AuditEvent event) {
        return exchange
                .post("AuditEvent/$validate", exchange.json(event))
                .as(OperationOutcome.class)
                .getIssue()
                .stream()
                .filter(issue -> issue.getSeverity() == IssueSeverity.ERROR
                        || issue.getDiagnostics().matches("(?s).*\\bml-aud-\\d.*"))
                .map(issue -> issue.getDiagnostics())
                .toList();
    }

    private List<AuditEvent> events(String search) {
        return exchange.get("AuditEvent?" + search).hasStatus(200).entries().stream()
                .map(entry -> (AuditEvent) entry.getResource())
                .toList();
    }

    private static String idOf(Answer created) {
        return created.hasStatus(201).header("Location").orElseThrow().replaceFirst("^.*/([^/]+)/_history/.*", "$1");
    }
}
