package ml.keneya.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ml.keneya.fhir.Language;
import org.assertj.core.api.SoftAssertions;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;

/**
 * The refusals that are kept in docs to be read and reviewed as sentences. After a change of wording, run with
 * {@code -Dkeneya.write=true} and read what changed.
 */
class RefusalsInBothLanguagesTest {

    private static final Path PROJECT =
            Path.of(System.getProperty("basedir", ""), "..").normalize();
    private static final Path KEPT = PROJECT.resolve("docs/validation/refusals.md");
    private static final String INTRODUCTION = """
            # What the exchange really answers

            The first finding on each of these records, as validation words it in French and in English. The records are the
            invalid examples of the profiles and faults that software makes. Written and compared by
            `RefusalsInBothLanguagesTest` and read by who words them; nobody who works in Mali has read them yet.

            """;

    private final ValidationOnTheClassPath validation = ValidationOnTheClassPath.load();

    @Test
    void keepsRealRefusalsForReview() throws IOException {
        List<Faulty> faults = Stream.concat(ofProfiles(), Faulty.ofSoftware()).toList();
        assertThat(faults).hasSizeGreaterThanOrEqualTo(50);

        StringBuilder written = new StringBuilder(INTRODUCTION);
        SoftAssertions softly = new SoftAssertions();
        faults.forEach(faulty -> written.append(answerTo(faulty, softly)));

        if (Boolean.getBoolean("keneya.write")) {
            Files.createDirectories(KEPT.getParent());
            Files.writeString(KEPT, written);
        }
        softly.assertAll();
        assertThat(Files.readString(KEPT)).isEqualTo(written.toString());
    }

    private String answerTo(Faulty faulty, SoftAssertions softly) {
        OperationOutcomeIssueComponent french = firstIssue(faulty, Language.FRENCH);
        OperationOutcomeIssueComponent english = firstIssue(faulty, Language.ENGLISH);
        softly.assertThat(french.getExpression()).as(faulty.title()).isNotEmpty();
        softly.assertThat(french.getDiagnostics())
                .as(faulty.title())
                .isNotEqualTo(english.getDiagnostics())
                .doesNotContainPattern("(?i)\\b(the|not found|code must|is required|error)\\b");
        return "## %s\n\n`%s` · `%s`\n\n- %s\n- %s\n\n"
                .formatted(
                        faulty.title(),
                        french.getExpression().stream()
                                .map(StringType::getValue)
                                .findFirst()
                                .orElse("?"),
                        french.getDetails().getCoding().stream()
                                .map(Coding::getCode)
                                .collect(Collectors.joining(" · ")),
                        french.getDiagnostics(),
                        english.getDiagnostics());
    }

    private OperationOutcomeIssueComponent firstIssue(Faulty faulty, Language language) {
        return validation.judge(faulty.json(), faulty.profile(), language).getIssueFirstRep();
    }

    private static Stream<Faulty> ofProfiles() throws IOException {
        Path examples = PROJECT.resolve("profiles/src/test/resources/invalid");
        try (Stream<Path> files = Files.walk(examples)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream()
                    .map(file -> new Faulty(
                            examples.relativize(file)
                                    .toString()
                                    .replace('\\', '/')
                                    .replace(".json", ""),
                            file.getParent().getFileName().toString(),
                            read(file)));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
