package ml.keneya.security;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import ml.keneya.chaos.ServerProcess;
import ml.keneya.operations.postgresql.PostgresqlConnection;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.Postgres;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * What a sandbox gives out is good there for some hours, and nowhere else. The sandbox is a process of its own on the
 * database of the server that all tests share, which is none.
 */
@KeneyaIntegrationTest
class SandboxIT {

    private static final Path TARGET =
            Path.of(System.getProperty("basedir", ""), "target").toAbsolutePath();
    private static final List<String> ROLES =
            List.of("site", "expert-hub", "area", "agency", "social", "auditor", "administrator");

    @Autowired
    Exchange exchange;

    @Test
    @DisplayName("Guests of a sandbox come in there and at no other server of the same database")
    void guestsComeInThereAndNowhereElse() {
        PostgresqlConnection database =
                new PostgresqlConnection(Postgres.url(), Postgres.username(), Postgres.password());
        try (ServerProcess process = new ServerProcess(
                database,
                "ml.keneya.KeneyaApplication",
                TARGET.resolve("sandbox.log"),
                "--keneya.sandbox=true",
                "--keneya.data=" + TARGET.resolve("sandbox"),
                "--keneya.security.operator-key-file=" + TARGET.resolve("test-operator-key"))) {
            process.awaitReady();
            Exchange sandbox = exchange.at(process.base());
            saysThatItIsOne(sandbox);
            everyRoleGetsATokenForHours(sandbox);
            systemsComeInHereOnly(sandbox);
            peopleComeInHereOnly(sandbox);
        }
    }

    @Test
    @DisplayName("A server that is no sandbox gives out no credentials that nobody has chosen")
    void aServerThatIsNoSandboxHasNoSuchDoor() {
        Answer refused = TestSystem.askForGuest(exchange, "agency", null, TestSystem.anEcKey());
        assertThat(refused.status()).as(refused.body()).isEqualTo(404);
        assertThat(refused.body()).contains("bac à sable").contains("no sandbox");
        askForPerson(exchange).hasStatus(404);
        assertThat(exchange.get("metadata").header("Keneya-Sandbox")).isEmpty();
        assertThat(statement(exchange).getImplementation().getDescription()).doesNotContain("sable");
        // Nobody can take a name by which a guest is known.
        TestSystem.operate(
                        exchange,
                        "POST",
                        "",
                        "{\"id\":\"sandbox-site-1\",\"role\":\"agency\",\"jwks\":{\"keys\":[%s]}}"
                                .formatted(TestSystem.anEcKey().toPublicJWK().toJSONString()),
                        TestSystem.operatorKey())
                .hasStatus(400);
    }

    private static void saysThatItIsOne(Exchange sandbox) {
        assertThat(sandbox.get("metadata").header("Keneya-Sandbox")).contains("true");
        assertThat(statement(sandbox).getImplementation().getDescription())
                .contains("Bac à sable")
                .contains("Sandbox");
        TestApp app = TestApp.with(sandbox, "openid");
        assertThat(app.ask("openid").hasStatus(200).body()).contains("Bac à sable");
    }

    private static void everyRoleGetsATokenForHours(Exchange sandbox) {
        for (String role : ROLES) {
            TestSystem guest = TestSystem.guest(sandbox, role, "site".equals(role) ? unique("cscom") : null);
            assertThat(guest.id()).startsWith("sandbox-" + role + "-");
            JsonNode token = TestSystem.read(guest.ask(guest.assertion(claims -> claims), "system/*.cruds")
                    .hasStatus(200));
            assertThat(Duration.ofSeconds(token.path("expires_in").asLong()))
                    .as(role)
                    .isBetween(Duration.ofHours(7), Duration.ofHours(8));
        }
    }

    private void systemsComeInHereOnly(Exchange sandbox) {
        TestSystem guest = TestSystem.guest(sandbox, "site", unique("cscom"));
        String[] token = {
            "Authorization",
            "Bearer "
                    + TestSystem.read(guest.ask(guest.assertion(claims -> claims), "system/*.cruds"))
                            .path("access_token")
                            .asText()
        };
        sandbox.create(aChild(unique("record")), token).hasStatus(201);
        assertThat(sandbox.get("Patient", token).hasStatus(200).entries()).hasSize(1);

        // Both servers have the same signing keys; only who the client is, the other one does not know.
        exchange.get("Patient", token).hasStatus(401);
        TestSystem elsewhere = guest.at(exchange);
        elsewhere.ask(elsewhere.assertion(claims -> claims), "system/*.cruds").hasStatus(401);

        guest.revoke();
        sandbox.get("Patient", token).hasStatus(401);
    }

    private void peopleComeInHereOnly(Exchange sandbox) {
        JsonNode person = TestSystem.read(askForPerson(sandbox).hasStatus(201));
        assertThat(Instant.parse(person.path("until").asText()))
                .isBetween(
                        Instant.now().plus(Duration.ofHours(7)), Instant.now().plus(Duration.ofHours(9)));
        TestApp app = TestApp.with(sandbox, "openid user/*.rs");
        assertThat(login(app, person).status()).isEqualTo(303);
        TestApp same = app.at(exchange);
        // The words of a wrong password, whoever it is.
        assertThat(login(same, person).status()).isEqualTo(403);
    }

    private static Answer login(TestApp app, JsonNode person) {
        return app.send(
                app.ask("openid user/*.rs"),
                "login",
                person.path("login").asText(),
                "password",
                person.path("password").asText());
    }

    private static Answer askForPerson(Exchange at) {
        return at.send(
                "POST",
                TestSystem.root(at) + "/operator/sandbox/users",
                "application/json",
                BodyPublishers.ofString("{\"role\":\"auditor\"}"),
                "Keneya-Operator-Key",
                TestSystem.operatorKey());
    }

    private static CapabilityStatement statement(Exchange at) {
        return at.get("metadata").hasStatus(200).as(CapabilityStatement.class);
    }
}
