package ml.keneya.views.operation;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import ml.keneya.store.RecordWriter;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceOperationComponent;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Group.GroupType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@KeneyaIntegrationTest
class ViewOperationsIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A view that no table is kept for. */
    private static final String INLINE = """
            {"resourceType":"ViewDefinition","name":"poids","status":"active","resource":"Observation",
             "select":[{"column":[
               {"name":"person","path":"subject.getReferenceKey(Patient)","type":"string"},
               {"name":"kg","path":"value.ofType(Quantity).value","type":"decimal"}]}]}
            """;

    @Autowired
    Exchange exchange;

    @Autowired
    RecordWriter writer;

    private String child;

    @BeforeEach
    void weighAChildTwice() {
        child = writer.write(aChild(unique("record"))).getIdPart();
        writer.write(weightOf("Patient/" + child, "7.61"));
        writer.write(weightOf("Patient/" + child, "7.85"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"$viewdefinition-run", "$run", "$sql-run"})
    void runsAStoredViewByItsAddress(String operation) throws IOException {
        Answer answer = exchange.get("ViewDefinition/observation/" + operation + "?_format=json&patient=" + child)
                .hasStatus(200);

        assertThat(answer.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        assertThat(JSON.readTree(answer.body()).findValuesAsText("value")).containsExactlyInAnyOrder("7.61", "7.85");
    }

    @Test
    void writesNdjsonUnlessSomethingElseIsAskedFor() throws IOException {
        String body = exchange.get("ViewDefinition/observation/$sql-run?patient=Patient/" + child)
                .hasStatus(200)
                .body();

        List<String> values = new ArrayList<>();
        for (String line : body.strip().split("\n")) {
            values.add(JSON.readTree(line).path("value").asText());
        }
        assertThat(values).containsExactlyInAnyOrder("7.61", "7.85");
    }

    @Test
    void writesCsvWithAndWithoutItsHeader() {
        String path = "ViewDefinition/$viewdefinition-run?viewReference=ViewDefinition/patient&patient=" + child;

        assertThat(exchange.get(path, "Accept", "text/csv").hasStatus(200).body())
                .startsWith("id,active,sex,birth_date")
                .contains(child + ",,female,2025-06-01");
        assertThat(exchange.get(path + "&_format=csv&header=false")
                        .hasStatus(200)
                        .body())
                .startsWith(child)
                .hasLineCount(1);
    }

    @Test
    void runsAViewThatIsSentWithTheRequestOverWhatIsStored() throws IOException {
        for (String place : List.of("$viewdefinition-run", "ViewDefinition/$viewdefinition-run", "$sql-run")) {
            String name = place.equals("$sql-run") ? "subjectResource" : "viewResource";
            Answer answer = exchange.post(
                    place,
                    parameters(
                            "{\"name\":\"" + name + "\",\"resource\":" + INLINE + "}",
                            text("_format", "json"),
                            """
                            {"name":"patient","valueReference":{"reference":"Patient/%s"}}""".formatted(child)),
                    "Accept",
                    "application/json");

            assertThat(JSON.readTree(answer.hasStatus(200).body()).findValuesAsText("kg"))
                    .as(place)
                    .containsExactlyInAnyOrder("7.61", "7.85");
        }
    }

    @Test
    void runsAViewOverRecordsThatAreSentWithIt() {
        String weight = exchange.json(weightOf("Patient/elsewhere", "3.1"));
        String quoted = JSON.getNodeFactory().textNode(weight).toString();

        String body = exchange.post(
                        "$viewdefinition-run",
                        parameters(
                                "{\"name\":\"viewResource\",\"resource\":" + INLINE + "}",
                                "{\"name\":\"resource\",\"resource\":" + weight + "}",
                                "{\"name\":\"resource\",\"valueString\":" + quoted + "}",
                                text("_format", "csv")))
                .hasStatus(200)
                .body();

        assertThat(body).isEqualTo("person,kg\r\nelsewhere,3.1\r\nelsewhere,3.1\r\n");
    }

    @Test
    void choosesRowsByGroupTimeAndNumber() throws IOException {
        Group family = new Group().setType(GroupType.PERSON).setActual(true);
        family.addMember().getEntity().setReference("Patient/" + child);
        String group = writer.write(family).getIdPart();
        String path = "ViewDefinition/observation/$sql-run?_format=json&group=" + group;

        assertThat(JSON.readTree(exchange.get(path).hasStatus(200).body())).hasSize(2);
        assertThat(JSON.readTree(exchange.get(path + "&_limit=1").body())).hasSize(1);
        assertThat(JSON.readTree(exchange.get(path + "&_since=2020-01-01").body()))
                .hasSize(2);
        assertThat(JSON.readTree(
                        exchange.get(path + "&_since=2999-01-01T00:00:00Z").body()))
                .isEmpty();
    }

    @Test
    void choosesRowsOfAViewThatIsSentAsOfOneThatIsKept() throws IOException {
        Group family = new Group().setType(GroupType.PERSON).setActual(true);
        family.addMember().getEntity().setReference("Patient/" + child);
        String group = writer.write(family).getIdPart();

        assertThat(rowsOfInline(group)).hasSize(2);
        assertThat(rowsOfInline(group, text("_limit", "1"))).hasSize(1);
        assertThat(rowsOfInline(group, text("_since", "2020-01-01"))).hasSize(2);
        assertThat(rowsOfInline(group, text("_since", "2999-01-01T00:00:00Z"))).isEmpty();
    }

    private JsonNode rowsOfInline(String group, String... more) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "{\"name\":\"viewResource\",\"resource\":" + INLINE + "}",
                text("_format", "json"),
                "{\"name\":\"group\",\"valueReference\":{\"reference\":\"Group/" + group + "\"}}"));
        all.addAll(List.of(more));
        return JSON.readTree(exchange.post("ViewDefinition/$viewdefinition-run", parameters(all.toArray(String[]::new)))
                .hasStatus(200)
                .body());
    }

    @Test
    void listsTheViews() throws IOException {
        JsonNode bundle =
                JSON.readTree(exchange.get("ViewDefinition").hasStatus(200).body());
        assertThat(bundle.findValuesAsText("name")).contains("patient", "encounter", "condition", "immunization");

        JsonNode patient = JSON.readTree(
                exchange.get("ViewDefinition/patient").hasStatus(200).body());
        assertThat(patient.path("resource").asText()).isEqualTo("Patient");
    }

    @Test
    void namesItsOperationsInTheCapabilityStatementOnce() {
        exchange.get("metadata").hasStatus(200);

        CapabilityStatement statement = exchange.get("metadata").hasStatus(200).as(CapabilityStatement.class);

        assertThat(statement.getRestFirstRep().getOperation())
                .extracting(CapabilityStatementRestResourceOperationComponent::getName)
                .contains("viewdefinition-run", "sql-run")
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "ViewDefinition/nothing, 404, ML-VIEWS-001",
        "ViewDefinition/nothing/$sql-run, 404, ML-VIEWS-001",
        "ViewDefinition/$sql-run, 400, ML-FHIR-041",
        "ViewDefinition/patient/$sql-run?_format=parquet, 400, ML-FHIR-040",
        "ViewDefinition/patient/$sql-run?_limit=0, 400, ML-FHIR-040",
        "ViewDefinition/patient/$sql-run?_since=hier, 400, ML-FHIR-040",
        "ViewDefinition/patient/$sql-run?_sort=id, 400, ML-FHIR-040",
        "ViewDefinition/patient/$sql-run?group=nobody, 404, ML-FHIR-004",
        "ViewDefinition/patient/$frobnicate, 404, ML-FHIR-042",
    })
    void refusesWhatItCannotDo(String path, int status, String code) {
        exchange.get(path).isRefused(status, code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "image/png, text/html;q=0.5"})
    void refusesToWriteRowsInAFormatThatItDoesNotKnow(String accepted) {
        exchange.get("ViewDefinition/patient/$sql-run?_limit=1", "Accept", accepted)
                .isRefused(406, "ML-FHIR-006");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/fhir+json", "text/plain, */*;q=0.1"})
    void choosesTheFormatWhereTheClientLeavesItOpen(String accepted) {
        Answer answer = exchange.get("ViewDefinition/patient/$sql-run?_limit=1", "Accept", accepted)
                .hasStatus(200);

        assertThat(answer.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/x-ndjson"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"type\":\"decimal\" | \"type\":\"Quantity\" | ML-VIEWS-005 | ViewDefinition.select[0].column[1].type",
                "value.ofType(Quantity).value | value.ofType(Quantity | ML-VIEWS-006 | ViewDefinition.select[0].column[1].path",
                "\"resource\":\"Observation\" | \"resource\":\"Account\" | ML-VIEWS-004 | ViewDefinition.resource",
                "\"resource\":\"Observation\", | | ML-VIEWS-002 | ViewDefinition.resource",
                "\"type\":\"decimal\" | \"type\":\"decimal\",\"tag\":[{\"name\":\"keneya/indexed-by\",\"value\":\"no_day\"}] | ML-VIEWS-003 | ViewDefinition.select",
                "\"name\":\"kg\" | \"name\":\"k g\" | ML-VIEWS-003 | ViewDefinition.select[0].column[1].name",
            })
    void refusesABadDefinitionAndNamesThePlace(String good, String bad, String code, String place) {
        String wrong = INLINE.replace(good, bad == null ? "" : bad);
        assertThat(wrong).isNotEqualTo(INLINE);

        exchange.post("$viewdefinition-run", parameters("{\"name\":\"viewResource\",\"resource\":" + wrong + "}"))
                .isRefused(422, code)
                .namesElement(place);
    }

    @Test
    void tellsAnOperatorHowTheTablesAre() {
        Parameters status =
                exchange.get("ViewDefinition/$status").hasStatus(200).as(Parameters.class);
        assertThat(status.getParameter())
                .anySatisfy(view ->
                        assertThat(parts(view)).containsEntry("name", "patient").containsEntry("state", "active"));

        Parameters verified = exchange.post("ViewDefinition/observation/$verify", "")
                .hasStatus(200)
                .as(Parameters.class);
        assertThat(verified.getParameter())
                .singleElement()
                .satisfies(view -> assertThat(parts(view))
                        .containsEntry("name", "observation")
                        .containsEntry("differences", "0"));
    }

    @Test
    void buildsATableAnewForAnOperator() {
        String before = tableOf("coverage", "active");

        Parameters answer = exchange.post("ViewDefinition/coverage/$rebuild", "")
                .hasStatus(200)
                .as(Parameters.class);

        assertThat(answer.getParameter().stream()
                        .map(ViewOperationsIT::parts)
                        .filter(view -> view.get("name").equals("coverage")))
                .anySatisfy(view -> assertThat(view.get("table")).isNotEqualTo(before));
        exchange.get("ViewDefinition/coverage/$rebuild").isRefused(405, "ML-FHIR-010");
    }

    private String tableOf(String view, String state) {
        return exchange.get("ViewDefinition/$status").as(Parameters.class).getParameter().stream()
                .map(ViewOperationsIT::parts)
                .filter(each ->
                        each.get("name").equals(view) && each.get("state").equals(state))
                .findFirst()
                .orElseThrow()
                .get("table");
    }

    private static Map<String, String> parts(ParametersParameterComponent view) {
        return view.getPart().stream()
                .collect(Collectors.toMap(
                        ParametersParameterComponent::getName,
                        part -> part.getValue().primitiveValue(),
                        (first, second) -> first));
    }

    @Test
    void refusesABodyThatIsNoParameters() {
        exchange.post("$viewdefinition-run", "{").isRefused(400, "ML-FHIR-001");
        exchange.post("$viewdefinition-run", INLINE).isRefused(400, "ML-FHIR-041");
    }

    @Test
    void tellsWhoeverWouldChangeADefinitionThatTheyComeFromFiles() {
        String json = "application/fhir+json";
        List<Answer> tried = List.of(
                exchange.post("ViewDefinition", INLINE),
                exchange.send("PUT", "ViewDefinition/patient", json, BodyPublishers.ofString(INLINE)),
                exchange.send("PUT", "ViewDefinition/poids", json, BodyPublishers.ofString(INLINE)),
                exchange.send(
                        "PATCH",
                        "ViewDefinition/patient",
                        "application/json-patch+json",
                        BodyPublishers.ofString("[]")),
                exchange.delete("ViewDefinition/patient"));

        assertThat(tried)
                .allSatisfy(answer -> answer.isRefused(405, "ML-VIEWS-014")
                        .says("$viewdefinition-run (viewResource)")
                        .says("KENEYA_VIEWS_FOLDER"));
        exchange.get("ViewDefinition/poids").isRefused(404, "ML-VIEWS-001");
    }

    private static String parameters(String... parameters) {
        return "{\"resourceType\":\"Parameters\",\"parameter\":[" + String.join(",", parameters) + "]}";
    }

    private static String text(String name, String value) {
        return "{\"name\":\"" + name + "\",\"valueCode\":\"" + value + "\"}";
    }
}
