package ml.keneya.surveillance.alert;

import static ml.keneya.surveillance.Cases.aCase;
import static ml.keneya.surveillance.Cases.aPerson;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import ml.keneya.security.TestApp;
import ml.keneya.security.TestPerson;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Districts and regions follow up the alerts of their places, the agency all; what they see of people: CasesOfAlertsIT.
 */
@KeneyaIntegrationTest
class AlertsOfAreasIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String SCOPES = "openid user/*.cruds";

    /** Bangassi, in the cercle and region of Kayes. */
    private static final String COMMUNE = "ML010101";

    @Autowired
    Exchange exchange;

    @Autowired
    JdbcClient jdbc;

    private final String facility = unique("site");

    @Test
    @DisplayName("A region and a cercle read the alerts of their places and those of no other")
    void showsAlertsToWhoseAreaItIs() {
        String alert = anAlertIn(COMMUNE);
        String[] region = of("ML01");
        String[] cercle = of("ML0101");
        String[] other = of("ML02");

        for (String type : List.of("Flag", "Task")) {
            for (String[] own : List.of(region, cercle)) {
                exchange.get(type + "/" + alert, own).hasStatus(200);
                exchange.get(type + "/" + alert + "/_history", own).hasStatus(200);
                assertThat(idsOf(exchange.get(type + "?_count=500", own))).contains(alert);
            }
            exchange.get(type + "/" + alert, other).isRefused(404, "ML-FHIR-004");
            exchange.get(type + "/" + alert + "/_history", other).isRefused(404, "ML-FHIR-004");
            assertThat(idsOf(exchange.get(type + "?_count=500", other))).doesNotContain(alert);
            assertThat(idsOf(exchange.get(type + "?_id=" + alert, other))).isEmpty();
        }
    }

    @Test
    @DisplayName("The agency reads every alert, and no flag or task of a site")
    void showsAllAlertsToTheAgency() {
        String alert = anAlertIn("");
        String[] agency = TestSystem.withRole(exchange, "agency").withAll();
        Flag ofSite = new Flag();
        ofSite.setStatus(Flag.FlagStatus.ACTIVE);
        ofSite.getCode().setText("allergie");
        Patient child = aChild(unique("record"));
        child.setId(UUID.randomUUID().toString());
        ofSite.setId(UUID.randomUUID().toString());
        ofSite.getSubject().setReference("Patient/" + child.getIdPart());
        exchange.post(transaction(putting(child), putting(ofSite)), facility).hasStatus(200);

        exchange.get("Flag/" + alert, agency).hasStatus(200);
        exchange.get("Task/" + alert, agency).hasStatus(200);
        exchange.get("Flag/" + ofSite.getIdPart(), agency).isRefused(404, "ML-FHIR-004");
        assertThat(idsOf(exchange.get("Flag?_id=" + alert + "," + ofSite.getIdPart(), agency)))
                .containsExactly(alert);
        // Its facility is not in the registry, so it is in no area.
        exchange.get("Flag/" + alert, of("ML01")).isRefused(404, "ML-FHIR-004");
    }

    @Test
    @DisplayName("The agency searches for the alerts of a week, as the weekly bulletin does")
    void findsAlertsOfAWeek() {
        String alert = anAlertIn(COMMUNE);
        String[] agency = TestSystem.withRole(exchange, "agency").withAll();
        LocalDate began = LocalDate.parse(exchange.get("Flag/" + alert, agency)
                .as(Flag.class)
                .getPeriod()
                .getStartElement()
                .asStringValue());
        String open = "Task?code=alert-verification&_count=500&_id=" + alert + "&status=requested,on-hold";
        String ended = "Task?code=alert-verification&_count=500&_id=" + alert + "&status=completed,cancelled";

        assertThat(idsOf(exchange.get(open, agency))).containsExactly(alert);
        assertThat(idsOf(exchange.get(ended + "&_lastUpdated=ge" + began, agency)))
                .isEmpty();
        assertThat(idsOf(during(began, alert, agency))).containsExactly(alert);
        assertThat(idsOf(during(began.plusYears(1), alert, agency)))
                .as("it goes on")
                .containsExactly(alert);
        assertThat(idsOf(during(began.minusDays(7), alert, agency))).isEmpty();
    }

    private Answer during(LocalDate monday, String alert, String[] caller) {
        String dates = "&date=ge" + monday + "&date=lt" + monday.plusDays(7);
        return exchange.get("Flag?_count=100" + dates + "&_id=" + alert, caller);
    }

    @Test
    @DisplayName("Who follows an alert up is led astray neither by includes nor by operations")
    void leadsNowhereElse() {
        String alert = anAlertIn(COMMUNE);
        String[] region = of("ML01");

        exchange.get("Task?_include=Task:*", region).isRefused(403, "ML-FHIR-102");
        exchange.get("Flag/" + alert + "/$everything", region).isRefused(403, "ML-FHIR-104");
        exchange.get("Observation?_count=1", region).isRefused(403, "ML-FHIR-100");
    }

    @Test
    @DisplayName("The follow-up is written by whose area it is; nothing new is brought, and no Flag changed")
    void letsTheAreaFollowUp() {
        String alert = anAlertIn(COMMUNE);
        String[] region = of("ML01");

        begin(alert, of("ML02")).isRefused(404, "ML-FHIR-004");
        begin(alert, region).hasStatus(200);

        Task task = exchange.get("Task/" + alert, region).as(Task.class);
        assertThat(task.getStatus()).isEqualTo(TaskStatus.INPROGRESS);
        // Nobody names a record that he does not see.
        Patient person = aPerson(COMMUNE, "female", "1990", "");
        Condition injury = aCase(person, "cholera", "", "");
        injury.getCode().setText("fracture").getCoding().clear();
        exchange.post(transaction(putting(person), putting(injury)), facility).hasStatus(200);
        Task naming = task.copy();
        naming.addInput()
                .setType(new CodeableConcept().setText("cas"))
                .setValue(new Reference("Condition/" + injury.getIdElement().getIdPart()));
        exchange.put("Task/" + alert, naming, region).isRefused(422, "ML-INTAKE-005");
        Task another = task.copy();
        another.setInput(null);
        String free = UUID.randomUUID().toString();
        another.setId(free);
        exchange.put("Task/" + free, another, region).isRefused(404, "ML-FHIR-004");
        exchange.get("Task/" + free).hasStatus(404);
        another.setId("");
        exchange.create(another, region).isRefused(403, "ML-FHIR-100");
        exchange.post("", exchange.json(transaction(creating(another))), region).isRefused(403, "ML-FHIR-100");
        Flag flag = exchange.get("Flag/" + alert, region).as(Flag.class);
        exchange.put("Flag/" + alert, flag, region).isRefused(403, "ML-FHIR-100");
        exchange.delete("Task/" + alert, region).isRefused(403, "ML-FHIR-100");
    }

    private Answer begin(String alert, String[] caller) {
        return exchange.send(
                "PATCH",
                "Task/" + alert,
                "application/json-patch+json",
                BodyPublishers.ofString("[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"in-progress\"}]"),
                caller);
    }

    private String[] of(String area) {
        TestPerson person = TestPerson.ready(exchange, "area", Map.of("areas", List.of(area)));
        return TestApp.with(exchange, SCOPES).tokenOf(person, SCOPES);
    }

    /** One case of cholera is enough; where there is an alert already, it joins. */
    private String anAlertIn(String commune) {
        Patient person = aPerson(commune, "female", "1990", "");
        Condition found = aCase(person, "cholera", "suspected", "2026-11-20");
        exchange.post(transaction(putting(person), putting(found)), facility).hasStatus(200);
        String id = found.getIdElement().getIdPart();
        await().atMost(PATIENCE).until(() -> !alertsOf(id).isEmpty());
        return alertsOf(id).get(0);
    }

    private List<String> alertsOf(String condition) {
        return jdbc.sql("select alert::text from keneya.alert_evidence where condition_id = ?")
                .param(condition)
                .query(String.class)
                .list();
    }

    private static List<String> idsOf(Answer found) {
        return found.hasStatus(200).entries().stream()
                .map(entry -> entry.getResource().getIdElement().getIdPart())
                .toList();
    }
}
