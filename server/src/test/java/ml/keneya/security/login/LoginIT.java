package ml.keneya.security.login;

import static ml.keneya.security.TestApp.sentBack;
import static ml.keneya.test.Exchange.unique;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import ml.keneya.security.TestApp;
import ml.keneya.security.TestPerson;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The page on which people log in: whom it lets in, and what it tells whom. */
@KeneyaIntegrationTest
class LoginIT {

    private static final String ALL = "openid fhirUser profile online_access offline_access user/*.cruds";
    private static final String READ = "openid user/*.rs";

    @Autowired
    Exchange exchange;

    @Autowired
    JdbcClient jdbc;

    @Test
    @DisplayName("The page is in French, else in English, runs nothing and sends its form to nobody but us")
    void showsAPageThatRunsNothing() {
        TestApp app = TestApp.with(exchange, READ);

        Answer french = app.ask(READ).hasStatus(200);
        Answer english = exchange.get(app.wish(READ, wish -> {}), "Accept-Language", "en-GB,en")
                .hasStatus(200);
        Answer asked = app.ask(READ, wish -> wish.put("ui_locales", "en fr"));

        assertThat(french.body())
                .contains(
                        "lang=\"fr\"",
                        "Mot de passe",
                        "Suivi des alertes &lt;b&gt;",
                        "https://app.example.org/callback")
                .doesNotContain("<script", "src=", "Suivi des alertes <b>");
        assertThat(english.body()).contains("lang=\"en\"", "Password");
        assertThat(asked.body()).contains("lang=\"en\"");
        assertThat(french.header("Content-Security-Policy").orElse(""))
                .contains(
                        "default-src 'none'",
                        "form-action 'self' https://app.example.org;",
                        "frame-ancestors 'none'",
                        "style-src 'sha256-")
                .doesNotContain("unsafe");
        assertThat(french.header("X-Frame-Options").orElse("")).isEqualTo("DENY");
        assertThat(french.header("Cache-Control").orElse("")).contains("no-store");
        assertThat(french.header("Set-Cookie").orElse("")).contains("HttpOnly", "SameSite=Strict", "Path=/");
        assertThat(french.response().headers().allValues("Set-Cookie")).hasSize(1);
    }

    @Test
    @DisplayName("A form that does not come from our page lets nobody in")
    void refusesFormsOfOthers() {
        TestApp app = TestApp.with(exchange, READ);
        TestPerson person = TestPerson.ready(exchange, "auditor", Map.of());
        Answer page = app.ask(READ);
        String[] right = {"login", person.login(), "password", person.password()};

        app.sendWith("keneya-login=" + "A".repeat(43), page, right).hasStatus(400);
        app.sendWith("other=1", page, right).hasStatus(400);
        app.sendWith(TestApp.cookie(app.ask(READ)), page, right).hasStatus(400);
        sentBack(app.send(page, right));
    }

    @Test
    @DisplayName("T2: who is reset chooses another password; tokens and the old password are worth nothing")
    void t2_shutsResetPeopleOutUntilTheyChoose() {
        TestApp app = TestApp.with(exchange, ALL);
        TestPerson before = TestPerson.ready(exchange, "auditor", Map.of());
        JsonNode tokens = TestSystem.read(
                app.redeem(app.code(before, "user/*.rs offline_access")).hasStatus(200));

        TestPerson after = before.reset();

        isInvalidGrant(app.renew(tokens.path("refresh_token").asText()));
        app.send(app.ask(READ), "login", before.login(), "password", before.password())
                .hasStatus(403);
        before.choosesPassword(app, "un mot de passe de plus").hasStatus(403);
        sentBack(after.choosesPassword(app, after.password()));
        app.code(after, READ);
        after.choosesPassword(app, "le code ne vaut qu'une fois").hasStatus(403);
    }

    @Test
    @DisplayName(
            "T5: after five failures it is too early for another try, also for who has the password, and for nobody")
    void t5_slowsDownWhoGuesses() {
        TestApp app = TestApp.with(exchange, READ);
        TestPerson person = TestPerson.ready(exchange, "auditor", Map.of());
        String nobody = "g." + UUID.randomUUID().toString().substring(0, 18);
        Answer page = app.ask(READ);

        for (String login : List.of(person.login(), nobody)) {
            for (int failure = 0; failure < 5; failure++) {
                app.send(page, "login", login, "password", "not the password").hasStatus(403);
            }
        }
        Answer known = app.send(page, "login", person.login(), "password", person.password());
        Answer unknown = app.send(page, "login", nobody, "password", person.password());

        known.hasStatus(429);
        unknown.hasStatus(429);
        assertThat(known.header("Retry-After")).isPresent();
        assertThat(known.body()).isEqualTo(unknown.body()).doesNotContain(person.login());
        jdbc.sql("update keneya.login_try set waits_until = now() where waits_until > now()")
                .update();
        sentBack(app.send(page, "login", person.login(), "password", person.password()));
    }

    @Test
    @DisplayName("What no database stores is refused like anything else that is not known")
    void refusesWhatNobodyIsCalled() {
        TestApp app = TestApp.with(exchange, READ);
        TestPerson person = TestPerson.ready(exchange, "auditor", Map.of());

        app.ask(READ, wish -> wish.put("client_id", "a\u0000")).hasStatus(400);
        app.ask(READ, wish -> wish.put("nonce", "a\u0000")).hasStatus(303);
        app.send(app.ask(READ), "login", "a\u0000" + person.login(), "password", "not the password")
                .hasStatus(403);
        app.renew("-".repeat(36) + "." + "A".repeat(43)).hasStatus(400);
        app.giveBack("-".repeat(36) + "." + "A".repeat(43)).hasStatus(200);
        assertThat(app.post(
                                "/oauth2/token",
                                Map.of("grant_type", "refresh_token", "client_id", "a\u0000", "refresh_token", "a"))
                        .status())
                .isBetween(400, 401);
    }

    @Test
    @DisplayName("T5: no password is looked at for who names no application")
    void t5_looksAtNoPasswordWithoutAnApplication() {
        TestApp app = TestApp.with(exchange, READ);
        TestPerson person = TestPerson.ready(exchange, "auditor", Map.of());
        Answer page = app.ask(READ);
        String elsewhere = page.body().replace(app.id(), "nobody");

        assertThat(page.body()).contains(app.id());
        for (int failure = 0; failure < 6; failure++) {
            app.sendTo(elsewhere, page, "login", person.login(), "password", "not the password")
                    .hasStatus(400);
        }

        sentBack(app.send(page, "login", person.login(), "password", person.password()));
    }

    @Test
    @DisplayName("T5: whether somebody exists shows neither in the words nor in the status of the answer")
    void t5_tellsNobodyWhoExists() {
        TestApp app = TestApp.with(exchange, READ);
        TestPerson person = TestPerson.ready(exchange, "auditor", Map.of());
        TestPerson waiting = TestPerson.added(exchange, "auditor", Map.of());
        Answer page = app.ask(READ);

        Answer wrong = app.send(page, "login", person.login(), "password", "not the password");
        Answer unknown = app.send(page, "login", "nobody." + person.login(), "password", "not the password");
        Answer withoutPassword = app.send(page, "login", waiting.login(), "password", "not the password");

        wrong.hasStatus(403);
        assertThat(unknown.status()).isEqualTo(403);
        assertThat(withoutPassword.status()).isEqualTo(403);
        assertThat(unknown.body()).isEqualTo(wrong.body()).isEqualTo(withoutPassword.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"trop court", "aaaaaaaaaaaaaaaa", "keneya 2026 keneya", "LOGIN et du texte"})
    @DisplayName("A password that is short or simple is not taken, and the code stays good")
    void refusesWeakPasswords(String weak) {
        TestApp app = TestApp.with(exchange, READ);
        TestPerson person = TestPerson.added(exchange, "auditor", Map.of());
        String chosen = weak.replace("LOGIN", person.login());

        Answer answer = app.send(
                app.ask(READ),
                "login",
                person.login(),
                "code",
                person.code(),
                "new_password",
                chosen,
                "new_password_again",
                chosen);
        Answer twoKinds = app.send(
                app.ask(READ),
                "login",
                person.login(),
                "code",
                person.code(),
                "new_password",
                person.password(),
                "new_password_again",
                person.password() + "x");

        answer.hasStatus(400);
        twoKinds.hasStatus(400);
        assertThat(answer.body()).contains("trop court ou trop simple").doesNotContain("\"" + chosen);
        sentBack(person.choosesPassword(app, person.password()));
    }

    @Test
    @DisplayName("Passwords, codes and tokens stand in the database as hashes only")
    void keepsHashesOnly() {
        TestApp app = TestApp.with(exchange, ALL);
        TestPerson person = TestPerson.ready(exchange, "auditor", Map.of());
        String code = app.code(person, "user/*.rs offline_access");
        String refresh = TestSystem.read(app.redeem(code)).path("refresh_token").asText();

        List<String> rows =
                jdbc.sql("""
                        select row_to_json(account)::text from keneya.account where id = :id
                        union all
                        select row_to_json(permission)::text from keneya.permission where account = :id
                        """).param("id", person.id()).query(String.class).list();

        assertThat(rows)
                .hasSizeGreaterThan(1)
                .allSatisfy(row ->
                        assertThat(row).doesNotContain(person.password(), person.code(), code, refresh.substring(37)));
        assertThat(rows.get(0)).contains("{bcrypt}$2a$12$");
    }

    @Test
    @DisplayName("People and applications are managed by who knows the operator's key and by nobody else")
    void managesPeopleByTheOperatorsKeyOnly() {
        for (String method : List.of("GET", "POST")) {
            exchange.send(
                            method,
                            root() + "/operator/users",
                            "application/json",
                            BodyPublishers.ofString("{}"),
                            "Keneya-Operator-Key",
                            "wrong")
                    .hasStatus(401);
        }
        TestPerson.operate(exchange, "POST", "", "{\"login\":\"a.b\",\"role\":\"king\"}")
                .hasStatus(400);
        TestPerson.operate(exchange, "POST", "", "{\"login\":\"A B\",\"role\":\"auditor\"}")
                .hasStatus(400);
        TestPerson.operate(exchange, "POST", "", "{\"login\":\"a.b\",\"role\":\"site\"}")
                .hasStatus(400);
        TestPerson.operate(exchange, "POST", "", "{\"login\":\"a.b\",\"role\":\"area\"}")
                .hasStatus(400);
        TestPerson.operate(exchange, "DELETE", "/nobody." + UUID.randomUUID(), null)
                .hasStatus(404);
        assertThat(TestPerson.operate(exchange, "GET", "", null).hasStatus(200).body())
                .doesNotContain("bcrypt", "password");
        for (String uri : List.of(
                "http://app.example.org/callback",
                "javascript:alert(1)",
                "https://app.example.org/#x",
                "callback",
                "https://*.example.org/",
                "https://a@example.org/")) {
            TestApp.register(exchange, unique("app"), READ, uri).hasStatus(400);
        }
        TestApp.register(exchange, unique("app"), "system/*.rs", TestApp.CALLBACK)
                .hasStatus(400);
        TestApp.register(exchange, unique("app"), READ, "ml.example.app:/callback")
                .hasStatus(201);
        TestApp.register(exchange, unique("person-app"), READ, TestApp.CALLBACK).hasStatus(400);
    }

    private String root() {
        return TestSystem.root(exchange);
    }

    private static void isInvalidGrant(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isIn(400, 401);
        assertThat(TestSystem.read(answer).path("error").asText()).isEqualTo("invalid_grant");
        assertThat(answer.body()).doesNotContain("Exception", "org.spring", "nimbus");
    }
}
