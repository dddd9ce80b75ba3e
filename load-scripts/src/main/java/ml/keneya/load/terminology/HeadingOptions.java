package ml.keneya.load.terminology;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What an operator may say of a code system where its files do not, or say otherwise. */
final class HeadingOptions {
    @Option(names = "--system", paramLabel = "URL", descriptionKey = "terminology.system")
    private @Nullable String system;

    @Option(names = "--edition", paramLabel = "V", descriptionKey = "terminology.version")
    private @Nullable String version;

    @Option(names = "--title", paramLabel = "T", descriptionKey = "terminology.title")
    private @Nullable String title;

    @Option(names = "--language", paramLabel = "L", descriptionKey = "terminology.language")
    private @Nullable String language;

    /** What the files say, unless the operator says otherwise; null where they say nothing. */
    Heading heading(
            @Nullable String knownSystem,
            @Nullable String knownVersion,
            String knownTitle,
            String knownLanguage,
            @Nullable String copyright) {
        return new Heading(
                required(system, knownSystem, "--system"),
                required(version, knownVersion, "--edition"),
                title == null ? knownTitle : title,
                language == null ? knownLanguage : language,
                copyright);
    }

    private static String required(@Nullable String given, @Nullable String known, String option) {
        String value = given == null ? known : given;
        if (value == null || value.isBlank()) {
            throw new TerminologyException("terminology.say", option);
        }
        return value.strip();
    }
}
