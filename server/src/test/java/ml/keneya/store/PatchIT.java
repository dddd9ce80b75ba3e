package ml.keneya.store;

import static ml.keneya.test.Exchange.FHIR_JSON;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.batch;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.Records;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@KeneyaIntegrationTest
class PatchIT {

    private static final String JSON_PATCH = "application/json-patch+json";
    private static final String XML_PATCH = "application/xml-patch+xml";
    private static final String TO_A_BOY = "[{\"op\":\"replace\",\"path\":\"/gender\",\"value\":\"male\"}]";

    @Autowired
    Exchange exchange;

    private final String facility = unique("cscom");
    private String child = "";

    @BeforeEach
    void registerAGirl() {
        child = "Patient/"
                + exchange.create(aChild(unique("record")))
                        .hasStatus(201)
                        .as(Patient.class)
                        .getIdPart();
    }

    @Test
    void appliesAPatch() {
        patch(JSON_PATCH, TO_A_BOY).hasStatus(200);

        assertThat(gender()).isEqualTo("male");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "5",
                "[1]",
                "[null]",
                "[{\"op\":\"zap\",\"path\":\"/gender\"}]",
                "[{\"op\":\"replace\",\"path\":\"/nothing\",\"value\":1}]",
                "[{\"op\":\"replace\",\"path\":\"/gender\",\"value\":\"femme\"}]",
                "[{\"op\":\"add\",\"path\":\"/prenom\",\"value\":\"Awa\"}]"
            })
    void refusesAJsonPatchThatIsNone(String body) {
        patch(JSON_PATCH, body).isRefused(400, "ML-FHIR-021").says("Le correctif (PATCH) est vide ou illisible");

        assertThat(gender()).isEqualTo("female");
    }

    @Test
    void refusesGarbageForAPatch() {
        patch(JSON_PATCH, "bonjour").isRefused(400, "ML-FHIR-001");
        patch(XML_PATCH, "<diff>").isRefused(400, "ML-FHIR-001");
        patch(XML_PATCH, "<!DOCTYPE diff><diff/>").isRefused(400, "ML-FHIR-017");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<other/>", "<diff><replace sel=\"/nothing/here\">x</replace></diff>"})
    void refusesAnXmlPatchThatIsNone(String body) {
        patch(XML_PATCH, body).isRefused(400, "ML-FHIR-021");
    }

    @Test
    void refusesAFhirPatchThatIsNone() {
        patch(FHIR_JSON, exchange.json(aChild(unique("record")))).isRefused(400, "ML-FHIR-021");
        patch(FHIR_JSON, aFhirPatch("zap", "male")).isRefused(400, "ML-FHIR-021");
    }

    @Test
    void checksTheRecordAsTheFhirPatchLeavesIt() {
        patch(FHIR_JSON, aFhirPatch("replace", "male")).hasStatus(200);
        assertThat(gender()).isEqualTo("male");

        String withoutSystem = "[{\"op\":\"remove\",\"path\":\"/identifier\"},{\"op\":\"remove\",\"path\":\"/name\"}]";
        patch(JSON_PATCH, withoutSystem).isRefused(422, "ML-VALIDATION-001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "bonjour", "[{\"op\":\"zap\"}]"})
    void refusesABundleWithAPatchThatIsNone(String body) {
        String recordNumber = unique("record");

        exchange.post(transaction(creating(aChild(recordNumber)), patching(body)), facility)
                .isRefused(400, "ML-FHIR-021");

        assertThat(exchange.get("Patient?identifier=" + Records.RECORD_NUMBER + "%7C" + recordNumber)
                        .entries())
                .isEmpty();
    }

    @Test
    void refusesABundleWithAnEmptyPatch() {
        exchange.post(transaction(patching("")), facility).isRefused(400, "ML-FHIR-002");
    }

    @Test
    void refusesOnlyThatEntryOfABatch() {
        Answer answer = exchange.post(batch(patching("null"), patching(TO_A_BOY)), facility)
                .hasStatus(200);

        assertThat(answer.entries().get(0).getResponse().getStatus()).startsWith("400");
        assertThat(answer.entries().get(1).getResponse().getStatus()).startsWith("200");
    }

    @Test
    void refusalsQuoteNothingOfTheRecord() {
        for (String operations : List.of(
                "[{'op':'copy','from':'/name/0/family','path':'/gender'}]",
                "[{'op':'copy','from':'/name/0/family','path':'/birthDate'}]",
                "[{'op':'move','from':'/name/0','path':'/Awa'}]",
                "[{'op':'test','path':'/name/0/family','value':'Keita'}]")) {
            Answer refused = patch(JSON_PATCH, operations.replace('\'', '"')).isRefused(400, "ML-FHIR-021");
            assertThat(refused.body()).doesNotContain("Traor");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/x/-", "/x/0", "/y"})
    void i4_refusesAPatchThatGrows(String into) {
        String first = "{\"op\":\"add\",\"path\":\"/x\",\"value\":[\"aaaaaaaaaaaaaaaa\"]}";
        String copy =
                ",{\"op\":\"copy\",\"from\":\"%s\",\"path\":\"%s\"}".formatted(into.equals("/y") ? "" : "/x", into);

        patch(JSON_PATCH, "[" + first + copy.repeat(12) + "]")
                .isRefused(400, "ML-FHIR-021")
                .says("5 « copy »");
        patch(
                        JSON_PATCH,
                        "[" + TO_A_BOY.substring(1, TO_A_BOY.length() - 1)
                                + ("," + TO_A_BOY.substring(1, TO_A_BOY.length() - 1)).repeat(100) + "]")
                .isRefused(400, "ML-FHIR-021")
                .says("100");
        assertThat(exchange.post(batch(patching("[" + first + copy.repeat(12) + "]")), facility)
                        .hasStatus(200)
                        .body())
                .contains("ML-FHIR-021");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Patient.name.where(family.matches('^(a|aa)+$'))",
                "Patient.name.repeat($this)",
                "Patient.name.family | Patient.name.given",
                "Patient.name['a']",
                "Patient.name[0].given",
                "%resource.name"
            })
    void s9_evaluatesNoFunctionOfAClient(String path) {
        String patch = aFhirPatch("delete", "male").replace("Patient.gender", path);

        patch(FHIR_JSON, patch).isRefused(400, "ML-FHIR-021").says("FHIRPath");
        patch(XML_PATCH, "<diff><remove sel=\"//*[count(//*) &gt; 1]\"/></diff>")
                .isRefused(400, "ML-FHIR-021")
                .says("XPath");
    }

    private Answer patch(String contentType, String body) {
        return exchange.send("PATCH", child, contentType, BodyPublishers.ofString(body), "Accept", FHIR_JSON);
    }

    private BundleEntryComponent patching(String body) {
        Binary patch = new Binary().setContentType(JSON_PATCH);
        patch.setContent(body.getBytes(StandardCharsets.UTF_8));
        BundleEntryComponent entry = new BundleEntryComponent().setResource(patch);
        entry.getRequest().setMethod(HTTPVerb.PATCH).setUrl(child);
        return entry;
    }

    private String gender() {
        return exchange.get(child).as(Patient.class).getGender().toCode();
    }

    private static String aFhirPatch(String type, String gender) {
        return """
                {"resourceType": "Parameters", "parameter": [{"name": "operation", "part": [
                  {"name": "type", "valueCode": "%s"},
                  {"name": "path", "valueString": "Patient.gender"},
                  {"name": "value", "valueCode": "%s"}]}]}
                """.formatted(type, gender);
    }
}
