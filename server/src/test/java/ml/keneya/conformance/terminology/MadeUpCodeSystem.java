package ml.keneya.conformance.terminology;

import java.util.List;
import ml.keneya.test.Upload;

/**
 * A code system as large as the licensed ones. Concept 1 is the root, concept n stands under n / 10, and every seventh
 * one under n / 7 besides.
 */
final class MadeUpCodeSystem {

    static final int CONCEPTS = 100_000;

    private static final int OF_ONE_PIECE = 5_000;
    private static final List<String> WHAT = List.of("Fièvre", "Fracture", "Plaie", "Toux", "Brûlure");
    private static final List<String> WHAT_IN_ENGLISH = List.of("Fever", "Fracture", "Wound", "Cough", "Burn");

    private MadeUpCodeSystem() {}

    static void load(Upload upload) {
        upload.begin().hasStatus(200);
        int piece = 0;
        for (int first = 1; first <= CONCEPTS; first += OF_ONE_PIECE) {
            StringBuilder facts = new StringBuilder();
            for (int number = first; number < first + OF_ONE_PIECE; number++) {
                write(number, facts);
            }
            piece++;
            upload.piece(piece, facts.toString()).hasStatus(200);
        }
        upload.complete(piece).hasStatus(200);
    }

    private static void write(int number, StringBuilder into) {
        into.append("""
                {"concept":"%1$d","inactive":%2$s}
                {"name":"%3$s site %1$d","of":"%1$d","key":"%1$d1","language":"en","rank":0}
                {"name":"%4$s du site %1$d","of":"%1$d","key":"%1$d2","language":"fr","rank":0}
                """.formatted(
                        number,
                        number % 1000 == 999,
                        WHAT_IN_ENGLISH.get(number % WHAT.size()),
                        WHAT.get(number % WHAT.size())));
        if (number > 1) {
            into.append("{\"parent\":\"%d\",\"of\":\"%d\"}\n".formatted(Math.max(1, number / 10), number));
        }
        if (number % 7 == 0) {
            into.append("{\"parent\":\"%d\",\"of\":\"%d\"}\n".formatted(number / 7, number));
        }
        if (number % 100 == 0) {
            into.append("{\"property\":\"laterality\",\"of\":\"%d\",\"value\":\"%s\"}\n"
                    .formatted(number, number % 200 == 0 ? "left" : "right"));
        }
        if (number == 4242) {
            into.append("""
                    {"target":"B05.9","of":"4242","map":"http://snomed.info/sct?fhir_cm=447562003","system":"http://hl7.org/fhir/sid/icd-10","position":1}
                    """);
        }
    }
}
