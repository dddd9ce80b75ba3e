package ml.keneya.validation;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ml.keneya.validation.plausibility.People;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.UnknownCodeSystemWarningValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.slf4j.LoggerFactory;

/**
 * What validation costs, in CPU time of the one thread that validates: run by hand, see docs/benchmarks.md. Records are
 * parsed before the clock starts; like the entries of a bundle they do not carry the text they were parsed from.
 */
final class MeasuresValidation {

    private static final int REPEATS = 5;

    private MeasuresValidation() {}

    /**
     * @param arguments {@code stock} (HAPI's validator with the base definitions alone) or {@code exchange}, how many
     *     rounds to warm up, how many rounds a measurement lasts, and files or folders of records or bundles in JSON
     */
    public static void main(String[] arguments) throws IOException {
        Locale.setDefault(Locale.ROOT);
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.ERROR);
        long before = cpu();
        Consumer<IBaseResource> validation = arguments[0].equals("stock") ? stock() : exchange();
        List<IBaseResource> records = records(Arrays.copyOfRange(arguments, 3, arguments.length));
        say("made ready", cpu() - before, 1);
        run(validation, records, "first round", 1);
        run(validation, records, "warm-up", Integer.parseInt(arguments[1]));
        for (int repeat = 0; repeat < REPEATS; repeat++) {
            run(validation, records, "measured", Integer.parseInt(arguments[2]));
        }
        byType(validation, records, Integer.parseInt(arguments[2]));
    }

    private static Consumer<IBaseResource> exchange() {
        ValidationOnTheClassPath validation = ValidationOnTheClassPath.load();
        return resource -> validation.records().check(resource, resource.fhirType(), People.unknown());
    }

    private static Consumer<IBaseResource> stock() {
        FhirContext context = FhirContext.forR4Cached();
        ValidationSupportChain chain = new ValidationSupportChain(
                new DefaultProfileValidationSupport(context),
                new CommonCodeSystemsTerminologyService(context),
                new InMemoryTerminologyServerValidationSupport(context),
                new UnknownCodeSystemWarningValidationSupport(context));
        var validator = context.newValidator().registerValidatorModule(new FhirInstanceValidator(chain));
        return validator::validateWithResult;
    }

    private static void run(Consumer<IBaseResource> validation, List<IBaseResource> records, String what, int rounds) {
        long before = cpu();
        for (int round = 0; round < rounds; round++) {
            records.forEach(validation);
        }
        say(what, cpu() - before, rounds * records.size());
    }

    private static void byType(Consumer<IBaseResource> validation, List<IBaseResource> records, int rounds) {
        Map<String, List<IBaseResource>> byType = records.stream()
                .collect(Collectors.groupingBy(IBaseResource::fhirType, TreeMap::new, Collectors.toList()));
        byType.forEach((type, ofType) -> run(validation, ofType, type, rounds));
    }

    private static void say(String what, long nanoseconds, int records) {
        System.out.printf(
                "%-24s %8d records %9.3f CPU-s %9.3f CPU-ms a record%n",
                what, records, nanoseconds / 1e9, nanoseconds / 1e6 / Math.max(records, 1));
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static List<IBaseResource> records(String... places) throws IOException {
        FhirContext context = FhirContext.forR4Cached();
        List<String> texts = Arrays.stream(places)
                .map(Path::of)
                .flatMap(MeasuresValidation::filesIn)
                .toList();
        return texts.stream()
                .map(text -> context.newJsonParser().parseResource(text))
                .flatMap(resource -> resource instanceof Bundle bundle
                        ? bundle.getEntry().stream().map(BundleEntryComponent::getResource)
                        : Stream.of(resource))
                .map(IBaseResource.class::cast)
                .toList();
    }

    private static Stream<String> filesIn(Path place) {
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream()
                    .map(MeasuresValidation::read);
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
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
