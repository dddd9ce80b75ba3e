package ml.keneya.views.definition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import ml.keneya.conformance.Canonicals;
import ml.keneya.conformance.MaliOnTheClassPath;
import ml.keneya.fhir.ServedTypes;
import ml.keneya.validation.SampleRecords;
import ml.keneya.validation.ValidationOnTheClassPath;
import ml.keneya.validation.compiled.Opinion;
import org.hl7.fhir.r4.hapi.ctx.HapiWorkerContext;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * HL7's Runner has the same rows as the compiled columns, for each of the exchange's views and over valid records: the
 * examples of the profiles, generated ones, and what is still valid of them with one thing changed. Where the two speak
 * differently of the same is said in {@link ReferenceRunner}.
 */
class ReferenceRunnerTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path VIEWS =
            Path.of(System.getProperty("basedir", ""), "../profiles/src/main/resources/ml.keneya.views");

    /** For columns that the others leave empty, and for what views must not stumble over. */
    private static final Path ODD_RECORDS =
            Path.of(System.getProperty("basedir", ""), "src/test/resources/views/odd-records.ndjson");

    private static final int CHANGES_OF_EACH = 20;
    private static final long SEED = Long.getLong("keneya.seed", 8L);

    private static final ValidationOnTheClassPath VALIDATION = ValidationOnTheClassPath.load();
    private static final MaliOnTheClassPath MALI = VALIDATION.mali();
    private static final List<Resource> RECORDS = records();

    private final CompilesViews compiler =
            new CompilesViews(new PathEngine(MALI.context(), MALI.support()), new ServedTypes(List.of()));
    private final ReferenceRunner reference =
            new ReferenceRunner(new HapiWorkerContext(MALI.context(), MALI.support()));

    private static List<Resource> records() {
        List<String> texts = Stream.concat(SampleRecords.examples("valid").stream(), SampleRecords.generated().stream())
                .toList();
        List<Resource> records =
                new ArrayList<>(texts.stream().map(ReferenceRunnerTest::stored).toList());
        texts(ODD_RECORDS).map(ReferenceRunnerTest::stored).forEach(records::add);
        for (String text : SampleRecords.changed(texts, CHANGES_OF_EACH, SEED)) {
            try {
                Resource record = stored(text);
                if (VALIDATION.compiled().of(record) == Opinion.ACCEPT) {
                    records.add(record);
                }
            } catch (RuntimeException unreadable) {
                // The change took what makes it a record.
            }
        }
        return records;
    }

    private static Stream<String> texts(Path lines) {
        try {
            return Files.readAllLines(lines).stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** With what the store adds: an id, the time, the owner. */
    private static Resource stored(String text) {
        Resource record = (Resource) MALI.context().newJsonParser().parseResource(text);
        if (!record.hasId()) {
            record.setId(UUID.nameUUIDFromBytes(text.getBytes(UTF_8)).toString());
        }
        record.getMeta().setLastUpdatedElement(new InstantType("2026-11-29T18:52:03.070+01:00"));
        record.getMeta().addSecurity().setSystem(Canonicals.OWNER).setCode("cscom-koula");
        return record;
    }

    static Stream<String> views() {
        try (Stream<Path> files = Files.list(VIEWS)) {
            return files
                    .map(file -> file.getFileName().toString().replaceAll("ViewDefinition-|\\.json", ""))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @ParameterizedTest
    @MethodSource("views")
    void hasTheRowsOfTheCompiledColumns(String name) {
        JsonNode definition = definition(name);
        CompiledView view = compiler.compile(definition, type -> true);
        List<Resource> records = recordsOf(view);

        List<List<Map<String, List<String>>>> expected = reference.run(definition, view.columns(), records);

        for (int index = 0; index < records.size(); index++) {
            assertThat(compiled(view, records.get(index)))
                    .as("%s of %s", name, MALI.context().newJsonParser().encodeToString(records.get(index)))
                    .isEqualTo(expected.get(index));
        }
    }

    /** Otherwise it would mean little that they are equal. */
    @Test
    void everyColumnHasAValueSomewhere() {
        TreeSet<String> empty = new TreeSet<>();
        views().forEach(name -> {
            CompiledView view = compiler.compile(definition(name), type -> true);
            Map<String, Integer> filled = new TreeMap<>();
            view.columns().forEach(column -> filled.put(name + "." + column.name(), 0));
            recordsOf(view).stream()
                    .flatMap(record -> compiled(view, record).stream())
                    .forEach(row -> row.forEach(
                            (column, values) -> filled.merge(name + "." + column, values.size(), Integer::sum)));
            filled.forEach((column, values) -> {
                if (values == 0) {
                    empty.add(column);
                }
            });
        });

        assertThat(empty).isEmpty();
    }

    private static List<Resource> recordsOf(CompiledView view) {
        return RECORDS.stream()
                .filter(record -> record.fhirType().equals(view.resource()))
                .toList();
    }

    private static List<Map<String, List<String>>> compiled(CompiledView view, Resource record) {
        return view.rows(record).stream()
                .map(cells -> ReferenceRunner.row(view.columns(), cells))
                .toList();
    }

    private static JsonNode definition(String name) {
        try {
            return JSON.readTree(
                    VIEWS.resolve("ViewDefinition-" + name + ".json").toFile());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
