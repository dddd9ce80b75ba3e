package ml.keneya.views.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the exchange's own definitions say of their columns, for readers and for who may not see names. */
class ShownColumnsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path VIEWS =
            Path.of(System.getProperty("basedir", ""), "../profiles/src/main/resources/ml.keneya.views");

    /** Of these the texts are names and codes of places and facilities, which are published. */
    private static final Set<String> OF_PLACES = Set.of("Organization", "Location");

    private record Column(String view, String resource, JsonNode definition) {

        String name() {
            return view + "." + definition.path("name").asText();
        }

        String tag(String name) {
            for (JsonNode tag : definition.path("tag")) {
                if (name.equals(tag.path("name").asText())) {
                    return tag.path("value").asText();
                }
            }
            return "";
        }

        /** A key is nobody's words. */
        boolean isFreeText() {
            return Set.of("string", "markdown").contains(definition.path("type").asText())
                    && !definition.path("path").asText().contains("Key(");
        }
    }

    @Test
    void everyColumnIsExplained() throws IOException {
        assertThat(columns())
                .hasSizeGreaterThan(150)
                .filteredOn(column ->
                        column.definition().path("description").asText().isBlank())
                .extracting(Column::name)
                .isEmpty();
    }

    @Test
    void whatSomebodyWroteFreelyAboutAPersonIsShownOnlyToWhoMaySeeNames() throws IOException {
        List<Column> texts = columns().stream()
                .filter(Column::isFreeText)
                .filter(column -> !OF_PLACES.contains(column.resource()))
                .toList();

        assertThat(texts)
                .extracting(Column::name)
                .contains("patient.family_name", "immunization.dose", "immunization.lot_number");
        assertThat(texts)
                .filteredOn(column -> !Set.of("omit", "").contains(column.tag("keneya/identifying")))
                .extracting(Column::name)
                .isEmpty();
    }

    private static List<Column> columns() throws IOException {
        List<Column> columns = new ArrayList<>();
        List<Path> files;
        try (Stream<Path> found = Files.list(VIEWS)) {
            files = found.toList();
        }
        for (Path file : files) {
            JsonNode view = JSON.readTree(file.toFile());
            String name = view.path("name").asText();
            view.path("select")
                    .forEach(select -> collect(name, view.path("resource").asText(), select, columns));
        }
        return columns;
    }

    private static void collect(String view, String resource, JsonNode select, List<Column> columns) {
        select.path("column").forEach(column -> columns.add(new Column(view, resource, column)));
        select.path("select").forEach(inner -> collect(view, resource, inner, columns));
        select.path("unionAll").forEach(inner -> collect(view, resource, inner, columns));
    }
}
