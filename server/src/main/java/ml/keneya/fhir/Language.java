package ml.keneya.fhir;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The languages the exchange answers in: French unless the client asks for English (decision 10). */
public enum Language {
    FRENCH(Locale.FRENCH),
    ENGLISH(Locale.ENGLISH);

    private static final List<Locale> SPOKEN = List.of(Locale.FRENCH, Locale.ENGLISH);

    private final Locale locale;

    Language(Locale locale) {
        this.locale = locale;
    }

    public Locale locale() {
        return locale;
    }

    /** Reads an {@code Accept-Language} header (RFC 9110, section 12.5.4); a missing or unreadable one means French. */
    public static Language accepted(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return FRENCH;
        }
        try {
            Locale preferred = Locale.lookup(Locale.LanguageRange.parse(header), SPOKEN);
            return Locale.ENGLISH.equals(preferred) ? ENGLISH : FRENCH;
        } catch (IllegalArgumentException unreadable) {
            return FRENCH;
        }
    }
}
