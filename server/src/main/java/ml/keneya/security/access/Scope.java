package ml.keneya.security.access;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One scope of SMART App Launch 2.2: {@code system/Observation.rs} for a system, {@code user/Observation.rs} for a
 * person. What is written otherwise (version 1, {@code patient/}, letters in another order, conditions on records)
 * gives no right.
 *
 * @param context {@code system} or {@code user}
 * @param type a resource type or {@code *}
 * @param letters some of {@code cruds}, in this order: create, read, update, delete, search
 */
record Scope(String context, String type, String letters) {

    private static final Pattern FORM = Pattern.compile("(system|user)/(\\*|[A-Z][A-Za-z]{1,63})\\.(c?r?u?d?s?)");

    static Optional<Scope> parse(String written) {
        Matcher matcher = FORM.matcher(written);
        return matcher.matches() && !matcher.group(3).isEmpty()
                ? Optional.of(new Scope(matcher.group(1), matcher.group(2), matcher.group(3)))
                : Optional.empty();
    }

    static Scope ofSystem(String type, String letters) {
        return new Scope("system", type, letters);
    }

    /** The same for a person, who says so by the word before the slash. */
    Scope ofPerson() {
        return new Scope("user", type, letters);
    }

    boolean allows(String wantedType, char letter) {
        return (type.equals("*") || type.equals(wantedType)) && letters.indexOf(letter) >= 0;
    }

    @Override
    public String toString() {
        return context + "/" + type + "." + letters;
    }
}
