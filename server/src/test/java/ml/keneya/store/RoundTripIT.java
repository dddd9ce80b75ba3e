package ml.keneya.store;

import static ml.keneya.test.Exchange.unique;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What is read is what was sent, but for the id and the meta that the server adds. */
@KeneyaIntegrationTest
class RoundTripIT {

    private static final ObjectMapper JSON = new ObjectMapper()
            .setNodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    @Autowired
    Exchange exchange;

    /** BigDecimals are equal when number and precision are. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1E-22",
                "1.0E2",
                "1E+2",
                "100",
                "1.00",
                "0.00000010",
                "0",
                "-1.50",
                "12345678901234567890.123456789",
                "1.0E-7"
            })
    void keepsADecimalToItsPrecision(String decimal) {
        JsonNode read = created("Observation", observation(decimal, "\"Mesure\""));

        assertThat(read.at("/valueQuantity/value").decimalValue()).isEqualTo(new BigDecimal(decimal));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1E-22", "1.0E2", "0.00000010"})
    void keepsADecimalOfABundleToItsPrecision(String decimal) {
        String entry = """
                {"resourceType":"Bundle","type":"transaction","entry":[{"resource":%s,
                 "request":{"method":"POST","url":"Observation"}}]}""".formatted(observation(decimal, "\"Mesure\""));

        Answer answer = exchange.post("", entry).hasStatus(200);

        String location = answer.entries().get(0).getResponse().getLocation();
        JsonNode read = json(exchange.get(location).body());
        assertThat(read.at("/valueQuantity/value").decimalValue()).isEqualTo(new BigDecimal(decimal));
    }

    @Test
    void keepsExtensionsThatItDoesNotKnow() {
        String extensions = """
                [{"url":"https://example.org/ext/simple","valueString":"ɲɛnamaya"},
                 {"url":"https://example.org/ext/deep","extension":[
                   {"url":"inner","valueDecimal":1.50},{"url":"ref","valueReference":{"display":"x"}}]}]""";

        JsonNode read = created(
                "Observation",
                observation("1", "\"Mesure\"").replace("\"status\"", "\"extension\":" + extensions + ",\"status\""));

        assertThat(read.get("extension")).isEqualTo(json(extensions));
    }

    @Test
    void keepsAPrimitiveThatHasOnlyAnExtension() {
        String patient = """
                {"resourceType":"Patient","identifier":[{"system":"https://keneya.ml/id/site/test/record","value":"%s"}],
                 "name":[{"family":"Traoré","given":[null,"Awa"],"_given":[{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"unknown"}]},null]}],
                 "gender":"female",
                 "_birthDate":{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"unknown"}]}}""".formatted(unique("record"));

        JsonNode read = created("Patient", patient);

        assertThat(read.get("_birthDate")).isEqualTo(json(patient).get("_birthDate"));
        assertThat(read.get("name")).isEqualTo(json(patient).get("name"));
        assertThat(read.has("birthDate")).isFalse();
    }

    @Test
    void keepsTheVersionOfAReference() {
        String encounter = referenceOf(created("Encounter", encounter()));
        String versioned = encounter + "/_history/1";

        JsonNode read = created(
                "Observation",
                observation("1", "\"Mesure\"")
                        .replace("\"status\"", "\"encounter\":{\"reference\":\"" + versioned + "\"},\"status\""));

        assertThat(read.at("/encounter/reference").asText()).isEqualTo(versioned);
        assertThat(exchange.get("Observation?encounter=" + encounter).entries()).hasSize(1);
    }

    @Test
    void keepsTheVersionOfAReferenceDeepInside() {
        String versioned = referenceOf(created("Encounter", encounter())) + "/_history/1";
        String provenance = """
                {"resourceType":"Provenance","recorded":"2026-11-10T10:00:00Z","target":[{"reference":"%1$s"}],
                 "agent":[{"who":{"display":"un agent"}}],
                 "entity":[{"role":"source","what":{"reference":"%1$s"}}]}""".formatted(versioned);

        JsonNode read = created("Provenance", provenance);

        assertThat(read.at("/target/0/reference").asText()).isEqualTo(versioned);
        assertThat(read.at("/entity/0/what/reference").asText()).isEqualTo(versioned);
    }

    @Test
    void keepsADocumentWithTheIdsOfItsResources() {
        String document = """
                {"resourceType":"Bundle","type":"document","identifier":{"system":"urn:ietf:rfc:3986","value":"urn:x:%s"},
                 "timestamp":"2026-11-10T10:00:00Z","entry":[
                  {"fullUrl":"urn:uuid:0d7c1b2e-1f6a-4b57-8f6f-2f0c5a6f9b10","resource":{"resourceType":"Composition",
                   "id":"0d7c1b2e-1f6a-4b57-8f6f-2f0c5a6f9b10","status":"final","type":{"text":"Compte rendu"},
                   "subject":{"reference":"urn:uuid:1b6f5c7e-6c2a-4d0e-9a57-7f2d9b1c3e4f"},
                   "date":"2026-11-10","author":[{"display":"Dr Diarra"}],"title":"Compte rendu",
                   "custodian":{"reference":"https://example.org/Organization/7"}}},
                  {"fullUrl":"urn:uuid:1b6f5c7e-6c2a-4d0e-9a57-7f2d9b1c3e4f","resource":{"resourceType":"Patient","id":"patient-1",
                   "identifier":[{"system":"https://keneya.ml/id/site/test/record","value":"77"}],
                   "name":[{"family":"Traoré"}],"gender":"female","birthDate":"1990"}},
                  {"fullUrl":"https://example.org/Organization/7","resource":{"resourceType":"Organization","id":"7","name":"CSCOM"}}]}""".formatted(unique("doc"));

        JsonNode read = created("Bundle", document);

        assertThat(read.get("entry")).isEqualTo(json(document).get("entry"));
        assertThat(read.get("type").asText()).isEqualTo("document");
    }

    @Test
    void keepsAContainedResource() {
        String contained = """
                [{"resourceType":"Medication","id":"m1","code":{"text":"Paracétamol"}}]""";
        String request = """
                {"resourceType":"MedicationRequest","contained":%s,"status":"active","intent":"order",
                 "medicationReference":{"reference":"#m1"},"subject":{"display":"une patiente"}}""".formatted(contained);

        JsonNode read = created("MedicationRequest", request);

        assertThat(read.get("contained")).isEqualTo(json(contained));
        assertThat(read.at("/medicationReference/reference").asText()).isEqualTo("#m1");
    }

    @Test
    void keepsNarrativeAndIdsOfElements() {
        String sent = observation("1", "\"Mesure\"").replace("\"status\"", """
                        "text":{"status":"generated","div":"<div xmlns=\\"http://www.w3.org/1999/xhtml\\"><p>Poids : <b>7,4 kg</b></p></div>"},
                        "language":"fr","_language":{"id":"l1","extension":[{"url":"https://example.org/ext/x","valueCode":"y"}]},"status"\
                        """);

        JsonNode read = created("Observation", sent);

        assertThat(read.get("text")).isEqualTo(json(sent).get("text"));
        assertThat(read.get("_language")).isEqualTo(json(sent).get("_language"));
    }

    private static String observation(String decimal, String text) {
        return """
                {"resourceType":"Observation","status":"final","code":{"text":%s},"subject":{"display":"une patiente"},
                 "effectiveDateTime":"2026-11-10T09:00:00+00:00","valueQuantity":{"value":%s,"unit":"kg"}}""".formatted(text, decimal);
    }

    private static String encounter() {
        return """
                {"resourceType":"Encounter","status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"AMB"},
                 "subject":{"display":"une patiente"},"period":{"start":"2026-11-10T09:00:00+00:00"}}""";
    }

    private JsonNode created(String type, String json) {
        Answer answer = exchange.post(type, json).hasStatus(201);
        return json(exchange.get(answer.header("Location").orElseThrow())
                .hasStatus(200)
                .body());
    }

    private static String referenceOf(JsonNode resource) {
        return resource.get("resourceType").asText() + "/" + resource.get("id").asText();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalArgumentException(text, unreadable);
        }
    }

    @Test
    @DisplayName("OperationDefinition/[id] answered 404 for whatever a client had stored there")
    void readsAnOperationThatSomebodyHasDefined() {
        String id = unique("operation");
        String operation = """
                {"resourceType":"OperationDefinition","id":"%s","name":"Essai","status":"draft","kind":"operation",
                 "code":"essai","system":true,"type":false,"instance":false}""".formatted(id);

        exchange.send("PUT", "OperationDefinition/" + id, Exchange.FHIR_JSON, BodyPublishers.ofString(operation))
                .hasStatus(201);

        assertThat(json(exchange.get("OperationDefinition/" + id).hasStatus(200).body())
                        .at("/code")
                        .asText())
                .isEqualTo("essai");
        exchange.get("OperationDefinition/" + unique("none")).isRefused(404, "ML-FHIR-004");
    }
}
