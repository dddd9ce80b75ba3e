package ml.keneya.load.dhis2;

/**
 * What is not sent because nobody has said what DHIS2 calls it.
 *
 * @param code of the disease and count, of the place, or the stratum
 * @param values how many numbers stay behind
 * @param sum of these numbers
 */
record Unmapped(Kind kind, String code, String name, long values, long sum) {
    /** What is not known of it. */
    enum Kind {
        ELEMENT,
        ORG_UNIT,
        /** A figure of no place of the level. */
        NO_PLACE,
        STRATUM
    }

    Unmapped with(Unmapped other) {
        return new Unmapped(kind, code, name, values + other.values, sum + other.sum);
    }
}
