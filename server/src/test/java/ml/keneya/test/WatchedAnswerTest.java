package ml.keneya.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is demanded of every answer to an abuse case can be missing, and is then noticed. */
class WatchedAnswerTest {

    private static final String REFUSAL =
            "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"diagnostics\":\"Non.\"}]}";
    private static final Duration AT_ONCE = Duration.ofMillis(20);

    private final Map<String, String> headers = new HashMap<>(
            Map.of("X-Content-Type-Options", "nosniff", "Content-Type", "application/fhir+json;charset=UTF-8"));

    private String method = "GET";
    private String address = "/fhir/Patient/1";
    private Duration took = AT_ONCE;

    @Test
    void findsNothingWrongWithRefusalsAndAnswers() {
        assertThat(faults(404, REFUSAL)).isEmpty();
        assertThat(faults(
                        200,
                        "{\"resourceType\":\"ImplementationGuide\",\"packageId\":\"ml.keneya.core\","
                                + "\"url\":\"https://keneya.ml/fhir/ImplementationGuide/ml.keneya.core\"}"))
                .isEmpty();
        method = "HEAD";
        assertThat(faults(404, "")).isEmpty();
    }

    @Test
    void asksForAnAnswerInTime() {
        took = Duration.ofSeconds(6);

        assertThat(faults(200, "{}")).containsExactly("took PT6S");
        assertThat(faults(202, "")).isEmpty();
        assertThat(faults(200, "{}", Demand.IN_TIME)).isEmpty();
    }

    @Test
    void takesNoFault() {
        assertThat(faults(500, REFUSAL)).hasSize(1);
        assertThat(faults(503, REFUSAL)).hasSize(1);
        assertThat(faults(503, REFUSAL, Demand.NO_FAULT)).isEmpty();
        assertThat(faults(500, REFUSAL, Demand.NO_FAULT)).hasSize(1);
        assertThat(faults(200, "{\"entry\":[{\"response\":{\"status\":\"500 Fault\"}}]}"))
                .containsExactly("has an entry with the fault 500 Fault");
    }

    @ParameterizedTest
    @CsvSource({
        "/fhir/Patient/1, application/json, '{\"resourceType\":\"OperationOutcome\",\"issue\":[{}]}'",
        "/fhir/Patient/1, application/fhir+json, '{\"resourceType\":\"OperationOutcome\"}'",
        "/fhir/Patient/1, application/fhir+json, ''",
        "/fhir/Patient/1, text/html, <html>",
        "/fhir, application/fhir+json, '{\"resourceType\":\"Bundle\",\"issue\":[{}]}'",
        "/oauth2/token, application/json, '{\"message\":\"no\"}'",
        "/oauth2/token, text/html, '{\"error\":\"no\"}'"
    })
    void asksForRefusalsInTheirForm(String path, String type, String body) {
        address = path;
        headers.put("Content-Type", type);

        assertThat(faults(400, body)).containsExactly("is a refusal in no form for it: " + type);
    }

    @Test
    void takesFromTheContainerOnlyAStatus() {
        headers.clear();

        assertThat(faults(400, "")).isEmpty();
        assertThat(faults(400, page("<h1>Bad</h1>"))).isEmpty();
        assertThat(faults(400, page("<h1>Bad</h1><p>Description</p>"))).hasSize(1);
        assertThat(faults(400, page("<h1>Bad</h1><h3>Apache Tomcat/10</h3>"))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HAPI-0389",
                "ca.uhn.fhir.jpa",
                "ml.keneya.fhir.Refusal",
                "java.lang.String",
                "com.fasterxml.jackson.core.JsonParser",
                "StackOverflowError",
                "a NullPointerException",
                "\\n\\tat a.b(C.java:7)",
                "SQLState: 42",
                "from hfj_resource",
                "ERROR: duplicate key value",
                "select a from keneya.trace"
            })
    @DisplayName("No body shows anything of the server's insides, whatever its status")
    void findsInsidesInEveryBody(String inside) {
        assertThat(faults(200, "{\"text\":\"" + inside + "\"}"))
                .isNotEmpty()
                .allMatch(fault -> fault.startsWith("shows"));
    }

    @ParameterizedTest
    @CsvSource({
        "/fhir/Patient/1, 200, true",
        "/fhir, 422, true",
        "/fhir/metadata, 200, false",
        "/fhir/ValueSet/$expand, 400, false",
        "/fhir/ValueSet, 403, true",
        "/fhir/Patient, 421, false",
        "/oauth2/token, 401, false"
    })
    void knowsWhatTheTraceMustTellOf(String path, int status, boolean must) {
        address = path;

        assertThat(answer(status, "").mustLeaveARow()).isEqualTo(must);
    }

    private static String page(String content) {
        return "<!doctype html><html lang=\"en\"><head><title>Bad</title><style>a {}</style></head><body>" + content
                + "</body></html>";
    }

    private List<String> faults(int status, String body, Demand... exempt) {
        Set<Demand> all = EnumSet.noneOf(Demand.class);
        all.addAll(List.of(exempt));
        return answer(status, body).faults(all);
    }

    private WatchedAnswer answer(int status, String body) {
        return new WatchedAnswer(new WatchedAnswer.Asked(method, address), "", "id", status, headers::get, body, took);
    }
}
