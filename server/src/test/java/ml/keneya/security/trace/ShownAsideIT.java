package ml.keneya.security.trace;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import ml.keneya.security.TestApp;
import ml.keneya.security.TestPerson;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Provenance;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is shown without coming out of the storage is traced all the same, and so is what an operator does. */
@KeneyaIntegrationTest
class ShownAsideIT {

    private final String facility = unique("cscom");

    @Autowired
    Exchange exchange;

    @Autowired
    JdbcClient jdbc;

    private record Row(String role, String query, int status, String reason) {}

    @Test
    @DisplayName("An answer that is given again names the people it tells of")
    void anAnswerGivenAgainNamesItsPeople() {
        TestSystem site = TestSystem.ofSite(exchange, facility);
        Bundle first = transaction(creating(aChild(unique("record"))));
        String child = idOf(exchange.post("", exchange.json(first), site.withAll()));
        Bundle weighing = transaction(creating(weightOf("Patient/" + child, "9.5")));
        exchange.post("", exchange.json(weighing), site.withAll()).hasStatus(200);

        for (Bundle again : List.of(first, weighing)) {
            Answer replayed = exchange.post("", exchange.json(again), site.withAll());
            assertThat(replayed.header("Keneya-Replayed")).contains("true");
            assertThat(patientsOfLast(site.id())).containsExactly(child);
        }
    }

    @Test
    @DisplayName("The provenance of a delivery names the people it tells of")
    void aProvenanceNamesItsPeople() {
        TestSystem site = TestSystem.ofSite(exchange, facility);
        String child =
                idOf(exchange.post("", exchange.json(transaction(creating(aChild(unique("record"))))), site.withAll()));

        Answer found = exchange.get("Provenance?target=Patient/" + child, site.withAll());
        Provenance provenance =
                (Provenance) found.hasStatus(200).entries().get(0).getResource();
        assertThat(patientsOfLast(site.id())).containsExactly(child);
        exchange.get("Provenance/" + provenance.getIdElement().getIdPart(), site.withAll())
                .hasStatus(200);
        assertThat(patientsOfLast(site.id())).containsExactly(child);
    }

    @Test
    @DisplayName("Who asks about a person leaves a row with the person's id")
    void whoAsksAboutAPersonLeavesARow() {
        TestApp app = TestApp.with(exchange, "openid profile");
        TestPerson person = TestPerson.ready(exchange, "auditor", Map.of());

        exchange.get(TestSystem.root(exchange) + "/oauth2/userinfo", app.tokenOf(person, "openid profile"))
                .hasStatus(200);
        exchange.get(TestSystem.root(exchange) + "/oauth2/userinfo", "Authorization", "Bearer abc")
                .hasStatus(401);

        assertThat(rows("userinfo", person.id())).containsExactly(new Row("AUDITOR", null, 200, null));
    }

    @Test
    @DisplayName("What an operator does leaves a row with the id that it was done to, and no login")
    void whatAnOperatorDoesLeavesARow() {
        TestSystem system = TestSystem.ofSite(exchange, facility);
        system.revoke();
        TestPerson person = TestPerson.added(exchange, "auditor", Map.of());
        person.revoke();
        String unknown = unique("nobody");
        TestSystem.operate(exchange, "DELETE", "/" + unknown, null, "a wrong key")
                .hasStatus(401);

        assertThat(jdbc.sql("select query from keneya.trace where interaction = 'operator' and status < 300")
                        .query(String.class)
                        .list())
                .contains(
                        "POST clients " + system.id(),
                        "DELETE clients " + system.id(),
                        "POST users " + person.id(),
                        "DELETE users " + person.id());
        assertThat(rows("operator", "anonymous")).contains(new Row("ANONYMOUS", "DELETE clients", 401, "operator-key"));
        assertThat(jdbc.sql("select count(*) from keneya.trace where trace::text ~ :typed")
                        .param("typed", person.login() + "|" + unknown)
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(exchange.get("AuditEvent?agent=local&_count=500").body()).contains("110137");
    }

    private static String idOf(Answer accepted) {
        return accepted.hasStatus(200)
                .entries()
                .get(0)
                .getResponse()
                .getLocation()
                .replaceFirst("^.*?Patient/([^/]+)/.*", "$1");
    }

    private List<String> patientsOfLast(String client) {
        return jdbc.sql("""
                        select unnest(patients) from (
                            select patients from keneya.trace where client = :client and interaction <> 'token'
                            order by chain desc, position desc limit 1) last
                        """).param("client", client).query(String.class).list();
    }

    private List<Row> rows(String interaction, String client) {
        return jdbc.sql("""
                        select role, query, status, reason from keneya.trace
                        where interaction = :interaction and client = :client order by chain, position
                        """)
                .param("interaction", interaction)
                .param("client", client)
                .query(Row.class)
                .list();
    }
}
