package ml.keneya.fhir;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.LocaleContextHolder;

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

    /**
     * The language of the request that this thread works for; French when it works for none. For what a library puts
     * into words deep inside, where no request is at hand; everyone else is given the language.
     */
    public static Language current() {
        LocaleContext context = LocaleContextHolder.getLocaleContext();
        return context != null && Locale.ENGLISH.equals(context.getLocale()) ? ENGLISH : FRENCH;
    }

    /** Has this thread speak this language until the answer is closed. */
    public Spoken spoken() {
        LocaleContext before = LocaleContextHolder.getLocaleContext();
        LocaleContextHolder.setLocale(locale);
        return () -> LocaleContextHolder.setLocaleContext(before);
    }

    /** Ends the use of a language. */
    @FunctionalInterface
    public interface Spoken extends AutoCloseable {

        @Override
        void close();
    }
}
