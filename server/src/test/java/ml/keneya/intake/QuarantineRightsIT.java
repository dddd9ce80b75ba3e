package ml.keneya.intake;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.RefusedException;
import ml.keneya.security.TestApp;
import ml.keneya.security.TestPerson;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.Records;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Who may see and decide what, of the deliveries that were refused. */
@KeneyaIntegrationTest
class QuarantineRightsIT {

    private static final String SCOPES = "openid user/*.cruds";

    @Autowired
    Exchange exchange;

    @Autowired
    OffersQuarantine quarantine;

    @Autowired
    JdbcClient jdbc;

    private final String facility = unique("cscom");

    @Test
    void showsASiteNothingOfAnothersDeliveries() {
        String wrong = exchange.json(transaction(creating(weightOf("urn:uuid:none", "9.5"))));
        StringType id = new StringType(exchange.post("", wrong, "Keneya-Facility", facility)
                .header("Keneya-Quarantine")
                .orElseThrow());
        Bundle corrected = transaction(creating(aChild(unique("record"))));
        ServletRequestDetails another = requestOf(unique("cscom"), Caller.Role.SITE);
        ServletRequestDetails own = requestOf(facility, Caller.Role.SITE);
        ServletRequestDetails area = requestOf(facility, Caller.Role.AREA);

        assertThat(quarantine.list(new StringType(facility), null, null, own).getEntry())
                .hasSize(1);
        assertThat(quarantine.read(id, own).getIdPart()).isEqualTo(id.getValue());
        for (ServletRequestDetails stranger : List.of(another, area)) {
            assertThat(quarantine
                            .list(new StringType(facility), null, null, stranger)
                            .getEntry())
                    .isEmpty();
            assertThatUnknown(() -> quarantine.read(id, stranger));
            assertThatUnknown(() -> quarantine.content(id, stranger));
            assertThatUnknown(() -> quarantine.replay(id, stranger));
            assertThatUnknown(() -> quarantine.correct(id, corrected, stranger));
            assertThatUnknown(() -> quarantine.dismiss(id, new StringType("Essai"), stranger));
        }
        assertThatThrownBy(() -> quarantine.erase(id, new StringType("Essai"), own))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.getStatusCode()).isEqualTo(403));
    }

    @Test
    @DisplayName("The agency sees and decides about what any site sent, and says why; others' sites and areas do not")
    void letsTheAgencyDecideAboutTheDeliveriesOfEverySite() {
        String[] site = TestSystem.ofSite(exchange, facility).withAll();
        TestSystem system = TestSystem.withRole(exchange, "agency");
        String[] silent = system.withAll();
        String[] agency = stating(silent);
        String[] other = TestSystem.ofSite(exchange, unique("cscom")).withAll();
        String[] area = stating(TestApp.with(exchange, SCOPES)
                .tokenOf(TestPerson.ready(exchange, "area", Map.of("areas", List.of("ML01"))), SCOPES));
        String wrong = exchange.json(transaction(creating(weightOf("urn:uuid:none", "9.5"))));
        String id = refused(wrong, site);
        String dismissal = named(id, "\"name\":\"reason\",\"valueString\":\"Essai\"");

        for (String read : List.of("$quarantine-entry?id=" + id, "$quarantine-content?id=" + id)) {
            exchange.get(read, silent).isRefused(403, "ML-FHIR-045");
            exchange.get(read, other).isRefused(404, "ML-INTAKE-014");
            exchange.get(read, area).isRefused(403, "ML-FHIR-100");
        }
        exchange.get("$quarantine", silent).isRefused(403, "ML-FHIR-045");
        exchange.get("$quarantine", area).isRefused(403, "ML-FHIR-100");
        assertThat(listed(other)).isZero();
        exchange.post("$quarantine-dismiss", dismissal, other).isRefused(404, "ML-INTAKE-014");
        exchange.post("$quarantine-dismiss", dismissal, area).isRefused(403, "ML-FHIR-100");
        exchange.post("$quarantine-erase", dismissal, site).isRefused(403, "ML-FHIR-100");

        assertThat(listed(agency)).isOne();
        exchange.get("$quarantine-entry?id=" + id, agency).hasStatus(200);
        assertThat(exchange.get("$quarantine-content?id=" + id, agency)
                        .hasStatus(200)
                        .body())
                .isEqualTo(wrong);
        exchange.post("$quarantine-dismiss", dismissal, agency).hasStatus(200);
        assertThat(listed(agency)).isZero();
        exchange.post("$quarantine-erase", dismissal, agency).hasStatus(200);
        exchange.get("$quarantine-content?id=" + id, agency).isRefused(410, "ML-INTAKE-015");
        assertThat(tracedOf(system))
                .contains("$quarantine", "$quarantine-content", "$quarantine-dismiss", "$quarantine-erase");
    }

    @Test
    @DisplayName("What the agency corrects is written as by its site, and shows the agency no record")
    void writesWhatTheAgencyCorrectsAsItsSiteWould() {
        TestSystem site = TestSystem.ofSite(exchange, facility);
        String[] agency = stating(TestSystem.withRole(exchange, "agency").withAll());
        String wrong = exchange.json(transaction(creating(weightOf("urn:uuid:none", "9.5"))));
        String recordNumber = unique("record");
        String people = "Patient?identifier=" + Records.RECORD_NUMBER + "%7C" + recordNumber;
        BundleEntryComponent search = new BundleEntryComponent();
        search.getRequest().setMethod(HTTPVerb.GET).setUrl(people);
        Bundle corrected = transaction(creating(aChild(recordNumber)), search);
        String id = refused(wrong, site.withAll());

        Answer answer = exchange.post(
                        "$quarantine-correct",
                        named(id, "\"name\":\"bundle\",\"resource\":" + exchange.json(corrected)),
                        agency)
                .hasStatus(200);

        assertThat(answer.entries()).hasSize(2).noneMatch(BundleEntryComponent::hasResource);
        assertThat(exchange.get(people, site.withAll()).hasStatus(200).entries())
                .as("the site treats whom it was said to have sent")
                .hasSize(1);

        String again = refused(wrong + " ", site.withAll());
        site.revoke();
        exchange.post("$quarantine-replay", named(again, "\"name\":\"x\",\"valueString\":\"x\""), agency)
                .isRefused(403, "ML-INTAKE-025");
    }

    private String refused(String bundle, String... by) {
        return exchange.post("", bundle, by).header("Keneya-Quarantine").orElseThrow();
    }

    private int listed(String... by) {
        return exchange.get("$quarantine?facility=" + facility, by)
                .hasStatus(200)
                .entries()
                .size();
    }

    private List<String> tracedOf(TestSystem system) {
        return jdbc.sql("select interaction from keneya.trace where client = :client and purpose = 'PUBHLTH'")
                .param("client", system.id())
                .query(String.class)
                .list();
    }

    private static String named(String id, String parameter) {
        return "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"id\",\"valueString\":\"" + id + "\"},{"
                + parameter + "}]}";
    }

    private static String[] stating(String... token) {
        return Stream.concat(Stream.of(token), Stream.of("Keneya-Purpose", "PUBHLTH"))
                .toArray(String[]::new);
    }

    private static void assertThatUnknown(ThrowingCallable attempt) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.getStatusCode()).isEqualTo(404));
    }

    private ServletRequestDetails requestOf(String ownFacility, Caller.Role role) {
        ServletRequestDetails request = new ServletRequestDetails();
        request.setFhirServerBase(exchange.base());
        request.setServletRequest(new MockHttpServletRequest());
        request.setServletResponse(new MockHttpServletResponse());
        new Caller("client", ownFacility, role, Set.of(), null).attachTo(request);
        return request;
    }
}
