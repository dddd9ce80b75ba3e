package ml.keneya.security.limits;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@KeneyaIntegrationTest
class ProtectiveHeadersIT {

    @Autowired
    Exchange exchange;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Patient?_count=1",
                "Patient/nobody-has-this-id",
                "Patient?no-such-parameter=1",
                "Unknown",
                "AuditEvent?_count=1",
                "ViewDefinition"
            })
    void letsABrowserDoNothingWithAnAnswerAndKeepNoCopy(String path) {
        Answer answer = exchange.get(path);

        isProtected(answer);
        assertThat(answer.header("Content-Security-Policy"))
                .hasValueSatisfying(policy ->
                        assertThat(policy).contains("default-src 'none'", "frame-ancestors 'none'", "sandbox"));
        assertThat(answer.header("Cache-Control"))
                .hasValueSatisfying(cache -> assertThat(cache).contains("no-store"));
    }

    @Test
    void protectsWhatIsAnsweredToWrites() {
        isProtected(exchange.create(aChild(unique("record"))).hasStatus(201));
        isProtected(exchange.send("POST", "Patient", "text/plain", BodyPublishers.ofString("x")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/fhir/swagger-ui/", "/guide/fr/index.html", "/actuator/health/readiness", "/nothing-here"})
    void protectsPagesToo(String path) {
        isProtected(exchange.get(exchange.base().replaceFirst("/fhir$", path)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/fhir/swagger-ui/", "/guide/fr/index.html"})
    void leavesToPagesTheScriptsThatTheyNeed(String path) {
        assertThat(exchange.get(exchange.base().replaceFirst("/fhir$", path)).header("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains("'self'", "frame-ancestors 'none'")
                        .doesNotContain("sandbox"));
    }

    @Test
    void demandsHttpsOnlyOfWhoCameByHttps() {
        assertThat(exchange.get("metadata").header("Strict-Transport-Security")).isEmpty();
    }

    private static void isProtected(Answer answer) {
        assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.header("X-Frame-Options")).contains("DENY");
        assertThat(answer.header("Referrer-Policy")).contains("no-referrer");
        assertThat(answer.header("Content-Security-Policy")).isPresent();
        assertThat(answer.response().headers().allValues("Content-Security-Policy"))
                .hasSize(1);
    }
}
