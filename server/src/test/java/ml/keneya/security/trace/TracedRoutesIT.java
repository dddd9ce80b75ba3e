package ml.keneya.security.trace;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.RECORD_NUMBER;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.batch;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.reading;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Array;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Observation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Each way to a record of a person leaves exactly one row, and what stands in it. */
@KeneyaIntegrationTest
class TracedRoutesIT {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String PATCH = "application/json-patch+json";

    private final String facility = unique("cscom");
    private final String number = unique("record");

    @Autowired
    Exchange exchange;

    @Autowired
    JdbcClient jdbc;

    private TestSystem site;
    private String[] caller;
    private String patient;
    private String weight;

    /** What stands in a row of the trace beside who it was. */
    private record Row(
            String interaction,
            @Nullable String type,
            @Nullable String id,
            List<String> patients,
            @Nullable String query,
            @Nullable String purpose,
            int status) {}

    @BeforeEach
    void bring() {
        site = TestSystem.ofSite(exchange, facility);
        caller = with(site.withAll(), "Keneya-Purpose", "TREAT");
        patient = idOf(exchange.create(aChild(number), caller));
        weight = idOf(exchange.create(weightOf("Patient/" + patient, "7.1"), caller));
        exchange.create(weightOf("Patient/" + patient, "7.2"), caller).hasStatus(201);
    }

    @Test
    void tellsOfEveryReading() {
        String whole = "Patient/" + patient;
        leaves(() -> exchange.get(whole, caller), row("read", "Patient", patient, null));
        leaves(() -> send("HEAD", whole, "", ""), row("read", "Patient", patient, null));
        leaves(() -> exchange.get(whole + "/_history/1", caller), row("vread", "Patient", patient, null));
        leaves(() -> exchange.get(whole + "/_history", caller), row("history-instance", "Patient", patient, null));
        leaves(() -> exchange.get("Observation/" + weight, caller), row("read", "Observation", weight, null));
        leaves(
                () -> exchange.get(whole, with(caller, "If-None-Match", "W/\"1\"")),
                new Row("read", "Patient", patient, List.of(patient), null, "TREAT", 304));
        leaves(() -> exchange.get(whole + "/$everything", caller), row("$everything", "Patient", patient, null));
        leaves(
                () -> exchange.post(whole + "/$everything", "{\"resourceType\":\"Parameters\"}", caller),
                row("$everything", "Patient", patient, null));
        leaves(() -> exchange.get(whole + "/$summary", caller), row("$summary", "Patient", patient, null));
    }

    @Test
    void tellsOfEverySearch() {
        String byNumber = "identifier=" + number;
        leaves(() -> exchange.get("Patient?" + byNumber, caller), row("search-type", "Patient", null, byNumber));
        leaves(() -> send("POST", "Patient/_search", FORM, byNumber), row("search-type", "Patient", null, byNumber));
        String ofBoth = "_type=Patient&_id=" + patient;
        leaves(() -> exchange.get("?" + ofBoth, caller), row("search-type", null, null, ofBoth));
        String including = "_id=" + weight + "&_include=Observation:subject";
        leaves(
                () -> exchange.get("Observation?" + including, caller),
                row("search-type", "Observation", null, including));
        leaves(
                () -> exchange.get("Patient/" + patient + "/Observation", caller),
                row("search-type", "Patient", patient, null));
        String counting = "patient=Patient/" + patient + "&_summary=count";
        leaves(
                () -> exchange.get("Observation?" + counting, caller),
                new Row("search-type", "Observation", null, List.of(), counting, "TREAT", 200));
        String firstOf = "patient=Patient/" + patient + "&_count=1";
        Answer[] first = {null};
        leaves(
                () -> first[0] = exchange.get("Observation?" + firstOf, caller),
                row("search-type", "Observation", null, firstOf));
        String next = first[0].link("next").orElseThrow();
        leaves(() -> exchange.get(next, caller), row("get-page", "Observation", null, next.replaceFirst(".*\\?", "")));
    }

    @Test
    void tellsOfWhatIsReadAndWrittenInBundles() {
        for (Supplier<Answer> bundle : List.<Supplier<Answer>>of(
                () -> exchange.post("", exchange.json(transaction(reading("Patient/" + patient))), caller),
                () -> exchange.post("", exchange.json(batch(reading("Patient?_id=" + patient))), caller),
                () -> exchange.post("", exchange.json(batch(reading("Patient/" + patient + "/$everything"))), caller),
                () -> exchange.post(
                        "", exchange.json(transaction(creating(weightOf("Patient/" + patient, "8.1")))), caller))) {
            leaves(bundle, row("transaction", null, null, null));
        }
    }

    @Test
    void tellsOfEveryWriting() {
        String[] created = {null};
        Observation another = weightOf("Patient/" + patient, "8.3");
        another.addIdentifier().setSystem(RECORD_NUMBER).setValue(unique("weight"));
        String condition = "identifier=" + RECORD_NUMBER + "|"
                + another.getIdentifierFirstRep().getValue();
        String once = condition.replace("|", "%7C");
        List<Row> rows = rowsOf(
                site.id(), () -> created[0] = idOf(exchange.create(another, with(caller, "If-None-Exist", condition))));
        assertThat(rows)
                .containsExactly(
                        new Row("create", "Observation", created[0], List.of(patient), condition, "TREAT", 201));
        another.setId("Observation/" + created[0]);
        leaves(
                () -> exchange.put("Observation/" + created[0], another, caller),
                row("update", "Observation", created[0], null));
        another.setId((String) null);
        leaves(() -> exchange.put("Observation?" + once, another, caller), row("update", "Observation", null, once));
        leaves(
                () -> send(
                        "PATCH",
                        "Observation/" + created[0],
                        PATCH,
                        "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"amended\"}]"),
                row("patch", "Observation", created[0], null));
        leaves(
                () -> exchange.delete("Observation/" + created[0], caller),
                row("delete", "Observation", created[0], null));
    }

    @Test
    void tellsOfWhatShowsNobodyToo() {
        String unknown = unique("unknown");
        leaves(
                () -> exchange.get("Patient/" + unknown, caller),
                new Row("read", "Patient", unknown, List.of(), null, "TREAT", 404));
        String refused = "_has:Observation:subject:code=x";
        leaves(
                () -> exchange.get("Patient?" + refused, caller),
                new Row("search-type", "Patient", null, List.of(), refused, "TREAT", 403));
        leaves(
                () -> exchange.get("Patient/_history", caller),
                new Row("history-type", "Patient", null, List.of(), null, "TREAT", 403));
        leaves(
                () -> exchange.get("Patient?birthdate=x", caller),
                new Row("search-type", "Patient", null, List.of(), "birthdate=x", "TREAT", 400));
        leaves(
                () -> exchange.post("Patient/$validate", exchange.json(aChild(unique("record"))), caller),
                new Row("$validate", "Patient", null, List.of(), null, "TREAT", 200));
    }

    @Test
    @DisplayName("Deliveries, their provenance and what was refused of them")
    void tellsOfWhatIsReadOfDeliveries() {
        Answer[] later = {null};
        List<Row> carriedOut = rowsOf(site.id(), () -> {
            later[0] = exchange.post(
                    "",
                    exchange.json(transaction(creating(aChild(unique("record"))))),
                    with(caller, "Prefer", "respond-async"));
            String address = later[0].hasStatus(202).header("Content-Location").orElseThrow();
            await().until(() -> exchange.get(address, caller).status() == 200);
            return address;
        });
        String status = later[0].header("Content-Location").orElseThrow();
        String child = exchange.get(status, caller).body().replaceFirst("(?s).*Patient/([^/]+)/_history.*", "$1");
        assertThat(carriedOut)
                .contains(new Row("transaction", null, null, List.of(), null, "TREAT", 202))
                // What it was for stands in the row of its acceptance.
                .contains(new Row("transaction", null, null, List.of(child), null, null, 200));
        leaves(
                () -> exchange.get(status, caller),
                new Row(
                        "$delivery-status",
                        null,
                        null,
                        List.of(child),
                        status.replaceFirst(".*\\?", ""),
                        "TREAT",
                        200));
        Answer[] found = {null};
        leaves(
                () -> found[0] = exchange.get("Provenance?target=Patient/" + child, caller),
                new Row("search-type", "Provenance", null, List.of(child), "target=Patient/" + child, "TREAT", 200));
        String provenance =
                found[0].entries().get(0).getResource().getIdElement().getIdPart();
        leaves(
                () -> exchange.get("Provenance/" + provenance, caller),
                new Row("read", "Provenance", provenance, List.of(child), null, "TREAT", 200));
        Answer[] refused = {null};
        leaves(
                () -> refused[0] = exchange.post(
                        "", exchange.json(transaction(creating(weightOf("Patient/" + unique("nobody"), "9")))), caller),
                new Row("transaction", null, null, List.of(), null, "TREAT", 422));
        String kept = refused[0].header("Keneya-Quarantine").orElseThrow().replaceFirst(".*[=/]", "");
        for (String operation : List.of("$quarantine-entry", "$quarantine-content")) {
            leaves(
                    () -> exchange.get(operation + "?id=" + kept, caller),
                    new Row(operation, null, null, List.of(), "id=" + kept, "TREAT", 200));
        }
        leaves(
                () -> exchange.get("$quarantine", caller),
                new Row("$quarantine", null, null, List.of(), null, "TREAT", 200));
    }

    @Test
    @DisplayName("An export is three rows at least: asked for, asked about, and one for each file that is fetched")
    void tellsOfExportsAndImports() {
        String asked = "_type=Patient";
        Answer[] last = {null};
        leaves(
                () -> last[0] = exchange.get("$export?" + asked, with(caller, "Prefer", "respond-async")),
                new Row("$export", null, null, List.of(), asked, "TREAT", 202));
        String status = last[0].header("Content-Location").orElseThrow();
        await().atMost(Duration.ofMinutes(1)).until(() -> (last[0] = exchange.get(status, caller)).status() == 200);
        leaves(
                () -> last[0] = exchange.get(status, caller),
                new Row("$export-poll-status", null, null, List.of(), status.replaceFirst(".*\\?", ""), "TREAT", 200));
        JsonNode manifest = TestSystem.read(last[0]);
        String file = manifest.path("output").path(0).path("url").asText();
        leaves(
                () -> last[0] = exchange.get(file, caller),
                // Whose records a file holds is told by what the export was asked for (docs/audit.md).
                new Row("$export-file", null, null, List.of(), file.replaceFirst(".*\\?", ""), "TREAT", 200));
        assertThat(last[0].body()).contains(patient);
        List<Row> imported = rowsOf(
                site.id(),
                () -> send("POST", "$import", "application/fhir+ndjson", exchange.json(aChild(unique("record")))));
        // The lines are deliveries of their own, each with its row.
        assertThat(imported).last().isEqualTo(new Row("$import", null, null, List.of(), null, "TREAT", 200));
        assertThat(imported).anySatisfy(row -> {
            assertThat(row.interaction()).isEqualTo("transaction");
            assertThat(row.patients()).hasSize(1);
        });
    }

    @Test
    void tellsOfRowsAndReports() {
        TestSystem district = TestSystem.withRole(exchange, "area");
        String[] officer = district.withAll();
        for (String path : List.of(
                "ViewDefinition/patient/$sql-run?_limit=1",
                "$viewdefinition-run?viewReference=ViewDefinition/patient&_limit=1",
                "Measure/$line-list?week=1975-W02",
                "Measure/$incomplete-cases?week=1975-W02",
                "Measure/$defaulters?on=1975-01-06",
                "Measure/$idsr-weekly?week=1975-W02")) {
            String[] parts = path.split("[?]");
            String[] steps = parts[0].split("/");
            String type = steps.length == 1 ? null : steps[0];
            String id = steps.length == 3 ? steps[1] : null;
            // Whose they are, where a list names people, is asked in ReportsOfAreasIT and DefaultersIT.
            assertThat(rowsOf(district.id(), () -> exchange.get(path, officer).hasStatus(200)))
                    .containsExactly(new Row(steps[steps.length - 1], type, id, List.of(), parts[1], null, 200));
        }
    }

    @Test
    void tellsWhoReadTheTrace() {
        TestSystem auditor = TestSystem.withRole(exchange, "auditor");
        String[] reads = auditor.with("system/AuditEvent.rs");
        Answer[] found = {null};
        assertThat(rowsOf(
                        auditor.id(),
                        () -> found[0] = exchange.get("AuditEvent?patient=" + patient + "&_count=1", reads)))
                .containsExactly(new Row(
                        "search-type", "AuditEvent", null, List.of(), "patient=" + patient + "&_count=1", null, 200));
        String event = found[0].entries().get(0).getResource().getIdElement().getIdPart();
        assertThat(rowsOf(auditor.id(), () -> exchange.get("AuditEvent/" + event, reads)))
                .containsExactly(new Row("read", "AuditEvent", event, List.of(), null, null, 200));
        assertThat(rowsOf(
                        auditor.id(),
                        () -> exchange.post(
                                "AuditEvent/$verify",
                                "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"chain\",\"valueInteger\":"
                                        + event.replaceFirst("\\..*", "") + "}]}",
                                reads)))
                .containsExactly(new Row("$verify", "AuditEvent", null, List.of(), null, null, 200));
    }

    private void leaves(Supplier<Answer> access, Row row) {
        assertThat(rowsOf(site.id(), access)).containsExactly(row);
    }

    /** The rows that an access leaves of this client. */
    private List<Row> rowsOf(String client, Supplier<?> access) {
        int before = rows(client).size();
        assertThat(access.get()).isNotNull();
        List<Row> after = rows(client);
        return after.subList(before, after.size());
    }

    /** Of the one person whom all is about. */
    private Row row(String interaction, @Nullable String type, @Nullable String id, @Nullable String query) {
        return new Row(interaction, type, id, List.of(patient), query, "TREAT", 200);
    }

    private List<Row> rows(String client) {
        return jdbc.sql("""
                        select interaction, resource_type, resource_id, patients, query, purpose, status
                        from keneya.trace where client = :client and interaction <> 'token' order by chain, position
                        """)
                .param("client", client)
                .query((row, each) -> {
                    Array patients = row.getArray(4);
                    return new Row(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            Arrays.asList((String[]) patients.getArray()),
                            row.getString(5),
                            row.getString(6),
                            row.getInt(7));
                })
                .list();
    }

    private Answer send(String method, String path, String type, String body) {
        return exchange.send(
                method,
                path,
                type.isEmpty() ? "application/fhir+json" : type,
                body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body),
                caller);
    }

    private static String[] with(String[] headers, String... more) {
        return Stream.concat(Arrays.stream(headers), Arrays.stream(more)).toArray(String[]::new);
    }

    private static String idOf(Answer created) {
        return created.hasStatus(201).header("Location").orElseThrow().replaceFirst("^.*/([^/]+)/_history/.*", "$1");
    }
}
