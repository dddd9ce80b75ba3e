package ml.keneya.fhir;

import java.util.List;

/**
 * Something in a request body that HAPI's parser would leave out of the record, or refuse in English.
 *
 * @param expression where it stands; only the name of the element when the place is not known
 * @param allowed the codes that may stand there instead; none when that is not known
 */
record ParsingFault(Kind kind, String expression, String element, String value, List<String> allowed) {

    /** What is wrong with the element. */
    enum Kind {
        UNKNOWN_ELEMENT(RefusalCode.UNKNOWN_ELEMENT),
        /** A code outside its list, a date that the calendar does not have, a number that is none. */
        INVALID_VALUE(RefusalCode.INVALID_VALUE),
        /** Text where a structure belongs, or several values where there is room for one. */
        WRONG_SHAPE(RefusalCode.WRONG_SHAPE);

        private final RefusalCode code;

        Kind(RefusalCode code) {
            this.code = code;
        }
    }

    private static final int LONGEST_VALUE = 80;
    private static final int MOST_TOLD = 12;

    ParsingFault {
        allowed = List.copyOf(allowed);
    }

    ParsingFault(Kind kind, String expression, String element, String value) {
        this(kind, expression, element, value, List.of());
    }

    Refusal asRefusal() {
        return Refusal.of(kind.code, element, shortened(value), (Localized) this::allowedInWords)
                .at(expression);
    }

    private String allowedInWords(Language language) {
        return allowed.isEmpty() || allowed.size() > MOST_TOLD
                ? ""
                : Outcomes.message("codes.allowed", language, String.join(", ", allowed));
    }

    private static String shortened(String value) {
        return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE) + "…";
    }
}
