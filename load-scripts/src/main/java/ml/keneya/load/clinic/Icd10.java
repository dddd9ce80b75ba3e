package ml.keneya.load.clinic;

import java.util.Locale;
import java.util.regex.Pattern;
import ml.keneya.load.generate.mali.Slug;

/** Codes of ICD-10 as people type them. */
final class Icd10 {
    /** B20–B24, Z21, R75, O98.7 and F02.4 (ICD-10, version of 2019), with or without the point. */
    private static final Pattern HIV = Pattern.compile("(B2[0-4]|Z21|R75|O98\\.?7|F02\\.?4).*");

    private static final Pattern WORDS_OF_HIV = Pattern.compile("(.*-)?(vih|sida|hiv|aids|pvvih)(-.*)?");

    private Icd10() {}

    /** A code as the classification writes it: capitals, no spaces. */
    static String code(String text) {
        return text.replaceAll("\\s", "").toUpperCase(Locale.ROOT);
    }

    static boolean isHiv(String code) {
        return HIV.matcher(code(code)).matches();
    }

    /** Whether a diagnosis in words speaks of HIV. */
    static boolean speaksOfHiv(String words) {
        return WORDS_OF_HIV.matcher(Slug.of(words)).matches();
    }
}
