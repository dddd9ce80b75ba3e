package ml.keneya.export.pseudonymised;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeResourceDefinition;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import ml.keneya.views.Pseudonyms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of one record, and that nothing else is, whatever a sender puts in. */
class PseudonymisesRecordsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CANARY = "Kanari Sogodogo";
    private static final FhirContext CONTEXT = FhirContext.forR4Cached();

    private final PseudonymisesRecords pseudonymises = new PseudonymisesRecords(
            new ElementRules(), new HandedOnCodes(), Pseudonyms.keyed("0123456789".getBytes(StandardCharsets.UTF_8)));

    @ParameterizedTest
    @CsvSource({
        "2026-11-09, 2026-11-09",
        "2026-11-15T23:59:59+00:00, 2026-11-09",
        "2026-01-01, 2025-12-29",
        "2026-11, 2026-11",
        "2026, 2026"
    })
    void keepsTheWeekOfADay(String day, String left) throws Exception {
        assertThat(left("{'resourceType':'Condition','id':'c','onsetDateTime':'" + day + "'}")
                        .path("onsetDateTime")
                        .asText())
                .isEqualTo(left);
    }

    @Test
    void keepsOfAPersonWhatDoesNotTellWhoSheIs() throws Exception {
        JsonNode left = left("""
                {'resourceType':'Patient','id':'p1','meta':{'versionId':'3','lastUpdated':'2026-11-11T10:11:12.013+00:00',
                 'source':'https://keneya.ml/fhir/source/Kanari','profile':['http://example.org/Kanari'],
                 'security':[{'system':'https://keneya.ml/fhir/CodeSystem/ml-owner','code':'cscom-1'}]},
                 'text':{'status':'generated','div':'<div>Kanari</div>'},'contained':[{'resourceType':'Patient'}],
                 'identifier':[{'value':'Kanari'}],'name':[{'family':'Kanari'}],'telecom':[{'value':'70000000'}],
                 'gender':'female','birthDate':'2025-06-17',
                 '_birthDate':{'extension':[{'url':'https://keneya.ml/fhir/StructureDefinition/ml-ext-birth-date-precision',
                   'valueCode':'day'},{'url':'http://example.org/note','valueString':'Kanari'}]},
                 'address':[{'text':'Kanari'},{'city':'Kanari','extension':[
                   {'url':'https://keneya.ml/fhir/StructureDefinition/ml-ext-cercle','valueCoding':
                     {'system':'https://keneya.ml/fhir/CodeSystem/ml-administrative-division-2015','code':'ML0201','display':'Kanari'}},
                   {'url':'https://keneya.ml/fhir/StructureDefinition/ml-ext-village','valueCodeableConcept':{'text':'Kanari'}}]},
                  {'extension':[{'url':'https://keneya.ml/fhir/StructureDefinition/ml-ext-region','valueCoding':
                     {'system':'https://keneya.ml/fhir/CodeSystem/ml-administrative-division-2015','code':'ML05'}}]}],
                 'photo':[{'data':'S2FuYXJp'}],'contact':[{'name':{'text':'Kanari'}}],'deceasedDateTime':'2026-11-11'}""");

        String pseudonym = pseudonymises.id("Patient", "p1");
        assertThat(left).isEqualTo(JSON.readTree("""
                {"resourceType":"Patient","id":"%s","meta":{"versionId":"3","lastUpdated":"2026-11-09T00:00:00.000+00:00",
                 "security":[{"system":"https://keneya.ml/fhir/CodeSystem/ml-owner","code":"cscom-1"},
                  {"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationValue","code":"PSEUDED"}]},
                 "gender":"female","birthDate":"2025-06",
                 "_birthDate":{"extension":[{"url":"https://keneya.ml/fhir/StructureDefinition/ml-ext-birth-date-precision",
                   "valueCode":"day"}]},
                 "address":[{"extension":[{"url":"https://keneya.ml/fhir/StructureDefinition/ml-ext-cercle","valueCoding":
                   {"system":"https://keneya.ml/fhir/CodeSystem/ml-administrative-division-2015","code":"ML0201"}}]}],
                 "deceasedDateTime":"2026-11"}""".formatted(pseudonym)));
    }

    @Test
    void leadsFromRecordToRecordByPseudonyms() throws Exception {
        JsonNode left = left("""
                {'resourceType':'Observation','id':'o1','subject':{'reference':'Patient/p1','display':'Kanari'},
                 'encounter':{'reference':'Encounter/e1/_history/2'},
                 'basedOn':[{'reference':'#kanari'},{'identifier':{'value':'Kanari'}},{'reference':'http://example.org/Patient/1'},
                   {'reference':'Practitioner/kanari'}]}""");

        assertThat(left.path("subject").toString())
                .isEqualTo("{\"reference\":\"Patient/" + pseudonymises.id("Patient", "p1") + "\"}");
        assertThat(left.path("encounter").path("reference").asText())
                .isEqualTo("Encounter/" + pseudonymises.id("Encounter", "e1"));
        assertThat(left.has("basedOn")).isFalse();
        assertThat(pseudonymises.id("Location", "l1")).isEqualTo("l1");
    }

    /** A pseudonym that is in no file would say: this person has a record that is withheld. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'resourceType':'Encounter','reasonReference':[X]",
                "'resourceType':'Encounter','diagnosis':[{'condition':X}]",
                "'resourceType':'EpisodeOfCare','diagnosis':[{'condition':X}]",
                "'resourceType':'Observation','hasMember':[X]",
                "'resourceType':'Observation','derivedFrom':[X]",
                "'resourceType':'DiagnosticReport','result':[X]",
                "'resourceType':'AdverseEvent','suspectEntity':[{'instance':X}]"
            })
    void leadsToNoDiagnosisResultOrCause(String record) throws Exception {
        assertThat(text("{" + record.replace("X", "{'reference':'Condition/c1'}") + ",'id':'r'}"))
                .doesNotContain("reference");
    }

    @Test
    void keepsNumbersAsTheyAreWritten() throws Exception {
        assertThat(text("{'resourceType':'Observation','id':'o','valueQuantity':{'value':7.10,'unit':'kilos de Kanari',"
                        + "'system':'http://unitsofmeasure.org','code':'kg'}}"))
                .contains(
                        "\"valueQuantity\":{\"value\":7.10,\"system\":\"http://unitsofmeasure.org\",\"code\":\"kg\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "http://loinc.org, 29463-7, true",
        "http://loinc.org, Kanari, false",
        "http://example.org/patients, 29463-7, false",
        "http://snomed.info/sct, 86406008, false",
        "https://keneya.ml/fhir/CodeSystem/ml-notifiable-disease, measles, true",
        "https://keneya.ml/fhir/CodeSystem/ml-locality-2015, ML020101, false",
        "http://hl7.org/fhir/sid/icd-10, B05.9, true",
        "http://hl7.org/fhir/sid/icd-10, Kanari, false",
        "http://hl7.org/fhir/sid/us-ssn, 123456789, false"
    })
    void keepsCodesOfKnownSystemsOnly(String system, String code, boolean kept) throws Exception {
        JsonNode left = left("{'resourceType':'Condition','id':'c','code':{'text':'Kanari','coding':[{'system':'"
                + system + "','code':'" + code + "','display':'Kanari'}]}}");

        assertThat(left.path("code").path("coding").path(0).path("code").asText(""))
                .isEqualTo(kept ? code : "");
        assertThat(left.toString()).doesNotContain("Kanari");
    }

    /** A text that nobody has, in every place of every element that FHIR knows of the type. */
    @ParameterizedTest
    @MethodSource("types")
    void letsNoTextThroughWhereverItStands(String type) throws Exception {
        StringBuilder record = new StringBuilder("{'resourceType':'" + type + "','id':'" + type + "-1'");
        RuntimeResourceDefinition definition = CONTEXT.getResourceDefinition(type);
        definition.getChildren().stream()
                .flatMap(child -> child.getValidChildNames().stream())
                .filter(name -> !List.of("id", "meta").contains(name))
                .forEach(name ->
                        record.append(",'" + name + "':" + everywhere(3) + ",'_" + name + "':" + everywhere(2)));

        assertThat(text(record + "}")).doesNotContain("Kanari", "kanari", "Sogodogo");
    }

    static List<String> types() {
        return new ElementRules()
                .types().stream()
                        .filter(type -> new ElementRules().of(type).rule() != ElementRule.WHOLE)
                        .toList();
    }

    private static String everywhere(int depth) {
        if (depth == 0) {
            return "'" + CANARY + "'";
        }
        String inner = everywhere(depth - 1);
        StringBuilder object = new StringBuilder("{'url':'http://example.org/" + CANARY + "'");
        for (String name : List.of(
                "text",
                "display",
                "reference",
                "value",
                "code",
                "system",
                "unit",
                "coding",
                "start",
                "end",
                "extension",
                "valueString",
                "valueCodeableConcept",
                "location",
                "condition",
                "collection",
                "component",
                "protocolApplied",
                "identifier",
                "collectedDateTime",
                "valueCoding",
                "comparator")) {
            object.append(",'").append(name).append("':").append(depth > 2 ? "[" + inner + "]" : inner);
        }
        return "[" + object + "},'" + CANARY + "']";
    }

    @Test
    void writesNoRecordOfATypeThatNobodyJudged() {
        assertThatThrownBy(() -> text("{'resourceType':'Communication','id':'c'}"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** A name that is spelt wrong would silently leave something out for ever. */
    @Test
    void namesOnlyElementsThatThereAre() {
        assertThat(RuleLines.in("elements.csv"))
                .filteredOn(line -> !line.second().equals("whole"))
                .allSatisfy(line -> {
                    String[] path = line.first().replaceAll("\\[.*?]", "").split("\\.");
                    RuntimeResourceDefinition definition = CONTEXT.getResourceDefinition(path[0]);
                    assertThat(definition.getChildByName(path[1].replaceFirst("^_", "")))
                            .as(line.first())
                            .isNotNull();
                });
    }

    private JsonNode left(String record) throws Exception {
        return JSON.readTree(text(record));
    }

    private String text(String record) throws Exception {
        String json = record.replace('\'', '"');
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        pseudonymises.write(
                JSON.readTree(json).path("resourceType").asText(), json.getBytes(StandardCharsets.UTF_8), line);
        return line.toString(StandardCharsets.UTF_8);
    }
}
