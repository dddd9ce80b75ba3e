package ml.keneya.security.access;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One scope of SMART App Launch 2.2 for a system: {@code system/Observation.rs}. What is written otherwise (version 1,
 * {@code patient/} and {@code user/}, which need a person, letters in another order, conditions on records) gives no
 * right.
 *
 * @param type a resource type or {@code *}
 * @param letters some of {@code cruds}, in this order: create, read, update, delete, search
 */
record Scope(String type, String letters) {

    private static final Pattern FORM = Pattern.compile("system/(\\*|[A-Z][A-Za-z]{1,63})\\.(c?r?u?d?s?)");

    static Optional<Scope> parse(String written) {
        Matcher matcher = FORM.matcher(written);
        return matcher.matches() && !matcher.group(2).isEmpty()
                ? Optional.of(new Scope(matcher.group(1), matcher.group(2)))
                : Optional.empty();
    }

    boolean allows(String wantedType, char letter) {
        return (type.equals("*") || type.equals(wantedType)) && letters.indexOf(letter) >= 0;
    }

    @Override
    public String toString() {
        return "system/" + type + "." + letters;
    }
}
