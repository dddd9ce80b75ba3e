package ml.keneya.validation;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A record with a fault.
 *
 * @param title what is wrong with it
 * @param profile the id of the profile that says so, where it is none that always applies
 */
record Faulty(String title, @Nullable String profile, String json) {

    Faulty(String title, String json) {
        this(title, null, json);
    }

    /** Faults that come of how software writes FHIR rather than of what a profile asks. */
    static Stream<Faulty> ofSoftware() {
        return Stream.of(
                patient("an element that FHIR does not have", "\"sexe\":\"F\""),
                patient("a code of another language", "\"gender\":\"femme\""),
                patient("a day that does not exist", "\"birthDate\":\"2026-02-30\""),
                patient("a date in the order of the country", "\"birthDate\":\"12/03/1990\""),
                patient("text where a list belongs", "\"name\":{\"family\":\"Traoré\"}"),
                patient("text where true or false belongs", "\"active\":\"oui\""),
                patient("an empty object", "\"name\":[{}]"),
                patient("a telephone without its kind", "\"telecom\":[{\"value\":\"+223 70 00 00 00\"}]"),
                patient(
                        "a reference to a type that cannot stand there",
                        "\"managingOrganization\":{\"reference\":\"Patient/1\",\"type\":\"Patient\"}"),
                patient("an extension without an address", "\"extension\":[{\"valueString\":\"x\"}]"),
                patient(
                        "HTML that FHIR does not allow",
                        "\"text\":{\"status\":\"generated\",\"div\":\"<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\"><script>x</script></div>\"}"),
                patient(
                        "a contained resource that nothing names",
                        "\"contained\":[{\"resourceType\":\"Organization\",\"id\":\"o\",\"name\":\"CSCom\"}]"),
                observation("no time zone", "\"issued\":\"2026-11-10T10:00:00\""),
                observation("an empty text", "\"note\":[{\"text\":\"\"}]"),
                observation(
                        "a unit without its system", "\"referenceRange\":[{\"low\":{\"value\":1,\"code\":\"kg\"}}]"),
                observation("a reference to nothing contained", "\"hasMember\":[{\"reference\":\"#none\"}]"),
                observation("a reference range that says nothing", "\"referenceRange\":[{\"low\":{\"value\":1}},{}]"),
                new Faulty(
                        "an observation without its state",
                        "{\"resourceType\":\"Observation\",\"code\":{\"text\":\"x\"}}"),
                new Faulty("a code that its system does not have", """
                        {"resourceType":"Condition","code":{"coding":[{"system":"https://keneya.ml/fhir/CodeSystem/ml-notifiable-disease","code":"rougeole"}]},
                         "subject":{"display":"x"},"recordedDate":"2026-11-10"}"""),
                new Faulty("an encounter that ends before it starts", """
                        {"resourceType":"Encounter","status":"finished",
                         "class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"AMB"},
                         "subject":{"reference":"Patient/1"},
                         "serviceProvider":{"reference":"Organization/1"},
                         "period":{"start":"2026-11-10","end":"2026-11-09"}}"""));
    }

    private static Faulty patient(String title, String fault) {
        return new Faulty(title, """
                {"resourceType":"Patient","identifier":[{"system":"https://keneya.ml/id/amo","value":"1"}],%s}""".formatted(fault));
    }

    private static Faulty observation(String title, String fault) {
        return new Faulty(title, """
                {"resourceType":"Observation","status":"final","code":{"text":"x"},"subject":{"display":"x"},
                 "effectiveDateTime":"2026-11-10","valueString":"x",%s}""".formatted(fault));
    }
}
