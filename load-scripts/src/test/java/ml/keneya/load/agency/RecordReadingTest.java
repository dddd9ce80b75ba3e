package ml.keneya.load.agency;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecordReadingTest {
    @Test
    void takesTheAddressWhereADisplacedPersonLivesNow() {
        Person person = Person.of(json("""
                        {"resourceType":"Patient","id":"1","address":[\
                        {"use":"old","city":"Bankass","district":"Bankass"},{"use":"temp","city":"Kita","district":"Kita"}]}"""), Stream.empty());

        assertThat(person.commune()).isEqualTo("Kita");
    }

    @Test
    void prefersTheDivisionInForce() {
        Residence residence = Residence.at(json("""
                {"district":"ancien","extension":[\
                {"url":"https://keneya.ml/fhir/StructureDefinition/ml-ext-cercle","valueCoding":{"system":\
                "https://keneya.ml/fhir/CodeSystem/ml-administrative-division-2015","code":"ML0105","display":"Kita (2015)"}},\
                {"url":"https://keneya.ml/fhir/StructureDefinition/ml-ext-cercle","valueCoding":{"system":\
                "https://keneya.ml/fhir/CodeSystem/ml-administrative-division-2023","code":"1201","display":"Kita"}}]}"""));

        assertThat(residence.cercle()).isEqualTo("Kita");
    }

    @Test
    void ordersDosesByDateAndLeavesErrorsOut() {
        Person person = Person.of(
                json("{\"resourceType\":\"Patient\",\"id\":\"1\"}"),
                Stream.of(
                        dose("b", "completed", "2026-04-21"),
                        dose("a", "completed", "2026-03-24T08:00:00+00:00"),
                        dose("c", "entered-in-error", "2026-01-01"),
                        dose("d", "not-done", "2026-05")));

        assertThat(person.doses()).extracting(dose -> dose.key().id()).containsExactly("a", "b", "d");
        assertThat(person.doses()).extracting(Dose::date).containsExactly("2026-03-24", "2026-04-21", "2026-05");
        assertThat(person.doses()).extracting(Dose::given).containsExactly(true, true, false);
    }

    @Test
    void writesTheBirthDoseOfPolioAsZero() {
        Dose dose = Dose.of(json("{\"protocolApplied\":[{\"doseNumberString\":\"0\"}]}"));

        assertThat(dose.number()).isEqualTo("0");
    }

    @Test
    void groupsDiagnosesByNotifiableDiseaseBeforeAnyOtherCode() {
        Diagnosis coded = diagnosis("""
                {"coding":[{"system":"http://hl7.org/fhir/sid/icd-10","code":"B05"},\
                {"system":"https://keneya.ml/fhir/CodeSystem/ml-notifiable-disease","code":"measles"}],"text":"Rougeole"}""");
        Diagnosis otherWords = diagnosis("""
                {"coding":[{"system":"https://keneya.ml/fhir/CodeSystem/ml-notifiable-disease","code":"measles"}]}""");

        assertThat(coded.group()).isEqualTo(otherWords.group());
        assertThat(coded.label()).isEqualTo("Rougeole");
    }

    @Test
    void doesNotCountADiagnosisThatWasRuledOut() {
        assertThat(Diagnosis.of(json("{\"verificationStatus\":{\"coding\":[{\"code\":\"refuted\"}]}}")))
                .isEmpty();
        assertThat(Diagnosis.of(json("{\"verificationStatus\":{\"coding\":[{\"code\":\"provisional\"}]}}")))
                .isPresent();
    }

    @Test
    void readsReferencesOnlyToThisServer() {
        String base = "https://echange.ml/fhir";

        assertThat(ResourceKey.read("Location/a", base)).contains(new ResourceKey("Location", "a"));
        assertThat(ResourceKey.read("Location/a/_history/3", base)).contains(new ResourceKey("Location", "a"));
        assertThat(ResourceKey.read(base + "/Location/a", base)).contains(new ResourceKey("Location", "a"));
        assertThat(ResourceKey.read("https://ailleurs.ml/fhir/Location/a", base))
                .isEmpty();
        assertThat(ResourceKey.read("urn:uuid:334b2aea", base)).isEmpty();
        assertThat(ResourceKey.read("#lieu", base)).isEmpty();
        assertThat(ResourceKey.read("Location/../Patient", base)).isEmpty();
        assertThat(ResourceKey.read("", base)).isEmpty();
    }

    private static Diagnosis diagnosis(String code) {
        return Diagnosis.of(json("{\"code\":" + code + "}")).orElseThrow();
    }

    private static JsonNode dose(String id, String status, String date) {
        return json("{\"resourceType\":\"Immunization\",\"id\":\"%s\",\"status\":\"%s\",\"occurrenceDateTime\":\"%s\"}"
                .formatted(id, status, date));
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException broken) {
            throw new AssertionError(broken);
        }
    }
}
