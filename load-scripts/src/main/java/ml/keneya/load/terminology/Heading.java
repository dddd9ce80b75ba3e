package ml.keneya.load.terminology;

import org.jspecify.annotations.Nullable;

/**
 * Which code system it is.
 *
 * @param language of the names shown to whoever asks for a language that it does not have
 * @param copyright what its publisher wants to be shown with it
 */
record Heading(
        String system,
        String version,
        String title,
        String language,
        @Nullable String copyright) {}
