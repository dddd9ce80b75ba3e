package ml.keneya.chaos;

import java.util.UUID;

/**
 * One unique bundle of a clinic: a child and her weight, both with its number, so that they can be counted.
 *
 * @param number of the visit
 */
record Visit(String number) {

    private static final String SYSTEM = "https://keneya.ml/id/site/chaos/record";

    static Visit next() {
        return new Visit(UUID.randomUUID().toString());
    }

    String json() {
        return """
                {"resourceType":"Bundle","type":"transaction",
                 "identifier":{"system":"https://keneya.ml/id/submission","value":"%1$s"},
                 "entry":[
                  {"fullUrl":"urn:uuid:%1$s","request":{"method":"POST","url":"Patient"},
                   "resource":{"resourceType":"Patient","identifier":[{"system":"%2$s","value":"%1$s"}],
                    "name":[{"family":"Traoré","given":["Awa"]}],"gender":"female","birthDate":"2025-06-01"}},
                  {"request":{"method":"POST","url":"Observation"},
                   "resource":{"resourceType":"Observation","status":"final",
                    "identifier":[{"system":"%2$s","value":"%1$s"}],
                    "code":{"coding":[{"system":"http://loinc.org","code":"29463-7"}]},
                    "subject":{"reference":"urn:uuid:%1$s"},"effectiveDateTime":"2026-11-10T09:00:00Z",
                    "valueQuantity":{"value":7.4,"unit":"kg","system":"http://unitsofmeasure.org","code":"kg"}}}]}
                """.formatted(number, SYSTEM);
    }

    /** Finds the records of this visit. */
    String search(String type) {
        return type + "?identifier=" + SYSTEM + "%7C" + number;
    }
}
