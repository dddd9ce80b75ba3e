package ml.keneya.export;

import static ml.keneya.export.ExportClient.ASYNC;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.zip.GZIPInputStream;
import ml.keneya.export.ExportClient.Export;
import ml.keneya.store.RecordWriter;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Group.GroupType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@KeneyaIntegrationTest
class ExportIT {

    @Autowired
    Exchange exchange;

    @Autowired
    RecordWriter writer;

    @Autowired
    JdbcClient jdbc;

    ExportClient client;

    @BeforeEach
    void speak() {
        client = new ExportClient(exchange);
    }

    @Test
    void handsRecordsOnAsAReadShowsThem() {
        String child = write(aChild(unique("record")));
        String weight = write(weightOf("Patient/" + child, "7.10"));

        Export export = client.export("$export?_type=Patient,Observation");

        assertThat(export.record("Patient", child)).hasValue(read("Patient/" + child));
        assertThat(export.record("Observation", weight)).hasValue(read("Observation/" + weight));
        assertThat(export.lines("Observation")).anyMatch(line -> line.contains(weight) && line.contains("7.10"));
    }

    @Test
    void namesInTheManifestWhatClientsNeed() {
        write(aChild(unique("record")));
        String query = "$export?_type=Patient";

        Export export = client.export(query);

        JsonNode manifest = export.manifest();
        assertThat(manifest.path("request").asText()).isEqualTo(exchange.base() + "/" + query);
        assertThat(manifest.path("requiresAccessToken").isBoolean()).isTrue();
        assertThat(manifest.path("requiresAccessToken").asBoolean()).isFalse();
        assertThat(manifest.path("error").isArray()).isTrue();
        assertThat(export.transactionTime()).endsWith("+00:00");
        assertThat(export.lines("Patient"))
                .hasSize((int) export.count("Patient"))
                .isNotEmpty();
        assertThat(export.lines("Patient"))
                .allSatisfy(
                        line -> assertThat(exchange.context().newJsonParser().parseResource(line))
                                .isInstanceOf(Patient.class));
        assertThat(exchange.get(export.urls("output", "Patient").get(0)).header("Content-Type"))
                .contains("application/fhir+ndjson");
        assertThat(exchange.get(export.status()).header("Expires")).isPresent();
    }

    @Test
    void isAMomentWhateverIsWrittenBeforeTheFilesAreFetched() {
        String corrected = write(aChild(unique("record")));
        String deleted = write(aChild(unique("record")));

        Export export = client.export("$export?_type=Patient");
        rename(corrected, "Aminata");
        exchange.delete("Patient/" + deleted).hasStatus(200);
        String later = write(aChild(unique("record")));

        assertThat(export.record("Patient", corrected)).hasValueSatisfying(record -> {
            assertThat(record.path("meta").path("versionId").asText()).isEqualTo("1");
            assertThat(record.toString()).contains("Awa").doesNotContain("Aminata");
        });
        assertThat(export.ids("Patient"))
                .contains(deleted)
                .doesNotContain(later)
                .hasSize((int) export.count("Patient"));
    }

    @Test
    void bringsTheSameBytesHoweverOftenTheyAreFetched() throws Exception {
        String child = write(aChild(unique("record")));
        Export export = client.export("$export?_type=Patient");
        String url = export.urls("output", "Patient").get(0);
        byte[] before = bytes(url);

        rename(child, "Aminata");
        write(aChild(unique("record")));

        assertThat(bytes(url)).isEqualTo(before);
        assertThat(bytes(url, "Accept-Encoding", "gzip"))
                .hasSizeLessThan(before.length)
                .satisfies(zipped -> assertThat(new GZIPInputStream(new ByteArrayInputStream(zipped)).readAllBytes())
                        .isEqualTo(before));
    }

    @Test
    void bringsSinceTheLastOneWhatWasWrittenAndWhatWasDeleted() {
        String old = write(aChild(unique("record")));
        String corrected = write(aChild(unique("record")));
        String deleted = write(aChild(unique("record")));
        Export first = client.export("$export?_type=Patient");

        rename(corrected, "Aminata");
        exchange.delete("Patient/" + deleted).hasStatus(200);
        String created = write(aChild(unique("record")));
        Export next = client.export("$export?_type=Patient&_since=" + encoded(first.transactionTime()));

        assertThat(first.deleted()).isEmpty();
        assertThat(next.ids("Patient"))
                .contains(corrected, created)
                .doesNotContain(old, deleted)
                .doesNotHaveDuplicates();
        assertThat(next.deleted()).contains("Patient/" + deleted).doesNotContain("Patient/" + old);
    }

    @Test
    void roundsAnInstantThatNobodyNamedDownSoThatNothingIsMissed() {
        Export first = client.export("$export?_type=Patient");
        Instant between =
                OffsetDateTime.parse(first.transactionTime()).toInstant().plusMillis(1);
        String after = write(aChild(unique("record")));
        // Rounded up to this one, the instant would lie after the record.
        client.export("$export?_type=Patient");

        Export next = client.export("$export?_type=Patient&_since=" + encoded(between.toString()));

        assertThat(next.ids("Patient")).contains(after);
    }

    @Test
    void endsBeforeUntil() {
        Export first = client.export("$export?_type=Patient");
        String later = write(aChild(unique("record")));

        Export until = client.export("$export?_type=Patient&_until=" + encoded(first.transactionTime()));

        assertThat(until.transactionTime()).isEqualTo(first.transactionTime());
        assertThat(until.ids("Patient")).doesNotContain(later).containsExactlyElementsOf(first.ids("Patient"));
    }

    @Test
    void keepsToThePeopleThatAreNamed() {
        String wanted = write(aChild(unique("record")));
        String other = write(aChild(unique("record")));
        String weight = write(weightOf("Patient/" + wanted, "7.1"));
        String moved = write(weightOf("Patient/" + wanted, "7.2"));
        String others = write(weightOf("Patient/" + other, "8.1"));
        Parameters parameters = new Parameters();
        parameters.addParameter().setName("patient").setValue(new Reference("Patient/" + wanted));
        parameters.addParameter().setName("_type").setValue(new StringType("Patient,Observation"));

        Answer answer = exchange.post("Patient/$export", exchange.json(parameters), ASYNC)
                .hasStatus(202);
        // The index of references knows only where it points now.
        Observation corrected = weightOf("Patient/" + other, "7.2");
        corrected.setId(moved);
        writer.write(corrected);
        Export export = client.whenReady(answer.header("Content-Location").orElseThrow());

        assertThat(export.ids("Patient")).containsExactly(wanted);
        assertThat(export.ids("Observation"))
                .containsExactlyInAnyOrder(weight, moved)
                .doesNotContain(others);
    }

    @Test
    void holdsAtPatientLevelWhatBelongsToPeopleAndNothingElse() {
        String child = write(aChild(unique("record")));
        String weight = write(weightOf("Patient/" + child, "7.1"));
        Group group = groupOf(child);
        write(group);

        Export export = client.export("Patient/$export");

        assertThat(export.ids("Patient")).contains(child);
        assertThat(export.ids("Observation")).contains(weight);
        assertThat(export.urls("output", "Group")).isEmpty();
        assertThat(export.urls("output", "StructureDefinition")).isEmpty();
    }

    @Test
    void keepsToTheMembersOfTheGroup() {
        String member = write(aChild(unique("record")));
        String inactive = write(aChild(unique("record")));
        String stranger = write(aChild(unique("record")));
        String weight = write(weightOf("Patient/" + member, "7.1"));
        write(weightOf("Patient/" + stranger, "8.1"));
        Group group = groupOf(member);
        group.addMember().setInactive(true).getEntity().setReference("Patient/" + inactive);
        String id = write(group);

        Export export = client.export("Group/" + id + "/$export");

        assertThat(export.ids("Patient")).containsExactly(member);
        assertThat(export.ids("Observation")).containsExactly(weight);
        exchange.get("Group/" + unique("nobody") + "/$export", ASYNC).isRefused(404, "ML-FHIR-004");
    }

    @Test
    void tellsOfDeletionsOnlyOfThePeopleThatAreNamed() {
        String member = write(aChild(unique("record")));
        String stranger = write(aChild(unique("record")));
        String mine = write(weightOf("Patient/" + member, "7.1"));
        String others = write(weightOf("Patient/" + stranger, "8.1"));
        String group = write(groupOf(member));
        Export first = client.export("Group/" + group + "/$export");

        exchange.delete("Observation/" + mine).hasStatus(200);
        exchange.delete("Observation/" + others).hasStatus(200);
        Export next = client.export("Group/" + group + "/$export?_since=" + encoded(first.transactionTime()));

        assertThat(next.deleted()).containsExactly("Observation/" + mine);
    }

    @Test
    void reducesRecordsToElementsAndKeepsWhatFhirRequires() {
        String child = write(aChild(unique("record")));
        String weight = write(weightOf("Patient/" + child, "7.10"));

        Export export = client.export("$export?_type=Patient,Observation&_elements=Observation.value,birthDate");

        JsonNode observation = export.record("Observation", weight).orElseThrow();
        assertThat(observation.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("resourceType", "id", "meta", "status", "code", "valueQuantity");
        assertThat(observation.path("meta").path("tag").findValuesAsText("code"))
                .contains("SUBSETTED");
        assertThat(observation.path("meta").path("versionId").asText()).isEqualTo("1");
        assertThat(export.lines("Observation")).anyMatch(line -> line.contains(weight) && line.contains("7.10"));
        assertThat(export.record("Patient", child).orElseThrow().fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("resourceType", "id", "meta", "birthDate");
    }

    @Test
    void isGoneOnceItIsCancelled() {
        write(aChild(unique("record")));
        Export export = client.export("$export?_type=Patient");
        String file = export.urls("output", "Patient").get(0);

        exchange.delete(export.status()).hasStatus(202);

        exchange.get(export.status()).isRefused(404, "ML-EXPORT-002");
        exchange.get(file).isRefused(404, "ML-EXPORT-002");
        exchange.delete(export.status()).isRefused(404, "ML-EXPORT-002");
    }

    @Test
    void isGoneOnceItsTimeIsOver() {
        Export export = client.export("$export?_type=Patient");

        jdbc.sql("update keneya.export_job set expires_at = now() where id::text = :id")
                .param("id", export.status().replaceAll(".*=", ""))
                .update();

        exchange.get(export.status()).isRefused(404, "ML-EXPORT-002");
    }

    @Test
    void belongsToWhoAskedForIt() {
        write(aChild(unique("record")));
        Export export = client.export("$export?_type=Patient");
        String[] somebodyElse = {"Keneya-Facility", unique("cscom")};

        exchange.get(export.status(), somebodyElse).isRefused(404, "ML-EXPORT-002");
        exchange.get(export.urls("output", "Patient").get(0), somebodyElse).isRefused(404, "ML-EXPORT-002");
        exchange.delete(export.status(), somebodyElse).isRefused(404, "ML-EXPORT-002");
        exchange.get(export.status()).hasStatus(200);
    }

    @Test
    void saysHowFarItIsWhileAnotherServerPreparesIt() {
        Export export = client.export("$export?_type=Patient,Observation");
        String id = export.status().replaceAll(".*=", "");
        jdbc.sql("delete from keneya.export_planned where job::text = :id and resource_type = 'Observation'")
                .param("id", id)
                .update();
        claim(id, "interval '1 minute'");

        Answer answer = exchange.get(export.status()).hasStatus(202);

        assertThat(answer.header("X-Progress")).contains("1 types sur 2");
        assertThat(answer.header("Retry-After")).isPresent();
        // Killed: its time is over, and whoever is asked goes on.
        claim(id, "interval '-1 second'");
        client.whenReady(export.status());
    }

    private void claim(String id, String until) {
        jdbc.sql("update keneya.export_job set ready = false, claimed_until = now() + " + until
                        + " where id::text = :id")
                .param("id", id)
                .update();
    }

    private String write(Resource resource) {
        return writer.write(resource).getIdPart();
    }

    private void rename(String id, String given) {
        Patient child = aChild(unique("record"));
        child.setId(id);
        child.getNameFirstRep().getGiven().get(0).setValue(given);
        writer.write(child);
    }

    private static Group groupOf(String... members) {
        Group group = new Group().setType(GroupType.PERSON).setActual(true);
        List.of(members).forEach(member -> group.addMember().getEntity().setReference("Patient/" + member));
        return group;
    }

    private JsonNode read(String address) {
        return ExportClient.json(exchange.get(address).hasStatus(200).body());
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String url, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.ofByteArray())
                .body();
    }
}
