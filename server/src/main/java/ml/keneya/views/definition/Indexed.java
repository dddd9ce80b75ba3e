package ml.keneya.views.definition;

import org.jspecify.annotations.Nullable;

/** Whether rows are looked up by a column. */
public enum Indexed {
    NO,
    /** Those that have it: most records lack what is looked up, for example a disease that must be notified. */
    KNOWN,
    /** Also those that lack it: who asks for a period wants what has no day as well, which has to be found. */
    ALL;

    /** @param tag the value of {@code keneya/indexed} */
    static Indexed of(@Nullable String tag) {
        if (tag == null) {
            return NO;
        }
        return switch (tag) {
            case "yes" -> KNOWN;
            case "all" -> ALL;
            default -> NO;
        };
    }
}
