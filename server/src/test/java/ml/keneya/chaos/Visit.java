package ml.keneya.chaos;

import java.util.UUID;

/**
 * One unique bundle of a clinic: a child and her weight, both with its number, so that they can be counted.
 *
 * @param number of the visit
 * @param way how it is sent
 */
record Visit(String number, Way way) {

    /** In each visit. */
    static final int RECORDS = 2;

    private static final String SYSTEM = "https://keneya.ml/id/site/chaos/record";

    /** What a clinic may expect differs. */
    enum Way {
        /** All of it or nothing. */
        TRANSACTION("transaction"),

        /** Each record for itself. */
        BATCH("batch"),

        /** A transaction that the exchange may carry out later. */
        LATER("transaction");

        private final String bundle;

        Way(String bundle) {
            this.bundle = bundle;
        }
    }

    static Visit next() {
        return next(Way.TRANSACTION);
    }

    static Visit next(Way way) {
        return new Visit(UUID.randomUUID().toString(), way);
    }

    String json() {
        return """
                {"resourceType":"Bundle","type":"%3$s",
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
                """.formatted(number, SYSTEM, way.bundle);
    }

    /** Finds the records of this visit. */
    String search(String type) {
        return type + "?identifier=" + SYSTEM + "%7C" + number;
    }
}
