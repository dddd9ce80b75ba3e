package ml.keneya.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;

/**
 * A person whom an operator has added, with the code that was handed over and the password that the person chooses.
 *
 * @param id what logs and the trace say
 */
public record TestPerson(Exchange exchange, String login, String id, String code, String password) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param more what else the operator says: facility, areas, practitioner */
    public static TestPerson added(Exchange exchange, String role, Map<String, Object> more) {
        String login = "f." + UUID.randomUUID().toString().substring(0, 18);
        Map<String, Object> wanted = new HashMap<>(more);
        wanted.put("login", login);
        wanted.put("name", "Fanta Kéita");
        wanted.put("role", role);
        JsonNode added =
                TestSystem.read(operate(exchange, "POST", "", json(wanted)).hasStatus(201));
        return new TestPerson(
                exchange,
                login,
                added.path("id").asText(),
                added.path("activationCode").asText(),
                "le marigot de " + UUID.randomUUID());
    }

    /** One that has chosen a password. */
    public static TestPerson ready(Exchange exchange, String role, Map<String, Object> more) {
        TestPerson person = added(exchange, role, more);
        TestApp app = TestApp.with(exchange, "openid");
        TestApp.sentBack(person.choosesPassword(app, person.password()));
        return person;
    }

    public Answer choosesPassword(TestApp app, String password) {
        return app.send(
                app.ask("openid"),
                "login",
                login,
                "code",
                code,
                "new_password",
                password,
                "new_password_again",
                password);
    }

    public void revoke() {
        operate(exchange, "DELETE", "/" + login, null).hasStatus(200);
    }

    public TestPerson reset() {
        JsonNode reset = TestSystem.read(
                operate(exchange, "POST", "/" + login + "/reset", null).hasStatus(200));
        return new TestPerson(
                exchange, login, id, reset.path("activationCode").asText(), "une autre " + UUID.randomUUID());
    }

    public static Answer operate(Exchange exchange, String method, String path, String body) {
        return exchange.send(
                method,
                TestSystem.root(exchange) + "/operator/users" + path,
                "application/json",
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body),
                "Keneya-Operator-Key",
                TestSystem.operatorKey());
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
