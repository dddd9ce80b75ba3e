package ml.keneya.export;

import static ml.keneya.export.ExportClient.ASYNC;
import static ml.keneya.export.ExportClient.json;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import ml.keneya.export.ExportClient.Export;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * What Inferno's bulk data kit checks, each step with a token of SMART Backend Services: of the system of a site, which
 * gets its own records as they are, or of the agency's, which gets all of them under pseudonyms.
 */
@KeneyaIntegrationTest
class BulkKitIT {

    private static final String QUERY = "$export?_type=Patient,Observation";

    /** A caller who does not sit at the machine. */
    private static final String[] REMOTE = {"X-Forwarded-For", "10.0.0.7"};

    @Autowired
    Exchange exchange;

    String[] clinic;
    String[] token;
    ExportClient client;

    @BeforeEach
    void letASiteInAndWriteTwoPatients() {
        TestSystem site = TestSystem.ofSite(exchange, unique("cscom"));
        clinic = site.withAll();
        token = site.with("system/*.rs");
        client = new ExportClient(exchange, token);
        write();
        write();
    }

    @ParameterizedTest
    @ValueSource(strings = {"$export", "Patient/$export", "Group/1/$export"})
    @DisplayName("C1: a kick-off without a token, or with one that is not good, is refused with 401")
    void refusesAKickOffWithoutAToken(String path) {
        isUnauthenticated(exchange.get(path, and(ASYNC, REMOTE)));
        isUnauthenticated(exchange.post(path, exchange.json(new Parameters()), and(ASYNC, REMOTE)));
        isUnauthenticated(exchange.get(path, and(ASYNC, "Authorization", "Bearer " + UUID.randomUUID())));
    }

    @Test
    @DisplayName("C1: a kick-off with a token is answered 202 and the whole address of its status")
    void answersAKickOffWithAnAddress() {
        Answer answer = exchange.get(QUERY, and(token, "Prefer", "respond-async", "Accept", "application/fhir+json"));

        assertThat(answer.hasStatus(202).header("Content-Location"))
                .hasValueSatisfying(address -> assertThat(address).startsWith(exchange.base() + "/"));
    }

    @Test
    @DisplayName("C1: status, files and the right to cancel are nobody's without the token")
    void refusesTheRestWithoutAToken() {
        Export export = client.export(QUERY);
        String file = export.urls("output", "Patient").get(0);

        assertThat(export.manifest().path("requiresAccessToken").asBoolean()).isTrue();
        for (String address : List.of(export.status(), file)) {
            isUnauthenticated(exchange.get(address, REMOTE));
        }
        isUnauthenticated(exchange.delete(export.status(), REMOTE));
        exchange.get(file, token).hasStatus(200);
    }

    @Test
    @DisplayName("C1: the manifest is JSON and has transactionTime, request, requiresAccessToken, output and error")
    void showsAWholeManifest() {
        Instant before = Instant.now();

        Export export = client.export(QUERY);

        JsonNode manifest = export.manifest();
        assertThat(manifest.path("request").asText()).isEqualTo(exchange.base() + "/" + QUERY);
        assertThat(OffsetDateTime.parse(export.transactionTime()).toInstant())
                .isBetween(before.minusMillis(1), Instant.now().plusMillis(1));
        assertThat(manifest.path("requiresAccessToken").isBoolean()).isTrue();
        assertThat(manifest.path("error").isArray()).isTrue();
        assertThat(manifest.path("output")).hasSize(2).allSatisfy(file -> {
            assertThat(file.path("type").asText()).isIn("Patient", "Observation");
            assertThat(file.path("url").asText()).startsWith(exchange.base() + "/");
            assertThat(file.path("count").asLong()).isEqualTo(2);
        });
    }

    @Test
    @DisplayName("C1: each file is NDJSON of its type, of at least two patients, and each line is valid")
    void bringsValidLines() {
        Export export = client.export(QUERY);

        assertThat(export.lines("Patient")).hasSizeGreaterThanOrEqualTo(2);
        for (String type : List.of("Patient", "Observation")) {
            for (String url : export.urls("output", type)) {
                assertThat(exchange.get(url, token).hasStatus(200).header("Content-Type"))
                        .hasValueSatisfying(format -> assertThat(format).matches("application/fhir\\+ndjson(;.*)?"));
            }
            assertThat(export.lines(type)).allSatisfy(line -> {
                assertThat(json(line).path("resourceType").asText()).isEqualTo(type);
                assertThat(exchange.post(type + "/$validate", line, clinic)
                                .as(OperationOutcome.class)
                                .getIssue())
                        .as(line)
                        .noneMatch(issue ->
                                Set.of(IssueSeverity.ERROR, IssueSeverity.FATAL).contains(issue.getSeverity()));
            });
        }
    }

    @Test
    @DisplayName("C1: for the agency too each line is of the type of its file, with a token alone")
    void bringsTheAgencyItsLines() {
        String[] warehouse = TestSystem.withRole(exchange, "agency").with("system/*.rs");
        ExportClient agency = new ExportClient(exchange, warehouse);

        Export export = agency.export(QUERY);

        assertThat(export.manifest().path("requiresAccessToken").asBoolean()).isTrue();
        assertThat(export.lines("Patient")).hasSizeGreaterThanOrEqualTo(2);
        for (String type : List.of("Patient", "Observation")) {
            assertThat(export.lines(type))
                    .hasSize((int) export.count(type))
                    .allSatisfy(line -> assertThat(((Resource)
                                            exchange.context().newJsonParser().parseResource(line))
                                    .fhirType())
                            .isEqualTo(type));
        }
        isUnauthenticated(exchange.get(export.urls("output", "Patient").get(0), REMOTE));
    }

    /** At once, when it need not even be prepared. */
    @Test
    @DisplayName("C1: an export that is cancelled is 404 with an OperationOutcome from then on")
    void forgetsWhatIsCancelled() {
        String status = client.begin(QUERY);

        exchange.delete(status, token).hasStatus(202);

        Answer gone = exchange.get(status, token).isRefused(404, "ML-EXPORT-002");
        assertThat(gone.header("Content-Type"))
                .hasValueSatisfying(format -> assertThat(format).startsWith("application/fhir+json"));
        exchange.delete(status, token).isRefused(404, "ML-EXPORT-002");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/fhir%2Bndjson", "application/ndjson", "ndjson"})
    @DisplayName("C1: _outputFormat by each of its names brings the same files")
    void knowsEachNameOfItsFormat(String format) {
        Export export = client.export(QUERY + "&_outputFormat=" + format);

        assertThat(exchange.get(export.urls("output", "Patient").get(0), token).header("Content-Type"))
                .hasValueSatisfying(given -> assertThat(given).startsWith("application/fhir+ndjson"));
        assertThat(export.ids("Patient")).hasSize(2);
    }

    @Test
    @DisplayName("C1: an unknown _outputFormat is refused with an OperationOutcome")
    void refusesOtherFormats() {
        exchange.get(QUERY + "&_outputFormat=text/csv", and(token, ASYNC)).isRefused(400, "ML-FHIR-040");
    }

    @Test
    @DisplayName("C1: _since brings what was written since, asked for by GET or by POST")
    void bringsWhatWasWrittenSince() {
        Export first = client.export(QUERY);
        List<String> before = first.ids("Observation");
        String later = write();

        Export byGet =
                client.export(QUERY + "&_since=" + URLEncoder.encode(first.transactionTime(), StandardCharsets.UTF_8));
        Parameters parameters = new Parameters();
        parameters.addParameter("_since", new InstantType(first.transactionTime()));
        parameters.addParameter("_type", new StringType("Observation"));
        parameters.addParameter("_elements", new StringType("Observation.value"));
        Export byPost = client.whenReady(exchange.post("$export", exchange.json(parameters), and(token, ASYNC))
                .hasStatus(202)
                .header("Content-Location")
                .orElseThrow());

        // A person whom a site has only just begun to treat may come twice.
        assertThat(byGet.ids("Patient")).contains(later);
        assertThat(byGet.ids("Observation")).hasSize(1).doesNotContainAnyElementsOf(before);
        assertThat(byPost.ids("Observation")).isEqualTo(byGet.ids("Observation"));
        assertThat(byPost.urls("output", "Patient")).isEmpty();
        assertThat(byPost.lines("Observation"))
                .allSatisfy(line -> assertThat(line).contains("SUBSETTED").doesNotContain("effective"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"respond-async", "respond-async, handling=strict"})
    @DisplayName("Prefer: handling says whether what is not supported is refused or left out and named")
    void heedsTheWishForStrictness(String prefer) {
        String unknown = QUERY + "&nonsense=1";

        exchange.get(unknown, and(token, "Prefer", prefer)).isRefused(400, "ML-EXPORT-005");
        exchange.get(unknown, and(token, "Prefer", "respond-async", "Prefer", "handling=lenient"))
                .hasStatus(202)
                .says("nonsense");
    }

    /** @return the id of the patient */
    private String write() {
        String child = id(exchange.create(aChild(unique("record")), clinic));
        id(exchange.create(weightOf("Patient/" + child, "7.10"), clinic));
        return child;
    }

    private static String id(Answer created) {
        return created.hasStatus(201)
                .header("Location")
                .orElseThrow()
                .replaceFirst("/_history/.*", "")
                .replaceFirst(".*/", "");
    }

    private void isUnauthenticated(Answer answer) {
        answer.hasStatus(401).as(OperationOutcome.class);
        assertThat(answer.header("WWW-Authenticate"))
                .hasValueSatisfying(how -> assertThat(how).startsWith("Bearer"));
    }

    private static String[] and(String[] headers, String... more) {
        return Stream.of(headers, more).flatMap(Stream::of).toArray(String[]::new);
    }
}
