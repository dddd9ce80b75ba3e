package ml.keneya.validation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Records to check: the profiles' own examples, and some that the generator of load-scripts made. */
public final class SampleRecords {

    private static final Path BASE = Path.of(System.getProperty("basedir", ""));

    private SampleRecords() {}

    static List<String> all() {
        return Stream.of(examples("valid"), examples("warned"), examples("invalid"), generated())
                .flatMap(List::stream)
                .toList();
    }

    /** @param kind {@code valid}, {@code warned} or {@code invalid} */
    public static List<String> examples(String kind) {
        Path folder =
                BASE.resolve("../profiles/src/test/resources").resolve(kind).normalize();
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(SampleRecords::text)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The same, by the name of the profile that they are examples of. */
    static Map<String, List<String>> examplesByProfile(String kind) {
        Path folder =
                BASE.resolve("../profiles/src/test/resources").resolve(kind).normalize();
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .collect(Collectors.groupingBy(
                            file -> file.getParent().getFileName().toString(),
                            TreeMap::new,
                            Collectors.mapping(SampleRecords::text, Collectors.toList())));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** One of every few records of a small country of seed 7, of every type that it has. */
    public static List<String> generated() {
        return text(BASE.resolve("src/test/resources/validation/generated.ndjson"))
                .lines()
                .toList();
    }

    /** Each of the records several times with one thing changed, mostly so that it is no longer valid. */
    public static List<String> changed(List<String> records, int times, long seed) {
        Random random = new Random(seed);
        return records.stream()
                .flatMap(record ->
                        Stream.generate(() -> Mutant.changed(record, 1, random)).limit(times))
                .toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
