package ml.keneya.validation;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.LenientErrorHandler;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.util.ResourceUtil;
import ca.uhn.fhir.validation.IValidationContext;
import ca.uhn.fhir.validation.ValidationContext;
import ca.uhn.fhir.validation.ValidationOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import ml.keneya.fhir.Language;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.utilities.validation.ValidationMessage;
import org.junit.jupiter.api.Test;

/**
 * Validators that are used again say what new ones say: of every example of the profiles, of faults of software, and of
 * examples that were damaged at random. More damage: {@code -Dkeneya.mutations=50}; other damage:
 * {@code -Dkeneya.seed=7}.
 */
class ReusedValidatorsTest {

    private static final Path EXAMPLES = Path.of(System.getProperty("basedir", ""), "../profiles/src/test/resources")
            .normalize();
    private static final int MUTATIONS_EACH = Integer.getInteger("keneya.mutations", 2);
    private static final long SEED = Long.getLong("keneya.seed", 2_711L);

    private final ValidationOnTheClassPath validation = ValidationOnTheClassPath.load();

    @Test
    void sayWhatNewOnesSay() throws IOException {
        List<String> texts = new ArrayList<>(examples());
        assertThat(texts).hasSizeGreaterThan(200);
        Faulty.ofSoftware().map(Faulty::json).forEach(texts::add);
        Random random = new Random(SEED);
        List<String> damaged = examples().stream()
                .flatMap(text -> Stream.generate(() -> Damage.to(text, random)).limit(MUTATIONS_EACH))
                .toList();
        texts.addAll(damaged);
        // A record must not tell in the findings of the next one.
        Collections.shuffle(texts, random);

        Map<String, Integer> counted = new TreeMap<>();
        for (Language language : Language.values()) {
            try (Language.Spoken spoken = language.spoken()) {
                for (String text : language == Language.FRENCH ? texts : texts.subList(0, 100)) {
                    counted.merge(compare(text), 1, Integer::sum);
                }
            }
        }

        System.out.println("Reused validators, seed " + SEED + ": " + counted);
        assertThat(counted.get("refused")).isGreaterThan(100);
        assertThat(counted.get("accepted")).isGreaterThan(100);
        assertThat(counted.getOrDefault("unreadable", 0)).isLessThan(texts.size() / 5);
    }

    private String compare(String text) {
        Optional<IBaseResource> resource = read(text);
        if (resource.isEmpty()) {
            return "unreadable";
        }
        IValidationContext<IBaseResource> context =
                ValidationContext.forResource(validation.mali().context(), resource.get(), new ValidationOptions());
        IValidationContext<IBaseResource> withProfiles =
                new WithProfiles<>(context, validation.mali().profiles().applyingTo((Resource) resource.get()));

        List<ValidationMessage> reused = validation.validator().validate(context);
        List<ValidationMessage> plain = validation.validator().asTheLibraryDoes(withProfiles);

        assertThat(inWords(reused)).as(text).isEqualTo(inWords(plain));
        return plain.stream().anyMatch(message -> message.getLevel().isError()) ? "refused" : "accepted";
    }

    private static List<String> inWords(List<ValidationMessage> messages) {
        return messages.stream()
                .map(message -> String.join(
                        " | ",
                        String.valueOf(message.getLevel()),
                        message.getMessageId(),
                        message.getLocation(),
                        message.getMessage()))
                .toList();
    }

    private Optional<IBaseResource> read(String text) {
        try {
            IBaseResource resource = validation
                    .mali()
                    .context()
                    .newJsonParser()
                    .setParserErrorHandler(new LenientErrorHandler(false).disableAllErrors())
                    .parseResource(text);
            ResourceUtil.addRawDataToResource(resource, EncodingEnum.JSON, text);
            return Optional.of(resource);
        } catch (DataFormatException | ClassCastException | IllegalArgumentException unreadable) {
            // Refused before it is validated.
            return Optional.empty();
        }
    }

    private static List<String> examples() throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(ReusedValidatorsTest::text)
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
