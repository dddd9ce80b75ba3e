package ml.keneya.security.people;

import java.util.Locale;

/**
 * Lets somebody choose a password, once. An operator hands it over, on paper or by telephone: twenty letters and digits
 * (100 bits) without those that are taken for one another (Crockford's base 32).
 *
 * @param text without the dashes that it is shown with
 */
record ActivationCode(String text) {

    /** How long it is good: as long as a letter to Kidal may take. */
    static final int DAYS = 7;

    private static final String LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 20;
    private static final int GROUP = 5;
    private static final int LONGEST_TYPED = 100;

    static ActivationCode make() {
        StringBuilder text = new StringBuilder();
        for (byte each : Secret.random(LENGTH)) {
            text.append(LETTERS.charAt(each & (LETTERS.length() - 1)));
        }
        return new ActivationCode(text.toString());
    }

    /** As people type it: in small letters, with dashes or blanks or without, O for zero. */
    static ActivationCode typed(String typed) {
        String kept = typed.substring(0, Math.min(typed.length(), LONGEST_TYPED));
        return new ActivationCode(kept.toUpperCase(Locale.ROOT)
                .replaceAll("[\\s-]", "")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1'));
    }

    byte[] hash() {
        return Secret.hash("activation\n" + text);
    }

    /** As it is shown. */
    String inGroups() {
        return text.replaceAll("(.{" + GROUP + "})(?=.)", "$1-");
    }

    /** Never by accident in a log. */
    @Override
    public String toString() {
        return "activation code";
    }
}
