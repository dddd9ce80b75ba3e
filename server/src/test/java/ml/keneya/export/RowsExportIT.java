package ml.keneya.export;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import ml.keneya.security.TestSystem;
import ml.keneya.store.RecordWriter;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code $sql-export} of SQL on FHIR 3.0.0-ballot. */
@KeneyaIntegrationTest
class RowsExportIT {

    private static final String[] ASYNC = {"Prefer", "respond-async"};

    @Autowired
    Exchange exchange;

    @Autowired
    RecordWriter writer;

    @Autowired
    JdbcClient jdbc;

    private String child;

    @BeforeEach
    void weighAChildTwice() {
        child = writer.write(aChild(unique("record"))).getIdPart();
        writer.write(weightOf("Patient/" + child, "7.61"));
        writer.write(weightOf("Patient/" + child, "7.85"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "ndjson", "json"})
    void hasTheRowsThatRunGives(String format) {
        JsonNode manifest = manifest(export(
                reference("patient"),
                reference("observation"),
                ofChild(),
                coded("_format", format),
                "{\"name\":\"clientTrackingId\",\"valueString\":\"semaine 48\"}"));

        assertThat(value(manifest, "clientTrackingId")).isEqualTo("semaine 48");
        assertThat(value(manifest, "_format")).isEqualTo(format);
        for (String view : List.of("patient", "observation")) {
            String ran = exchange.get("ViewDefinition/" + view + "/$sql-run?_format=" + format + "&patient=" + child)
                    .hasStatus(200)
                    .body();
            assertThat(file(manifest, view))
                    .isNotBlank()
                    .satisfies(rows -> assertThat(pieces(rows)).containsExactlyInAnyOrderElementsOf(pieces(ran)));
        }
    }

    @Test
    void isOfTheMomentAtWhichItWasAskedForInAllItsFiles() {
        String status = export(reference("patient"), reference("observation"), ofChild());

        writer.write(weightOf("Patient/" + child, "9.99"));
        exchange.delete("Patient/" + child + "?_cascade=delete");
        JsonNode manifest = manifest(status);

        assertThat(file(manifest, "observation").lines()).hasSize(2).noneMatch(row -> row.contains("9.99"));
        assertThat(file(manifest, "patient")).contains(child);
        assertThat(file(manifest, "patient")).as("fetched again").contains(child);
    }

    @Test
    void makesRowsOfAViewThatIsSent() {
        JsonNode manifest = manifest(
                export("""
                        {"name":"subject","part":[{"name":"name","valueString":"poids"},{"name":"subjectResource","resource":
                          {"resourceType":"ViewDefinition","name":"x","status":"active","resource":"Observation","select":
                            [{"column":[{"name":"kg","path":"value.ofType(Quantity).value","type":"decimal"}]}]}}]}
                        """, ofChild(), coded("_format", "csv"), "{\"name\":\"header\",\"valueBoolean\":false}"));

        assertThat(file(manifest, "poids").lines()).containsExactlyInAnyOrder("7.61", "7.85");
    }

    @Test
    void aViewWithoutRowsHasAFileOfItsColumns() {
        JsonNode manifest = manifest(export(reference("procedure"), ofChild(), coded("_format", "csv")));

        assertThat(file(manifest, "procedure").lines())
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("id,"));
    }

    @Test
    void onlyWhatChangedSinceTheMomentOfAnotherExport() {
        String first = value(manifest(export(reference("observation"), ofChild())), "exportStartTime");
        writer.write(weightOf("Patient/" + child, "8.20"));

        JsonNode manifest = manifest(export(
                reference("observation"), ofChild(), "{\"name\":\"_since\",\"valueInstant\":\"" + first + "\"}"));

        assertThat(file(manifest, "observation").lines())
                .singleElement()
                .satisfies(row -> assertThat(row).contains("8.20"));
    }

    @Test
    void isForgottenWhenItIsCancelled() {
        String status = export(reference("patient"), ofChild());

        exchange.send("DELETE", status, "application/fhir+json", java.net.http.HttpRequest.BodyPublishers.noBody())
                .hasStatus(202);

        exchange.get(status).isRefused(404, "ML-EXPORT-002");
    }

    @Test
    void isHandedToWhoAskedForItAndNobodyElse() {
        String status = export(reference("patient"), ofChild());
        String result = location(status);
        String file = locations(
                        ExportClient.json(exchange.get(result).hasStatus(200).body()), "patient")
                .get(0);
        String job = status.substring(status.indexOf('=') + 1);

        jdbc.sql("update keneya.export_job set client = 'somebody-else' where id = ?::uuid")
                .param(job)
                .update();

        for (String address : List.of(status, result, file)) {
            exchange.get(address).isRefused(404, "ML-EXPORT-002");
        }
    }

    @Test
    void anExportOfRecordsIsNoExportOfRows() {
        String status = exchange.get("Patient/$export?_type=Patient&patient=Patient/" + child, ASYNC)
                .hasStatus(202)
                .header("Content-Location")
                .orElseThrow();

        exchange.get(status.replace("$export-poll-status", "$sql-export-status"))
                .isRefused(404, "ML-EXPORT-002");
    }

    @ParameterizedTest
    @ValueSource(strings = {"site", "agency", "auditor"})
    void isForNobodyWhoComesWithAToken(String role) {
        TestSystem system = "site".equals(role)
                ? TestSystem.ofSite(exchange, unique("cscom"))
                : TestSystem.withRole(exchange, role);

        String[] headers =
                Stream.of(system.withAll(), ASYNC).flatMap(Stream::of).toArray(String[]::new);

        exchange.post("$sql-export", parameters(reference("patient")), headers).hasStatus(403);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | ML-FHIR-041 | {'name':'_format','valueCode':'csv'}",
                "404 | ML-VIEWS-001 | {'name':'subject','part':[{'name':'subjectReference','valueReference':{'reference':'ViewDefinition/nothing'}}]}",
                "400 | ML-FHIR-040 | {'name':'subject','part':[]}",
                "400 | ML-FHIR-040 | SUBJECT,SUBJECT",
                "400 | ML-FHIR-040 | SUBJECT,{'name':'_format','valueCode':'fhir'}",
                "400 | ML-FHIR-040 | SUBJECT,{'name':'_format','valueCode':'parquet'}",
                "400 | ML-FHIR-040 | SUBJECT,{'name':'patient','valueReference':{'reference':'Patient/nobody'}}",
                "400 | ML-FHIR-040 | SUBJECT,{'name':'group','valueReference':{'reference':'Group/nothing'}}",
                "400 | ML-FHIR-040 | SUBJECT,{'name':'_since','valueInstant':'yesterday'}",
                "400 | ML-EXPORT-005 | SUBJECT,{'name':'_limit','valueInteger':3}",
                "400 | ML-EXPORT-005 | SUBJECT,{'name':'source','valueString':'s3'}",
                "422 | ML-VIEWS-006 | {'name':'subject','part':[{'name':'subjectResource','resource':{'resourceType':'ViewDefinition','name':'x','status':'active','resource':'Patient','select':[{'column':[{'name':'a','path':'name.'}]}]}}]}"
            })
    void refusesAtOnceWhatItCannotDo(int status, String code, String parameter) {
        exchange.post(
                        "$sql-export",
                        parameters(parameter
                                .replace("SUBJECT", reference("patient"))
                                .replace('\'', '"')),
                        ASYNC)
                .isRefused(status, code);
    }

    @Test
    void isNamedInTheCapabilityStatement() {
        assertThat(exchange.get("metadata")
                        .as(CapabilityStatement.class)
                        .getRestFirstRep()
                        .getOperation())
                .anySatisfy(operation -> {
                    assertThat(operation.getName()).isEqualTo("sql-export");
                    assertThat(operation.getDefinition())
                            .isEqualTo("http://hl7.org/fhir/uv/sql-on-fhir/OperationDefinition/SQLExport");
                });
    }

    @Test
    void isOnlyAnsweredLater() {
        exchange.post("$sql-export", parameters(reference("patient"))).isRefused(400, "ML-EXPORT-001");
    }

    private String export(String... parameters) {
        Answer answer =
                exchange.post("$sql-export", parameters(parameters), ASYNC).hasStatus(202);
        assertThat(value(ExportClient.json(answer.body()), "status")).isEqualTo("accepted");
        return answer.header("Content-Location").orElseThrow();
    }

    private String location(String status) {
        Answer answer = exchange.get(status);
        // The server makes whoever asks wait, so this is no busy loop.
        for (int times = 0; answer.status() == 202 && times < 30; times++) {
            answer = exchange.get(status);
        }
        answer.hasStatus(303);
        assertThat(answer.body()).isEmpty();
        return answer.header("Location").orElseThrow();
    }

    private JsonNode manifest(String status) {
        Answer answer = exchange.get(location(status)).hasStatus(200);
        JsonNode manifest = ExportClient.json(answer.body());
        assertThat(answer.header("Expires")).isPresent();
        assertThat(value(manifest, "status")).isEqualTo("completed");
        return manifest;
    }

    private String file(JsonNode manifest, String name) {
        StringBuilder all = new StringBuilder();
        locations(manifest, name)
                .forEach(address ->
                        all.append(exchange.get(address).hasStatus(200).body()));
        return all.toString();
    }

    private static List<String> locations(JsonNode manifest, String name) {
        List<String> locations = new ArrayList<>();
        for (JsonNode parameter : manifest.path("parameter")) {
            if (name.equals(parameter.at("/part/0/valueString").asText())) {
                parameter.path("part").forEach(part -> {
                    if (part.has("valueUri")) {
                        locations.add(part.path("valueUri").asText());
                    }
                });
            }
        }
        assertThat(locations).isNotEmpty();
        return locations;
    }

    private static String value(JsonNode parameters, String name) {
        return StreamSupport.stream(parameters.path("parameter").spliterator(), false)
                .filter(each -> name.equals(each.path("name").asText()))
                .flatMap(each -> each.properties().stream())
                .filter(member -> member.getKey().startsWith("value"))
                .map(member -> member.getValue().asText())
                .findFirst()
                .orElseThrow();
    }

    /** Rows in no order, of whichever format. */
    private static List<String> pieces(String rows) {
        return List.of(rows.strip().replaceAll("^\\[|]$", "").split("\r?\n|(?<=}),"));
    }

    private static String reference(String view) {
        return "{\"name\":\"subject\",\"part\":[{\"name\":\"subjectReference\",\"valueReference\":{\"reference\":"
                + "\"ViewDefinition/" + view + "\"}}]}";
    }

    private String ofChild() {
        return "{\"name\":\"patient\",\"valueReference\":{\"reference\":\"Patient/" + child + "\"}}";
    }

    private static String coded(String name, String code) {
        return "{\"name\":\"" + name + "\",\"valueCode\":\"" + code + "\"}";
    }

    private static String parameters(String... parameters) {
        return "{\"resourceType\":\"Parameters\",\"parameter\":[" + String.join(",", parameters) + "]}";
    }
}
