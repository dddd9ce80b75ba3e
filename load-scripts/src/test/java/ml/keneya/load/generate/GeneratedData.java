package ml.keneya.load.generate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import ml.keneya.load.generate.mali.Mali;
import ml.keneya.load.generate.outbreak.OutbreakOrder;
import ml.keneya.load.generate.output.Form;
import ml.keneya.load.generate.output.Generator;
import ml.keneya.load.generate.output.Totals;
import ml.keneya.load.generate.people.Scenario;

/** A folder that the generator has filled, and how to read it. */
record GeneratedData(Path folder, Totals totals) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Scenario scenario(int children, double imperfections, String... outbreaks) {
        return new Scenario(
                7,
                LocalDate.of(2021, 1, 1),
                LocalDate.of(2026, 11, 1),
                Set.of(),
                children,
                Stream.of(outbreaks).map(OutbreakOrder::parse).toList(),
                imperfections,
                false);
    }

    static GeneratedData of(Path folder, Scenario scenario, int people, Form form) {
        return of(folder, scenario, people, form, 2);
    }

    static GeneratedData of(Path folder, Scenario scenario, int people, Form form, int threads) {
        var generator = new Generator(Mali.of(scenario.regions()), scenario, threads);
        return new GeneratedData(folder, generator.write(people, form, folder, done -> {}));
    }

    List<String> lines(String file) {
        try {
            return Files.readAllLines(folder.resolve(file), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    Stream<JsonNode> records(String type) {
        return lines("records/" + type + ".ndjson").stream().map(GeneratedData::read);
    }

    List<JsonNode> documents(String file) {
        return lines(file).stream().map(GeneratedData::read).toList();
    }

    /** All bundles, those of each month together, in the order of the files. */
    List<JsonNode> bundles() {
        List<JsonNode> bundles = new ArrayList<>();
        files().keySet().stream()
                .filter(path -> path.startsWith("bundles/"))
                .forEach(path -> bundles.addAll(documents(path)));
        return bundles;
    }

    static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
        }
    }

    /** The bytes of every file by its path. */
    SortedMap<String, byte[]> files() {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return files;
    }
}
