package ml.keneya.security.limits;

import static ml.keneya.test.Exchange.FHIR_JSON;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Nobody makes the exchange evaluate an expression, or a query in a language of its own, that it did not write. */
@KeneyaIntegrationTest
class ExpressionsOfClientsIT {

    private static final List<String> ROLES = List.of("site", "expert-hub", "social", "agency", "auditor");

    /** Takes longer with each letter more, twice as long. */
    private static final String SLOW = "^(a+)+$";

    @Autowired
    Exchange exchange;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SearchParameter | \"url\":\"https://example.org/s\",\"name\":\"s\",\"status\":\"active\",\"description\":\"s\","
                        + "\"code\":\"s\",\"base\":[\"Patient\"],\"type\":\"string\","
                        + "\"expression\":\"Patient.name.where(family.matches('" + SLOW + "')).family\"",
                "StructureDefinition | \"url\":\"https://example.org/p\",\"name\":\"P\",\"status\":\"active\","
                        + "\"kind\":\"resource\",\"abstract\":false,\"type\":\"Patient\"",
                "ViewDefinition | \"name\":\"v\",\"status\":\"active\",\"resource\":\"Patient\"",
                "Questionnaire | \"status\":\"active\"",
                "OperationDefinition | \"name\":\"O\",\"status\":\"active\",\"kind\":\"operation\",\"code\":\"o\","
                        + "\"system\":true,\"type\":false,\"instance\":false",
                "Subscription | \"status\":\"requested\",\"criteria\":\"Patient?\",\"reason\":\"x\","
                        + "\"channel\":{\"type\":\"rest-hook\",\"endpoint\":\"https://example.org/aaaa!\"}"
            })
    @DisplayName("S9: definitions with expressions are written by no role that brings or reads records")
    void s9_takesNoDefinitionFromClients(String type, String content) {
        String definition = "{\"resourceType\":\"" + type + "\"," + content + "}";
        for (String role : ROLES) {
            String[] client = client(role);
            assertThat(exchange.post(type, definition, client).status())
                    .as("%s by %s", type, role)
                    .isIn(403, 404);
            assertThat(exchange.post(
                                    "",
                                    "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"resource\":"
                                            + definition + ",\"request\":{\"method\":\"POST\",\"url\":\"" + type
                                            + "\"}}]}",
                                    client)
                            .status())
                    .as("%s in a bundle by %s", type, role)
                    .isBetween(400, 499);
        }
    }

    @Test
    @DisplayName("S9: a view that a client sends is run for nobody but who sits at the machine")
    void s9_runsNoViewOfAClient() {
        String view = """
                {"resourceType":"Parameters","parameter":[{"name":"viewResource","resource":{"resourceType":"ViewDefinition",
                 "name":"x","status":"active","resource":"Patient","select":[{"column":[{"name":"n",
                 "path":"name.family.where($this.matches('%s')).first()"}]}]}}]}
                """.formatted(SLOW);
        for (String role : ROLES) {
            for (String path : List.of("$viewdefinition-run", "ViewDefinition/$viewdefinition-run", "$sql-run")) {
                // The agency may run views, but none of its own.
                exchange.post(path, view, client(role))
                        .isRefused(403, role.equals("agency") ? "ML-FHIR-013" : "ML-FHIR-100");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "application/fhir+json | {\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"operation\",\"part\":["
                        + "{\"name\":\"type\",\"valueCode\":\"delete\"},"
                        + "{\"name\":\"path\",\"valueString\":\"Patient.name.where(family.matches('" + SLOW
                        + "'))\"}]}]}",
                "application/xml-patch+xml | <diff><remove sel=\"*/*[matches(@value, '" + SLOW + "')]\"/></diff>"
            })
    @DisplayName("S9: a patch leads to what it changes by names, and by no function")
    void s9_evaluatesNoExpressionOfAPatch(String contentType, String patch) {
        String[] site = client("site");
        String child = exchange.create(aLongName(), site)
                .hasStatus(201)
                .as(Patient.class)
                .getIdPart();

        exchange.send("PATCH", "Patient/" + child, contentType, BodyPublishers.ofString(patch), site)
                .isRefused(400, "ML-FHIR-021");
    }

    /** The client of the tests gives up after its time, so that a pattern which runs away fails here. */
    @Test
    @DisplayName("S9: words that patterns run away on are kept, found or refused like others")
    void s9_runsAwayOnNoWords() {
        String[] site = client("site");
        List<String> words = List.of(
                "a".repeat(3_000) + "!",
                "0".repeat(3_000) + "!",
                "a.".repeat(1_500) + "!",
                " ".repeat(3_000) + "x",
                "a@".repeat(1_500),
                "/".repeat(3_000) + "!");
        for (String word : words) {
            Patient child = aChild(unique("record"));
            child.getNameFirstRep().setFamily(word);
            child.addIdentifier().setSystem("https://keneya.ml/id/nina").setValue(word);
            child.addTelecom().setValue(word);
            isAnswered(exchange.create(child, site));
            String encoded = URLEncoder.encode(word, StandardCharsets.UTF_8);
            for (String search : List.of(
                    "Patient?identifier=",
                    "Patient?family=",
                    "Patient?birthdate=",
                    "Observation?value-quantity=",
                    "Observation?subject=",
                    "Observation?code:in=")) {
                String asked = search + encoded.substring(0, Math.min(encoded.length(), 3_000));
                isAnswered(exchange.get(asked.replaceAll("%.?$", ""), site));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"site", "administrator", "auditor", "the machine"})
    @DisplayName("S10: GraphQL is answered like what nobody has ever thought of")
    void s10_knowsNoGraphQl(String role) {
        String[] client = "the machine".equals(role) ? new String[] {} : client(role);
        String question = "{\"query\":\"{ __schema { types { name fields { name type { name } } } } }\"}";
        for (String level : List.of("", "Patient/", "Patient/1/")) {
            for (Map.Entry<String, String> way :
                    Map.of("GET", "?query=%7BPatient%7Bid%7D%7D", "POST", "").entrySet()) {
                for (String type : List.of("application/json", "application/graphql", FHIR_JSON)) {
                    Answer asked = send(way.getKey(), level + "$graphql" + way.getValue(), type, question, client);
                    Answer unknown = send(way.getKey(), level + "$unheard" + way.getValue(), type, question, client);

                    assertThat(asked.status())
                            .as(asked.body())
                            .isBetween(400, 499)
                            .isEqualTo(unknown.status());
                    assertThat(asked.body().replace("graphql", "unheard")).isEqualTo(unknown.body());
                    assertThat(asked.body()).doesNotContain("__schema");
                }
            }
        }
        assertThat(exchange.get("metadata").body()).doesNotContainIgnoringCase("graphql");
    }

    private Answer send(String method, String path, String type, String body, String[] client) {
        return exchange.send(
                method,
                path,
                type,
                method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString(body),
                client);
    }

    private static void isAnswered(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isLessThan(500);
    }

    private static Patient aLongName() {
        Patient child = aChild(unique("record"));
        child.getNameFirstRep().setFamily("a".repeat(60) + "!");
        return child;
    }

    private String[] client(String role) {
        return "site".equals(role)
                ? TestSystem.ofSite(exchange, unique("cscom")).withAll()
                : TestSystem.withRole(exchange, role).withAll();
    }
}
