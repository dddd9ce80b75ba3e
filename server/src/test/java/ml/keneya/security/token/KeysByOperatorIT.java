package ml.keneya.security.token;

import static ml.keneya.security.TestApp.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpRequest.BodyPublishers;
import java.text.ParseException;
import java.util.Map;
import ml.keneya.security.TestApp;
import ml.keneya.security.TestPerson;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** An operator changes the keys of the server, and nobody notices but who looks. */
@KeneyaIntegrationTest
class KeysByOperatorIT {

    @Autowired
    Exchange exchange;

    @Test
    @DisplayName("T2: the operator has both signing keys replaced; tokens of before stay good")
    void t2_replacesBothKeys() throws ParseException {
        TestApp app = TestApp.with(exchange, "openid user/*.rs");
        TestPerson person = TestPerson.ready(exchange, "auditor", Map.of());
        JsonNode before = tokens(app, person);

        exchange.send("POST", address(), "application/json", BodyPublishers.noBody())
                .hasStatus(401);
        assertThat(kid(tokens(app, person), "access_token")).isEqualTo(kid(before, "access_token"));
        exchange.send(
                        "POST",
                        address(),
                        "application/json",
                        BodyPublishers.noBody(),
                        "Keneya-Operator-Key",
                        TestSystem.operatorKey())
                .hasStatus(204);
        JsonNode after = tokens(app, person);

        assertThat(kid(after, "access_token")).isNotEqualTo(kid(before, "access_token"));
        assertThat(kid(after, "id_token")).isNotEqualTo(kid(before, "id_token"));
        exchange.get("AuditEvent?_count=1", bearer(before.path("access_token").asText()))
                .hasStatus(200);
        exchange.get("AuditEvent?_count=1", bearer(after.path("access_token").asText()))
                .hasStatus(200);
    }

    private String address() {
        return TestSystem.root(exchange) + "/operator/keys/rotate";
    }

    private static JsonNode tokens(TestApp app, TestPerson person) {
        return TestSystem.read(app.redeem(app.code(person, "openid user/*.rs")).hasStatus(200));
    }

    private static String kid(JsonNode tokens, String which) throws ParseException {
        return SignedJWT.parse(tokens.path(which).asText()).getHeader().getKeyID();
    }
}
