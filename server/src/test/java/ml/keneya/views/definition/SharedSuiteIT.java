package ml.keneya.views.definition;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import ml.keneya.fhir.RefusedException;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.views.output.RowFormat;
import ml.keneya.views.output.RowWriter;
import ml.keneya.views.table.Identifier;
import ml.keneya.views.table.RecordRows;
import ml.keneya.views.table.ViewTable;
import ml.keneya.views.upkeep.MakesRows;
import ml.keneya.views.upkeep.MakesRows.Outcome;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The shared conformance tests of SQL on FHIR v2 (github.com/FHIR/sql-on-fhir-v2, folder {@code tests}), through the
 * code that fills the tables: rows are made, stored in PostgreSQL with the statement of every write, and read back.
 *
 * <p>The tests are not copied into this project. The property {@code keneya.sql-on-fhir.tests} (or the environment
 * variable KENEYA_SQL_ON_FHIR_TESTS) names their folder; {@code .ci/run} sets it.
 */
@KeneyaIntegrationTest
@TestInstance(Lifecycle.PER_CLASS)
class SharedSuiteIT {

    private static final String PROPERTY = "keneya.sql-on-fhir.tests";
    private static final Path PUBLISHED =
            Path.of(System.getProperty("basedir", ""), "../docs/sql-on-fhir/test_report.json");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHAREABLE = 123;

    @Autowired
    CompilesViews compiler;

    @Autowired
    FhirContext context;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    @Qualifier("migration")
    javax.sql.DataSource owner;

    private final Map<String, Map<String, Verdict>> verdicts = new TreeMap<>();

    /** @param problem why the test failed; absent when it passed */
    private record Verdict(boolean shareable, @Nullable String problem) {}

    @TestFactory
    Stream<DynamicTest> passesEveryShareableTest() throws IOException {
        Optional<Path> folder = folder();
        if (folder.isEmpty()) {
            LoggerFactory.getLogger(getClass())
                    .warn("The shared tests of SQL on FHIR were left out. To run them: git clone"
                            + " https://github.com/FHIR/sql-on-fhir-v2 and set KENEYA_SQL_ON_FHIR_TESTS to its"
                            + " folder tests.");
            return Stream.empty();
        }
        run(folder.get());
        return verdicts.entrySet().stream()
                .flatMap(file -> file.getValue().entrySet().stream()
                        .filter(test -> test.getValue().shareable())
                        .map(test -> DynamicTest.dynamicTest(
                                file.getKey() + ": " + test.getKey(),
                                () -> assertThat(test.getValue().problem()).isNull())));
    }

    @Test
    void publishesItsReportInTheFormatOfTheProject() throws IOException {
        Optional<Path> folder = folder();
        if (folder.isEmpty()) {
            return;
        }
        run(folder.get());

        assertThat(verdicts.values().stream()
                        .flatMap(file -> file.values().stream())
                        .filter(Verdict::shareable))
                .hasSize(SHAREABLE);
        String report = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report()) + "\n";
        Files.writeString(Path.of(System.getProperty("basedir", ""), "target/test_report.json"), report);
        assertThat(PUBLISHED)
                .as("the published report; the new one is in server/target/test_report.json")
                .hasContent(report);
    }

    private static Optional<Path> folder() {
        String given = Optional.ofNullable(System.getProperty(PROPERTY))
                .filter(value -> !value.isBlank() && !value.startsWith("${"))
                .orElse(System.getenv("KENEYA_SQL_ON_FHIR_TESTS"));
        if (given == null || given.isBlank()) {
            return Optional.empty();
        }
        Path folder = Path.of(given);
        assertThat(folder).as("the folder that %s names", PROPERTY).isDirectory();
        return Optional.of(folder);
    }

    private ObjectNode report() {
        ObjectNode report = JSON.createObjectNode();
        verdicts.forEach((file, tests) -> {
            ArrayNode entries = report.putObject(file).putArray("tests");
            tests.forEach((title, verdict) -> {
                ObjectNode result = entries.addObject().put("name", title).putObject("result");
                result.put("passed", verdict.problem() == null);
                if (verdict.problem() != null) {
                    result.put("reason", verdict.problem());
                }
            });
        });
        return report;
    }

    private void run(Path folder) throws IOException {
        if (!verdicts.isEmpty()) {
            return;
        }
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            JsonNode suite = JSON.readTree(file.toFile());
            Map<String, Verdict> ofFile = new java.util.LinkedHashMap<>();
            for (JsonNode test : suite.path("tests")) {
                boolean shareable = StreamSupport.stream(test.path("tags").spliterator(), false)
                        .anyMatch(tag -> "shareable".equals(tag.asText()));
                ofFile.put(test.path("title").asText(), new Verdict(shareable, problem(suite.path("resources"), test)));
            }
            verdicts.put(file.getFileName().toString(), ofFile);
        }
    }

    private @Nullable String problem(JsonNode resources, JsonNode test) {
        try {
            CompiledView view = compiler.compile(test.path("view"), context.getResourceTypes()::contains);
            List<JsonNode> rows = throughTheTable(view, resources);
            if (test.path("expectError").asBoolean()) {
                return "an error was expected";
            }
            if (test.has("expectColumns")) {
                List<String> columns =
                        view.columns().stream().map(ViewColumn::name).toList();
                List<String> expected = new ArrayList<>();
                test.path("expectColumns").forEach(column -> expected.add(column.asText()));
                if (!columns.equals(expected)) {
                    return "columns " + columns;
                }
            }
            List<String> actual =
                    rows.stream().map(SharedSuiteIT::canonical).sorted().toList();
            List<String> expected = new ArrayList<>();
            test.path("expect").forEach(row -> expected.add(canonical(row)));
            expected.sort(null);
            return actual.equals(expected) ? null : "rows " + actual;
        } catch (RefusedException refused) {
            return test.path("expectError").asBoolean() ? null : "refused: " + refused.refusals();
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private List<JsonNode> throughTheTable(CompiledView view, JsonNode resources) throws IOException {
        List<RecordRows> rows = new ArrayList<>();
        for (JsonNode json : resources) {
            Resource resource = (Resource) context.newJsonParser().parseResource(json.toString());
            if (resource.fhirType().equals(view.resource())) {
                // As the store names a record: with its type and version.
                String id = resource.hasId() ? resource.getIdElement().getIdPart() : "without-id-" + rows.size();
                resource.setIdElement(new IdType(resource.fhirType(), id, "1"));
                Outcome outcome = MakesRows.of(view, resource, rows.size() % 2 == 0);
                if (outcome.failure() != null) {
                    throw outcome.failure();
                }
                rows.add(outcome.rows());
            }
        }
        ViewTable table = new ViewTable(new Identifier("shared_suite"), view.columns());
        JdbcClient owning = JdbcClient.create(owner);
        table.creation().forEach(statement -> owning.sql(statement).update());
        try {
            table.replace(jdbc, rows);
            table.replace(
                    jdbc,
                    rows.stream()
                            .map(row -> new RecordRows(row.origin(), false, row.rows()))
                            .toList());
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            RowWriter writer = RowFormat.JSON.open(written, view.columns(), true);
            for (@Nullable
            Object[] cells : jdbc.sql("select " + table.selection() + " from " + table.qualified()
                            + " order by \"_id\", \"_row\"")
                    .query((row, number) -> table.read(row, 1))
                    .list()) {
                writer.row(cells);
            }
            writer.finish();
            List<JsonNode> read = new ArrayList<>();
            JSON.readTree(written.toByteArray()).forEach(read::add);
            return read;
        } finally {
            owning.sql("drop table " + table.qualified()).update();
        }
    }

    /** Members sorted, numbers by value: {@code 0.95} is {@code 0.950}. */
    private static String canonical(JsonNode row) {
        Map<String, String> members = new TreeMap<>();
        row.fields()
                .forEachRemaining(member -> members.put(
                        member.getKey(),
                        member.getValue().isNumber()
                                ? member.getValue()
                                        .decimalValue()
                                        .stripTrailingZeros()
                                        .toPlainString()
                                : member.getValue().toString()));
        return members.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .toList()
                .toString();
    }
}
