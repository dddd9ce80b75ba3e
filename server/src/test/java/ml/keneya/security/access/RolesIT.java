package ml.keneya.security.access;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.deleting;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportStatus;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportType;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What each role may do at all; which records it sees, other tests say. */
@KeneyaIntegrationTest
class RolesIT {

    private static final List<String> CLINICAL =
            List.of("Patient", "Encounter", "Observation", "Condition", "Immunization", "Task", "Provenance", "Bundle");

    @Autowired
    Exchange exchange;

    @Test
    @DisplayName("The administrator keeps the registry and sees no clinical data")
    void letsTheAdministratorKeepTheRegistryOnly() {
        String[] administrator = TestSystem.withRole(exchange, "administrator").withAll();
        Organization cscom = new Organization();
        cscom.setName("CSCom d’essai");
        cscom.addIdentifier().setSystem("https://keneya.ml/id/facility").setValue(unique("cscom"));

        exchange.create(cscom, administrator).hasStatus(201);
        exchange.get("Organization?_count=1", administrator).hasStatus(200);
        CLINICAL.forEach(type -> {
            exchange.get(type + "?_count=1", administrator).isRefused(403, "ML-FHIR-100");
            exchange.get(type + "/some", administrator).isRefused(403, "ML-FHIR-100");
        });
        exchange.create(aChild(unique("record")), administrator).isRefused(403, "ML-FHIR-100");
        exchange.post("", exchange.json(transaction(creating(aChild(unique("record"))))), administrator)
                .isRefused(403, "ML-FHIR-100")
                .namesElement("Bundle.entry[0].request");
        exchange.get("Medication/1", administrator)
                .isRefused(404, "ML-FHIR-003")
                .says("Medication")
                .says("Patient, ");
        exchange.get("ViewDefinition", administrator).isRefused(403, "ML-FHIR-104");
        exchange.get("$quarantine", administrator).isRefused(403, "ML-FHIR-100");
    }

    @Test
    @DisplayName("The auditor reads the trace and nothing else")
    void letsTheAuditorReadTheTraceOnly() {
        String[] auditor = TestSystem.withRole(exchange, "auditor").withAll();

        exchange.get("AuditEvent?_count=1", auditor).hasStatus(200);
        CLINICAL.forEach(type -> exchange.get(type + "?_count=1", auditor).isRefused(403, "ML-FHIR-100"));
        exchange.get("Organization?_count=1", auditor).isRefused(403, "ML-FHIR-100");
        exchange.post("", exchange.json(transaction(creating(aChild(unique("record"))))), auditor)
                .isRefused(403, "ML-FHIR-100");
    }

    @Test
    @DisplayName("The agency reads counts, and no records of people unless it says why")
    void letsTheAgencyReadCountsOnly() {
        String[] agency = TestSystem.withRole(exchange, "agency").withAll();

        exchange.get("MeasureReport?_count=1", agency).hasStatus(200);
        // Of tasks it sees those that verify alerts (AlertsOfAreasIT), of people the cases (CasesOfAlertsIT).
        List<String> ofCases = List.of("Patient", "Condition", "Encounter", "Immunization");
        CLINICAL.stream()
                .filter(type -> !type.equals("Task"))
                .forEach(type -> exchange.get(type + "?_count=1", agency)
                        .isRefused(403, ofCases.contains(type) ? "ML-FHIR-045" : "ML-FHIR-100"));
        // Of rows it gets what RowsOfAgencyIT says.
        exchange.get("ViewDefinition/$status", agency).isRefused(403, "ML-FHIR-100");
    }

    @Test
    @DisplayName("The agency reads what a site counted, unless it names somebody")
    void hidesFromTheAgencyAReportThatNamesSomebody() {
        String[] agency = TestSystem.withRole(exchange, "agency").withAll();
        String[] site = TestSystem.ofSite(exchange, unique("cscom")).withAll();
        String child = created(aChild(unique("record")), site);
        MeasureReport counted = new MeasureReport();
        counted.setStatus(MeasureReportStatus.COMPLETE);
        counted.setType(MeasureReportType.SUMMARY);
        counted.setMeasure("http://example.org/Measure/weekly");
        counted.setPeriod(new Period()
                .setStartElement(new DateTimeType("2026-11-02"))
                .setEndElement(new DateTimeType("2026-11-08")));
        MeasureReport naming = counted.copy();
        naming.getSubject().setReference(child);

        exchange.get(created(counted, site), agency).hasStatus(200);
        exchange.get(created(naming, site), agency).isRefused(404, "ML-FHIR-004");
    }

    private String created(Resource record, String[] by) {
        Answer answer = exchange.create(record, by);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.header("Location")
                .orElseThrow()
                .replaceFirst("^" + exchange.base() + "/", "")
                .replaceFirst("/_history/.*", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"expert-hub", "social"})
    @DisplayName("A service to which nothing was sent sees nothing")
    void showsNothingToServicesToWhichNothingWasSent(String role) {
        exchange.create(aChild(unique("record"))).hasStatus(201);
        String[] somebody = TestSystem.withRole(exchange, role).withAll();
        String[] other = TestSystem.registered(exchange, role, unique("service"), TestSystem.anEcKey())
                .withAll();

        for (String[] service : List.of(somebody, other)) {
            for (String type : List.of("Patient", "Task")) {
                assertThat(exchange.get(type + "?_total=accurate", service)
                                .hasStatus(200)
                                .bundle()
                                .getTotal())
                        .as(type)
                        .isZero();
            }
            List.of("Provenance", "Bundle", "Consent", "Coverage", "AuditEvent")
                    .forEach(type -> exchange.get(type + "?_count=1", service).isRefused(403, "ML-FHIR-100"));
            exchange.create(aChild(unique("record")), service).isRefused(403, "ML-FHIR-100");
            exchange.get("Organization?_count=1", service).hasStatus(200);
            exchange.get("metadata", service).hasStatus(200);
            exchange.get("ValueSet/$expand?url=http://hl7.org/fhir/ValueSet/administrative-gender", service)
                    .hasStatus(200);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, $bulk-publish, 100",
        "POST, $import, 013",
        "GET, $import-poll-status, 100",
        "GET, $line-list, 104",
        "GET, ViewDefinition, 104",
        "GET, ViewDefinition/patient, 104",
        "GET, ViewDefinition/patient/$viewdefinition-run, 100",
        "POST, ViewDefinition/patient/$rebuild, 100",
        "GET, _history, 104",
        "GET, Patient/_history, 104",
        "GET, AuditEvent, 100",
        "GET, Subscription, 100",
        "POST, Patient/$meta, 104",
        "POST, $reindex, 104",
        "GET, $graphql, 104",
        "GET, Patient?_has:Observation:subject:code=x, 102",
        "DELETE, Patient?identifier=x, 104",
        "DELETE, Patient/some, 100"
    })
    @DisplayName("Z11, Z16, S7, S11, Z12: what is for nobody or for others is refused to a site")
    void z11_refusesASiteWhatIsNotForSites(String method, String path, String code) {
        String[] site = TestSystem.ofSite(exchange, unique("cscom")).withAll();

        exchange.send(
                        method,
                        path,
                        "application/fhir+json",
                        BodyPublishers.ofString(method.equals("POST") ? "{\"resourceType\":\"Parameters\"}" : ""),
                        site)
                .isRefused(403, "ML-FHIR-" + code);
    }

    @Test
    @DisplayName("Z15: a bundle tells no id to whoever may not write it")
    void z15_bundlesTellNoIdToWhoMayNotWrite() {
        String known = exchange.create(aChild(unique("record")))
                .hasStatus(201)
                .as(Patient.class)
                .getIdPart();
        String[] reads = TestSystem.ofSite(exchange, unique("cscom")).with("system/*.rs");
        String[] agency = TestSystem.withRole(exchange, "agency").withAll();
        for (String id : List.of(known, unique("unknown"))) {
            Patient child = aChild(unique("record"));
            child.setId(id);
            exchange.post("", exchange.json(transaction(putting(child))), reads).isRefused(403, "ML-FHIR-101");
            exchange.post("", exchange.json(transaction(putting(child))), agency)
                    .isRefused(403, "ML-FHIR-100");
            for (String[] somebody : List.of(reads, agency)) {
                exchange.post("", exchange.json(transaction(deleting("Patient/" + id))), somebody)
                        .isRefused(403, "ML-FHIR-100");
            }
        }
    }

    @Test
    @DisplayName("What everybody may know about the exchange needs no token")
    void tellsEverybodyWhatItIs() {
        String[] elsewhere = {"X-Forwarded-For", "10.0.0.7"};

        assertThat(exchange.get("metadata", elsewhere).status()).isEqualTo(200);
        assertThat(exchange.get("api-docs", elsewhere).status()).isEqualTo(200);
        assertThat(exchange.get("swagger-ui/", elsewhere).status()).isEqualTo(200);
        assertThat(exchange.get(".well-known/smart-configuration", elsewhere).status())
                .isEqualTo(200);
        assertThat(exchange.get("StructureDefinition?_count=1", elsewhere).status())
                .isEqualTo(401);
    }
}
