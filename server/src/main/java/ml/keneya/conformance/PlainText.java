package ml.keneya.conformance;

import java.text.Normalizer;
import java.util.Locale;

/** Names as they are compared and searched. */
public final class PlainText {

    private PlainText() {}

    /** Without accents and capitals: keyboards in clinics have no accents. */
    public static String of(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .replace('’', '\'')
                .toLowerCase(Locale.ROOT)
                .strip();
    }
}
