package ml.keneya.security.access;

import java.util.UUID;
import java.util.stream.Stream;

/**
 * What a query may aim at: the records of a site, or words of the same form that stand for nothing.
 *
 * @param patient id without type, as all the others
 * @param aboutShared an observation about a person whom another site treats too
 * @param number the record number of the patient
 * @param nina the national number of the patient
 * @param words stand in the records and nowhere else
 * @param page the link to the second page of a search of the site
 */
record SomebodysRecords(
        String patient,
        String observation,
        String aboutShared,
        String encounter,
        String binary,
        String number,
        String nina,
        String words,
        String page) {

    /** The twin of somebody's records that nobody has. */
    static SomebodysRecords ofNobody() {
        return new SomebodysRecords(
                uuid(),
                uuid(),
                uuid(),
                uuid(),
                uuid(),
                "record-" + uuid(),
                "nina-" + uuid(),
                "secret" + uuid().replace("-", ""),
                "Observation?_getpages=" + uuid()
                        + "&_getpagesoffset=1&_count=1&_bundletype=searchset&_for=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    }

    /** What nobody else may hear who has not said it. */
    Stream<String> secrets() {
        return Stream.of(patient, observation, aboutShared, encounter, binary, number, nina, words);
    }

    /** The id of a record of this type. */
    String idOf(String type) {
        return switch (type) {
            case "Patient" -> patient;
            case "Encounter" -> encounter;
            case "Binary" -> binary;
            default -> observation;
        };
    }

    /** An answer without what was asked for in it. */
    String takenFrom(String text) {
        String rest = text.replace(page.replace("&", "\\u0026"), "T").replace(page, "T");
        for (String secret : secrets().toList()) {
            rest = rest.replace(secret, "T");
        }
        return rest;
    }

    private static String uuid() {
        return UUID.randomUUID().toString();
    }
}
