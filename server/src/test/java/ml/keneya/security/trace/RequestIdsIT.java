package ml.keneya.security.trace;

import static ml.keneya.test.Exchange.unique;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.stream.Stream;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The id that a sender gives its request leads to the line of the trace, also when nobody looked into the request. */
@KeneyaIntegrationTest
class RequestIdsIT {

    @Autowired
    Exchange exchange;

    @Autowired
    JdbcClient jdbc;

    private final String unknown = unique("unknown");

    @ParameterizedTest
    @ValueSource(strings = {"Bearer nothing", ""})
    void leadsToTheLineOfEveryRequestThatIsRefused(String authorization) {
        String id = unique("emr.kati_7");
        String[] token = authorization.isEmpty()
                ? TestSystem.withRole(exchange, "administrator").withAll()
                : new String[] {"Authorization", authorization};

        Answer refused = exchange.get("Patient/" + unknown, token[0], token[1], "X-Request-ID", id);

        assertThat(refused.status()).isBetween(401, 403);
        assertThat(idsOfRows()).containsExactly(id);
    }

    @Test
    void leadsToTheLineOfARefusalOfAToken() {
        String id = unique("emr");

        exchange.send(
                        "POST",
                        TestSystem.root(exchange) + "/oauth2/token",
                        "application/x-www-form-urlencoded",
                        BodyPublishers.ofString("grant_type=client_credentials&client_id=" + unknown),
                        "X-Request-ID",
                        id)
                .hasStatus(400);

        assertThat(jdbc.sql("select interaction from keneya.trace where request = :id")
                        .param("id", id)
                        .query(String.class)
                        .list())
                .containsExactly("token");
    }

    static Stream<String> oddIds() {
        return Stream.of(
                "${jndi:ldap://127.0.0.1:1/a}",
                "a\tb",
                "<b>",
                "a/b",
                "a".repeat(65),
                "'--",
                "   ",
                "Awa Keita",
                "Keïta");
    }

    @ParameterizedTest
    @MethodSource("oddIds")
    @DisplayName("I13: what is no plain id, or a long one, does not come into the line of a request")
    void i13_keepsNothingElseOfTheHeader(String odd) {
        exchange.get("Patient/" + unknown, "Authorization", "Bearer nothing", "X-Request-ID", odd)
                .hasStatus(401);
        exchange.get("Patient/" + unknown + "-too", "X-Request-ID", odd).hasStatus(404);

        assertThat(idsOfRows()).hasSize(2).doesNotContain(odd).allMatch(id -> id.matches("[A-Za-z0-9]{16,64}"));
    }

    private List<String> idsOfRows() {
        return jdbc.sql("select coalesce(request, 'none') from keneya.trace where resource_id like :unknown || '%'")
                .param("unknown", unknown)
                .query(String.class)
                .list();
    }
}
