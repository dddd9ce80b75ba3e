package ml.keneya.export.upload;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.TestSources;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** $import from a list of addresses. */
@KeneyaIntegrationTest
class ImportSourcesIT {

    @Autowired
    Exchange exchange;

    String facility;
    ImportClient client;

    @BeforeEach
    void inventAFacility() {
        facility = unique("cscom");
        client = new ImportClient(exchange, facility);
    }

    @Test
    void importsTheFilesInTheirOrderAndSaysWhatBecameOfEachLine() {
        String child = unique("child");
        String weight = unique("weight");
        String people = TestSources.serve(unique("people"), client.line(ImportClient.child(child)) + "\n\nnonsense\n");
        String weights = TestSources.serve(unique("weights"), client.line(weight(weight, child)));

        Parameters summary = client.whenDone(client.begin(people, weights));

        assertThat(ImportClient.count(summary, "lines")).isEqualTo(3);
        assertThat(ImportClient.count(summary, "accepted")).isEqualTo(2);
        assertThat(ImportClient.count(summary, "refused")).isEqualTo(1);
        assertThat(rejects(summary)).hasSize(1);
        ParametersParameterComponent reject = rejects(summary).get(0);
        assertThat(part(reject, "source").getValue().primitiveValue()).isEqualTo(people);
        assertThat(part(reject, "line").getValue().primitiveValue()).isEqualTo("3");
        assertThat(part(reject, "outcome").getResource()).isInstanceOf(OperationOutcome.class);
        String kept = part(reject, "quarantine").getValue().primitiveValue();
        exchange.get("$quarantine-entry?id=" + kept, "Keneya-Facility", facility)
                .hasStatus(200);
        exchange.get("Observation/" + weight).hasStatus(200);
        assertThat(exchange.get("Provenance?target=Patient/" + child).entries())
                .as("the receipt of a delivery like any other")
                .anySatisfy(entry -> assertThat(exchange.json((Provenance) entry.getResource()))
                        .contains(facility));
    }

    @Test
    void showsTheSourceNothingOfWhoAsked() {
        String name = unique("people");

        client.whenDone(client.begin(TestSources.serve(name, client.line(ImportClient.child(unique("child"))))));

        assertThat(TestSources.requestsOf("/files/" + name)).hasSize(1).allSatisfy(request -> {
            assertThat(request.getRequestMethod()).isEqualTo("GET");
            assertThat(request.getRequestHeaders().keySet())
                    .doesNotContain("Authorization", "Cookie", "Keneya-Facility");
        });
    }

    @Test
    void inflatesWhatComesCompressed() throws Exception {
        String child = unique("child");
        byte[] zipped = zipped(client.line(ImportClient.child(child)));

        String source = TestSources.serve(unique("people"), request -> {
            request.getResponseHeaders().set("Content-Encoding", "gzip");
            request.sendResponseHeaders(200, zipped.length);
            request.getResponseBody().write(zipped);
        });

        assertThat(ImportClient.count(client.whenDone(client.begin(source)), "accepted"))
                .isEqualTo(1);
        exchange.get("Patient/" + child).hasStatus(200);
    }

    @Test
    void inflatesAFileThatIsServedAsCompressed() throws Exception {
        String child = unique("child");
        byte[] zipped = zipped(client.line(ImportClient.child(child)));

        String source = TestSources.serve(unique("people"), request -> {
            request.getResponseHeaders().set("Content-Type", "application/gzip");
            request.sendResponseHeaders(200, zipped.length);
            request.getResponseBody().write(zipped);
        });

        assertThat(ImportClient.count(client.whenDone(client.begin(source)), "accepted"))
                .isEqualTo(1);
        exchange.get("Patient/" + child).hasStatus(200);
    }

    /** For example of the page that a gate before the network shows to everybody. */
    @ParameterizedTest
    @CsvSource({
        "Content-Type, text/html; charset=utf-8, Content-Type text/html",
        "Content-Type, application/fhir+xml, Content-Type application/fhir+xml",
        "Content-Encoding, br, Content-Encoding br"
    })
    void readsNothingThatIsNoFileOfLines(String header, String value, String why) {
        String child = unique("child");

        String source = TestSources.serve(unique("people"), client.line(ImportClient.child(child)), header, value);

        client.untilSettled(client.begin(source))
                .isRefused(422, "ML-IMPORT-005")
                .says(why);
        exchange.get("Patient/" + child).hasStatus(404);
        assertThat(exchange.get("$quarantine?facility=" + facility).entries()).isEmpty();
    }

    @Test
    void saysWhyAFileCannotBeRead() {
        client.untilSettled(client.begin(TestSources.allowed() + unique("nothing")))
                .isRefused(422, "ML-IMPORT-005")
                .says("HTTP 404");
    }

    @Test
    void belongsToWhoAskedForIt() {
        String status =
                client.begin(TestSources.serve(unique("people"), client.line(ImportClient.child(unique("child")))));

        exchange.get(status, "Keneya-Facility", unique("cscom")).isRefused(404, "ML-IMPORT-004");
        exchange.delete(status, "Keneya-Facility", unique("cscom")).isRefused(404, "ML-IMPORT-004");
        client.whenDone(status);
    }

    @Test
    void refusesWhatItDoesNotUnderstand() {
        String source = TestSources.serve(unique("people"), "");
        exchange.post("$import", exchange.json(ImportClient.request(source))).isRefused(400, "ML-IMPORT-003");
        client.ask(new Parameters()).isRefused(400, "ML-FHIR-041");
        Parameters spreadsheet = ImportClient.request(source);
        spreadsheet.addParameter("inputFormat", "text/csv");
        client.ask(spreadsheet).isRefused(400, "ML-FHIR-040");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:{port}/other/people.ndjson",
                "http://127.0.0.1:{port}/files/../other/people.ndjson",
                "http://127.0.0.1:{port}/files/%2e%2e/other/people.ndjson",
                "http://127.0.0.1:{port}/files//../../other/people.ndjson",
                "http://127.0.0.1:{port}/files/..;/other/people.ndjson",
                "http://127.0.0.1:{port}/files/people.ndjson;a=b",
                "http://127.0.0.1:{port}/files/..%3b/other/people.ndjson",
                "http://127.0.0.1:{port}/files/%252e%252e/other/people.ndjson",
                "http://127.0.0.1:{port}/files/..%2Fother/people.ndjson",
                "http://127.0.0.1:{port}/files/..%5Cother/people.ndjson",
                "http://127.0.0.1:{port}/files/..\\other/people.ndjson",
                "http://127.0.0.1:{port}/filesother/people.ndjson",
                "http://127.0.0.1:{port}@127.0.0.1:{port}/files/people.ndjson",
                "http://somebody@127.0.0.1:{port}/files/people.ndjson",
                "http://127.0.0.1/files/people.ndjson",
                "http://localhost:{port}/files/people.ndjson",
                "http://[::ffff:127.0.0.1]:{port}/files/people.ndjson",
                "http://2130706433:{port}/files/people.ndjson",
                "https://127.0.0.1:{port}/files/people.ndjson",
                "http://169.254.169.254/latest/meta-data/",
                "file:///etc/passwd",
                "ftp://127.0.0.1:{port}/files/people.ndjson",
                "//127.0.0.1:{port}/files/people.ndjson",
                "people.ndjson"
            })
    @DisplayName("O1: an address that the operator did not allow is not called")
    void o1_callsNoAddressOfAClientsChoice(String address) {
        String asked = address.replace("{port}", String.valueOf(TestSources.port()));
        int before = TestSources.requestsOf("/other").size();

        client.ask(ImportClient.request(asked)).isRefused(403, "ML-IMPORT-002");

        assertThat(TestSources.requestsOf("/other")).hasSize(before);
    }

    @Test
    @DisplayName("O1: a source that leads elsewhere is not followed")
    void o1_followsNoRedirection() {
        String elsewhere = "/elsewhere/" + unique("people");
        String source = TestSources.serve(unique("people"), request -> {
            request.getResponseHeaders().set("Location", TestSources.origin() + elsewhere);
            request.sendResponseHeaders(302, -1);
        });

        client.untilSettled(client.begin(source))
                .isRefused(422, "ML-IMPORT-005")
                .says("HTTP 302");

        assertThat(TestSources.requestsOf(elsewhere)).isEmpty();
    }

    private static byte[] zipped(String lines) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(lines.getBytes(StandardCharsets.UTF_8));
        }
        return zipped.toByteArray();
    }

    private static Resource weight(String id, String child) {
        Resource weight = weightOf("Patient/" + child, "7.10");
        weight.setId(id);
        return weight;
    }

    private static List<ParametersParameterComponent> rejects(Parameters summary) {
        return summary.getParameter().stream()
                .filter(parameter -> parameter.getName().equals("reject"))
                .toList();
    }

    private static ParametersParameterComponent part(ParametersParameterComponent reject, String name) {
        return reject.getPart().stream()
                .filter(part -> part.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
