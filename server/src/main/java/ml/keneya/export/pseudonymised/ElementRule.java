package ml.keneya.export.pseudonymised;

import java.util.Locale;

/** What becomes of an element; the file that says so explains each. */
enum ElementRule {
    WHOLE,
    PLAIN,
    RANK,
    CONCEPT,
    QUANTITY,
    WEEK,
    WEEKS,
    MONTH,
    REFERENCE,
    FIRST,
    /** Has elements of its own, and is left when one of them is. */
    PARTS;

    /** @throws IllegalArgumentException when there is no such rule: a word that is spelt wrong must open nothing */
    static ElementRule of(String word) {
        ElementRule rule = valueOf(word.toUpperCase(Locale.ROOT));
        if (rule == PARTS) {
            throw new IllegalArgumentException(word);
        }
        return rule;
    }
}
