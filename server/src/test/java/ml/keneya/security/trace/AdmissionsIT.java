package ml.keneya.security.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import ml.keneya.security.TestApp;
import ml.keneya.security.TestPerson;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.AuditEvent;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who was let in and who was not, as the trace tells it. */
@KeneyaIntegrationTest
class AdmissionsIT {

    private static final String SCOPES = "openid online_access user/*.rs";

    @Autowired
    Exchange exchange;

    @Autowired
    JdbcClient jdbc;

    private record Row(String interaction, String role, String facility, String query, int status, String reason) {}

    @Test
    @DisplayName("A login, each token that comes of it and giving it back leave a row with the person's id")
    void tellsWhoLoggedIn() {
        TestApp app = TestApp.with(exchange, SCOPES);
        TestPerson person = TestPerson.ready(exchange, "site", Map.of("facility", "cscom-" + UUID.randomUUID()));
        int before = rowsOf(person.id()).size();

        String code = app.code(person, SCOPES);
        String refresh = TestSystem.read(app.redeem(code).hasStatus(200))
                .path("refresh_token")
                .asText();
        app.renew(refresh).hasStatus(200);
        app.renew(refresh).hasStatus(400);
        app.giveBack(refresh).hasStatus(200);

        List<Row> rows = rowsOf(person.id());
        assertThat(rows.subList(before, rows.size()))
                .extracting(Row::interaction, Row::status)
                .containsExactly(tuple("login", 303), tuple("token", 200), tuple("token", 200));
        assertThat(rows).allSatisfy(row -> assertThat(row.role()).isEqualTo("SITE"));
        assertThat(rows).allSatisfy(row -> assertThat(row.facility()).startsWith("cscom-"));
        assertThat(rows.get(before).query()).isEqualTo("by=password");
        assertThat(rows.get(before + 1).query()).isEqualTo("grant_type=authorization_code&client_id=" + app.id());
    }

    @Test
    @DisplayName("A refused login says whose it would have been and holds nothing that was typed")
    void tellsWhoWasRefused() {
        TestApp app = TestApp.with(exchange, SCOPES);
        TestPerson person = TestPerson.ready(exchange, "auditor", Map.of());
        String typed = "mot-de-passe-" + UUID.randomUUID();
        String nobody = "personne." + UUID.randomUUID();

        app.send(app.ask(SCOPES), "login", person.login(), "password", typed).hasStatus(403);
        app.send(app.ask(SCOPES), "login", nobody, "password", typed).hasStatus(403);

        assertThat(rowsOf(person.id()))
                .last()
                .isEqualTo(new Row("login", "ANONYMOUS", null, "by=password", 403, "wrong"));
        assertThat(jdbc.sql("select count(*) from keneya.trace where trace::text ~ :typed")
                        .param("typed", typed + "|" + nobody + "|" + person.login())
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    @DisplayName("A system's token, and a refusal of one, leave a row; an unknown id stands in none")
    void tellsWhichSystemAskedForTokens() {
        String facility = "cscom-" + UUID.randomUUID();
        TestSystem system = TestSystem.ofSite(exchange, facility);
        String unknown = "inconnu-" + UUID.randomUUID();

        system.withAll();
        TestApp app = TestApp.with(exchange, SCOPES);
        app.redeem("a code that nobody gave", wanted -> {}).hasStatus(400);
        app.redeem("a code that nobody gave", wanted -> wanted.put("client_id", unknown));

        assertThat(rowsOf(system.id()))
                .contains(new Row("token", "SITE", facility, "grant_type=client_credentials", 200, null));
        assertThat(rowsOf(app.id())).last().satisfies(row -> {
            assertThat(row.role()).isEqualTo("ANONYMOUS");
            assertThat(row.status()).isEqualTo(400);
        });
        assertThat(jdbc.sql("select count(*) from keneya.trace where trace::text like :unknown")
                        .param("unknown", "%" + unknown + "%")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    @DisplayName("The auditor reads logins as AuditEvents")
    void showsLoginsAsAuditEvents() {
        TestPerson person = TestPerson.ready(exchange, "auditor", Map.of());

        AuditEvent event = (AuditEvent) exchange.get("AuditEvent?agent=" + person.id())
                .hasStatus(200)
                .entries()
                .get(0)
                .getResource();

        assertThat(event.getType().getCode()).isEqualTo("110114");
        assertThat(event.getSubtypeFirstRep().getCode()).isEqualTo("110122");
        assertThat(event.getAgentFirstRep().getWho().getIdentifier().getValue()).isEqualTo(person.id());
    }

    private List<Row> rowsOf(String client) {
        return jdbc.sql("""
                        select interaction, role, facility, query, status, reason from keneya.trace
                        where client = :client order by chain, position
                        """).param("client", client).query(Row.class).list();
    }
}
