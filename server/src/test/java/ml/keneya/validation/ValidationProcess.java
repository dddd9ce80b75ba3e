package ml.keneya.validation;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.ValidationOptions;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ml.keneya.fhir.Caller;
import ml.keneya.validation.plausibility.People;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.UnknownCodeSystemWarningValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Resource;
import org.slf4j.LoggerFactory;

/**
 * A process that does nothing but check records, one thread at a time, so that all its processor time is the cost of
 * checking: the compiling of Java and the collection of memory with it. Bundles are parsed before the clock starts; the
 * records do not carry the text they were parsed from, as the entries of a delivery do not.
 */
final class ValidationProcess {

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final long WINDOW = TimeUnit.SECONDS.toNanos(10);

    /** Enough that no record is seen again soon, and few enough to be held in memory. */
    private static final int MOST_BUNDLES = 2_000;

    /** As many rounds as {@link WarmsValidation} makes before and after readiness. */
    private static final int WARMING_ROUNDS = 10;

    /** How records are checked. */
    enum Way {
        /** Not at all: what is left is the memory of the process without validation. */
        NONE,
        /** By the compiled validator alone, without what is hardly true. */
        COMPILED,
        /** As the exchange does it: compiled first, official where that one does not accept; what is hardly true. */
        EXCHANGE,
        /** As the exchange does it with {@code keneya.validation.compiled=false}. */
        OFFICIAL,
        /** As HAPI delivers it, with the base definitions alone. */
        STOCK
    }

    private final Way way;
    private final List<Bundle> bundles;
    private final Consumer<Bundle> check;
    private int next;
    private long checked;

    private ValidationProcess(Way way, List<Bundle> bundles) {
        this.way = way;
        this.bundles = bundles;
        this.check = check(way);
    }

    /** @param arguments the way, how many seconds after the first minute, and a folder of bundles, one a line */
    public static void main(String[] arguments) throws IOException {
        Locale.setDefault(Locale.ROOT);
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.ERROR);
        List<Bundle> bundles = bundles(Path.of(arguments[2]));
        long before = cpu();
        ValidationProcess process = new ValidationProcess(Way.valueOf(arguments[0]), bundles);
        process.warm();
        process.say("made ready: %.1f CPU-s".formatted((cpu() - before) / 1e9));
        if (process.way != Way.NONE) {
            process.measure(TimeUnit.SECONDS.toNanos(Long.parseLong(arguments[1])));
        }
        process.sayMemory();
    }

    private void warm() {
        if (way == Way.NONE || way == Way.STOCK) {
            return;
        }
        ValidationOnTheClassPath validation = ValidationOnTheClassPath.load();
        Bundle records = WarmsValidation.records(validation.mali().context());
        for (int round = 0; round < WARMING_ROUNDS; round++) {
            for (BundleEntryComponent entry : records.getEntry()) {
                Resource record = entry.getResource();
                validation.official().judge(record, record.fhirType(), new ValidationOptions());
                validation.records().judge(record, record.fhirType(), People.unknown(), new ValidationOptions());
            }
        }
    }

    private void measure(long afterwards) {
        long start = System.nanoTime();
        long before = cpu();
        for (long records : new long[] {1_000, 10_000}) {
            while (checked < records) {
                one();
            }
            say("the first %,d records: %s".formatted(records, perRecord(cpu() - before, checked)));
        }
        while (System.nanoTime() - start < MINUTE) {
            one();
        }
        say("the first minute: %s of %,d records".formatted(perRecord(cpu() - before, checked), checked));
        long end = System.nanoTime() + afterwards;
        while (System.nanoTime() < end) {
            window();
        }
    }

    private void window() {
        long start = System.nanoTime();
        long before = cpu();
        long already = checked;
        while (System.nanoTime() - start < WINDOW) {
            one();
        }
        say("then: %s of %,d records".formatted(perRecord(cpu() - before, checked - already), checked - already));
    }

    private void one() {
        Bundle bundle = bundles.get(next);
        next = (next + 1) % bundles.size();
        check.accept(bundle);
        checked += bundle.getEntry().size();
    }

    private static String perRecord(long nanoseconds, long records) {
        return "%.3f CPU-ms a record".formatted(nanoseconds / 1e6 / records);
    }

    private static Consumer<Bundle> check(Way way) {
        if (way == Way.NONE) {
            return bundle -> {};
        }
        if (way == Way.STOCK) {
            return each(stock());
        }
        ValidationOnTheClassPath validation = ValidationOnTheClassPath.load();
        return switch (way) {
            case COMPILED -> each(validation.compiled()::of);
            case OFFICIAL ->
                each(record -> validation.official().judge(record, record.fhirType(), new ValidationOptions()));
            default ->
                bundle -> {
                    People people = validation.records().peopleOf(bundle, Caller.system());
                    each(record -> validation.records().check(record, record.fhirType(), people))
                            .accept(bundle);
                };
        };
    }

    private static Consumer<Bundle> each(Consumer<Resource> check) {
        return bundle -> {
            for (BundleEntryComponent entry : bundle.getEntry()) {
                check.accept(entry.getResource());
            }
        };
    }

    private static Consumer<Resource> stock() {
        FhirContext context = FhirContext.forR4Cached();
        ValidationSupportChain chain = new ValidationSupportChain(
                new DefaultProfileValidationSupport(context),
                new CommonCodeSystemsTerminologyService(context),
                new InMemoryTerminologyServerValidationSupport(context),
                new UnknownCodeSystemWarningValidationSupport(context));
        var validator = context.newValidator().registerValidatorModule(new FhirInstanceValidator(chain));
        return validator::validateWithResult;
    }

    private void sayMemory() throws IOException {
        for (int time = 0; time < 3; time++) {
            System.gc();
        }
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        long others = ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getName().matches("Metaspace|Compressed Class Space|CodeHeap.*|CodeCache"))
                        .collect(Collectors.summarizingLong(ValidationProcess::used))
                        .getSum()
                >> 20;
        say("memory after collection: heap %d MB, classes and code %d MB (%d bundles held)"
                .formatted(heap >> 20, others, bundles.size()));
    }

    private static long used(MemoryPoolMXBean pool) {
        return pool.getUsage().getUsed();
    }

    private void say(String what) {
        System.out.printf("Measured %-8s %s%n", way, what);
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** One bundle a line, as {@code ./keneya generate} writes them. */
    private static List<Bundle> bundles(Path folder) throws IOException {
        FhirContext context = FhirContext.forR4Cached();
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".ndjson"))
                    .sorted()
                    .flatMap(ValidationProcess::lines)
                    .limit(MOST_BUNDLES)
                    .map(line -> context.newJsonParser().parseResource(Bundle.class, line))
                    .toList();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
