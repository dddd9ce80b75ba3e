package ml.keneya.validation;

import ca.uhn.fhir.parser.LenientErrorHandler;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.util.ResourceUtil;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import ml.keneya.validation.compiled.Opinion;
import org.hl7.fhir.r4.model.Resource;

/**
 * Asks the compiled validator about a record, and whenever it accepts the official one too: did it have something to
 * say of which a client is told, the compiled one was wrong. Several threads may ask at the same time.
 */
final class ComparesValidators {

    private final ValidationOnTheClassPath validation;
    private final Function<Resource, Opinion> compiled;
    private final FhirValidator official;
    private final Map<String, Map<Opinion, Integer>> counts = new TreeMap<>();
    private final List<String> falseAccepts = new ArrayList<>();
    private final AtomicInteger unreadable = new AtomicInteger();

    ComparesValidators(ValidationOnTheClassPath validation) {
        this(validation, validation.compiled()::of);
    }

    ComparesValidators(ValidationOnTheClassPath validation, Function<Resource, Opinion> compiled) {
        this.validation = validation;
        this.compiled = compiled;
        this.official = validation.mali().context().newValidator().registerValidatorModule(validation.validator());
    }

    /** @param alone whether it came alone, so that the official validator reads its text, or in a bundle */
    Optional<Opinion> compare(String text, boolean alone) {
        Optional<Resource> read = read(text);
        if (read.isEmpty()) {
            unreadable.incrementAndGet();
            return Optional.empty();
        }
        Resource record = read.get();
        if (alone) {
            ResourceUtil.addRawDataToResource(record, EncodingEnum.JSON, text);
        }
        Opinion opinion = compiled.apply(record);
        count(profileOf(record), opinion);
        if (opinion == Opinion.ACCEPT) {
            String said = saidBy(official, record);
            if (!said.isEmpty()) {
                noteFalseAccept(text + "\n    " + said);
            }
        }
        return Optional.of(opinion);
    }

    private synchronized void count(String profile, Opinion opinion) {
        counts.computeIfAbsent(profile, each -> new EnumMap<>(Opinion.class)).merge(opinion, 1, Integer::sum);
    }

    private synchronized void noteFalseAccept(String record) {
        falseAccepts.add(record);
    }

    /** Whether the official validator has nothing to say of it that a client is told. */
    boolean isValid(String text) {
        return read(text).map(record -> saidBy(official, record).isEmpty()).orElse(false);
    }

    private static String saidBy(FhirValidator official, Resource record) {
        return official.validateWithResult(record).getMessages().stream()
                .filter(message -> message.getSeverity() != ResultSeverityEnum.INFORMATION)
                .map(SingleValidationMessage::toString)
                .collect(Collectors.joining("\n    "));
    }

    private Optional<Resource> read(String text) {
        try {
            return Optional.of((Resource) validation
                    .mali()
                    .context()
                    .newJsonParser()
                    .setParserErrorHandler(new LenientErrorHandler(false).disableAllErrors())
                    .parseResource(text));
        } catch (RuntimeException refused) {
            // Refused before it is validated; for a narrative that is none HAPI throws a plain RuntimeException.
            return Optional.empty();
        }
    }

    private String profileOf(Resource record) {
        List<String> applying = validation.mali().profiles().applyingTo(record);
        return applying.isEmpty()
                ? record.fhirType()
                : applying.get(applying.size() - 1).replaceAll(".*/", "");
    }

    /** Of each profile, the share of its records of which the compiled validator is unsure. */
    Map<String, Double> unsureShares() {
        return counts.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, profile -> {
            Map<Opinion, Integer> each = profile.getValue();
            double all = each.values().stream().mapToInt(Integer::intValue).sum();
            return each.getOrDefault(Opinion.UNSURE, 0) / all;
        }));
    }

    List<String> falseAccepts() {
        return List.copyOf(falseAccepts);
    }

    int count(Opinion opinion) {
        return counts.values().stream()
                .mapToInt(each -> each.getOrDefault(opinion, 0))
                .sum();
    }

    int all() {
        return count(Opinion.ACCEPT) + count(Opinion.REFUSE) + count(Opinion.UNSURE);
    }

    /** One line a profile, and one for all. */
    String table(String title) {
        StringBuilder table = new StringBuilder(title + " (" + unreadable + " not readable at all)\n");
        String line = "  %-32s accept %6d  refuse %6d  unsure %6d%n";
        counts.forEach((profile, each) -> table.append(line.formatted(
                profile,
                each.getOrDefault(Opinion.ACCEPT, 0),
                each.getOrDefault(Opinion.REFUSE, 0),
                each.getOrDefault(Opinion.UNSURE, 0))));
        return table.append(line.formatted("all", count(Opinion.ACCEPT), count(Opinion.REFUSE), count(Opinion.UNSURE)))
                .toString();
    }
}
