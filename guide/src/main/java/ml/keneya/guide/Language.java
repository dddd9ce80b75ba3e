package ml.keneya.guide;

import java.util.Locale;

/** The two languages of the guide; every page exists in both, under the same name. */
enum Language {
    FRENCH(Locale.FRENCH),
    ENGLISH(Locale.ENGLISH);

    private final Locale locale;

    Language(Locale locale) {
        this.locale = locale;
    }

    /** The language tag, which is also the folder of its pages. */
    String code() {
        return locale.getLanguage();
    }

    Language other() {
        return this == FRENCH ? ENGLISH : FRENCH;
    }
}
