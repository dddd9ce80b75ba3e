package ml.keneya.load.generate.mali;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;

/** A name as part of a code: small letters without accents, hyphens for the rest. */
public final class Slug {
    private Slug() {}

    public static String of(String name) {
        String plain = Normalizer.normalize(name, Form.NFD).replaceAll("\\p{M}", "");
        return plain.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }
}
