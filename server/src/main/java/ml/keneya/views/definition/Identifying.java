package ml.keneya.views.definition;

import java.util.Locale;
import java.util.Optional;

/** What the pseudonymised schema does with a column that could tell who a person is. */
public enum Identifying {
    /** Nothing: the column tells nobody apart. */
    NO,
    /** Leaves it out: names, numbers, telephones, texts that somebody typed. */
    OMIT,
    /** Replaces it by a keyed digest, so that tables still join. */
    KEY,
    /** Keeps year and month of a date. */
    MONTH;

    static Optional<Identifying> of(String tag) {
        try {
            return Optional.of(valueOf(tag.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }
}
