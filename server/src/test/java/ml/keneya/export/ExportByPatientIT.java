package ml.keneya.export;

import static ml.keneya.export.ExportClient.ASYNC;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import ml.keneya.export.ExportClient.Export;
import ml.keneya.store.RecordWriter;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Group.GroupType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Files that are organised by patient (Bulk Data Access 3.0, organizeOutputBy). */
@KeneyaIntegrationTest
class ExportByPatientIT {

    private static final String BY_PATIENT = "/$export?_type=Observation,Patient&organizeOutputBy=Patient";

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
    void beginsEachBlockWithItsPatientAndKeepsItTogether() {
        String awa = write(aChild(unique("record")));
        String issa = write(aChild(unique("record")));
        String ofIssa = write(weightOf("Patient/" + issa, "8.1"));
        String ofAwa = write(weightOf("Patient/" + awa, "7.10"));
        String stranger = write(aChild(unique("record")));
        write(weightOf("Patient/" + stranger, "9.1"));

        Export export = client.export("Group/" + groupOf(awa, issa) + BY_PATIENT);

        JsonNode manifest = export.manifest();
        assertThat(manifest.path("outputOrganizedBy").asText()).isEqualTo("Patient");
        assertThat(manifest.path("output")).hasSize(1);
        assertThat(manifest.path("output").get(0).has("type")).isFalse();
        assertThat(manifest.path("output").get(0).path("count").asInt()).isEqualTo(6);
        List<String> ofFirst = List.of("> " + awa, "Patient/" + awa, "Observation/" + ofAwa);
        List<String> ofSecond = List.of("> " + issa, "Patient/" + issa, "Observation/" + ofIssa);
        List<String> expected = new ArrayList<>(awa.compareTo(issa) < 0 ? ofFirst : ofSecond);
        expected.addAll(awa.compareTo(issa) < 0 ? ofSecond : ofFirst);
        assertThat(addresses(export)).isEqualTo(expected);
        assertThat(lines(export)).anyMatch(line -> line.contains(ofAwa) && line.contains("7.10"));
    }

    @Test
    void isTheMomentOfTheKickOff() {
        String child = write(aChild(unique("record")));
        String corrected = write(weightOf("Patient/" + child, "7.10"));
        String deleted = write(weightOf("Patient/" + child, "7.20"));
        String group = groupOf(child);

        String status = client.begin("Group/" + group + BY_PATIENT);
        correct(corrected, child, "17.10");
        exchange.delete("Observation/" + deleted).hasStatus(200);
        String later = write(weightOf("Patient/" + child, "7.30"));
        Export export = client.whenReady(status);
        List<String> before = lines(export);
        correct(corrected, child, "27.10");

        assertThat(addresses(export))
                .containsExactly("> " + child, "Patient/" + child, "Observation/" + corrected, "Observation/" + deleted)
                .doesNotContain("Observation/" + later);
        assertThat(before).anyMatch(line -> line.contains("7.10") && !line.contains("17.10"));
        assertThat(lines(export)).isEqualTo(before);
    }

    @Test
    void putsARecordAboutTwoInTheBlocksOfBoth() {
        String mother = write(aChild(unique("record")));
        String child = write(aChild(unique("record")));
        Observation told = weightOf("Patient/" + child, "7.1");
        told.addPerformer().setReference("Patient/" + mother);
        String weight = write(told);

        Export both = client.export("Group/" + groupOf(mother, child) + BY_PATIENT);
        Export one = client.export("Group/" + groupOf(mother) + BY_PATIENT);

        assertThat(addresses(both))
                .containsOnlyOnce("> " + mother, "> " + child)
                .filteredOn(("Observation/" + weight)::equals)
                .hasSize(2);
        assertThat(addresses(one)).containsExactly("> " + mother, "Patient/" + mother, "Observation/" + weight);
    }

    @Test
    void headsWithThePatientWhoHasNotChangedWhatHasChangedSince() {
        String child = write(aChild(unique("record")));
        String old = write(weightOf("Patient/" + child, "7.1"));
        String gone = write(weightOf("Patient/" + child, "7.2"));
        String group = groupOf(child);
        Export first = client.export("Group/" + group + BY_PATIENT);

        String next = write(weightOf("Patient/" + child, "7.3"));
        exchange.delete("Observation/" + gone).hasStatus(200);
        Export since = client.export("Group/" + group + BY_PATIENT + "&_since=" + encoded(first.transactionTime()));

        assertThat(addresses(since))
                .containsExactly("> " + child, "Patient/" + child, "Observation/" + next)
                .doesNotContain("Observation/" + old);
        assertThat(since.manifest().path("deleted")).hasSize(1);
        String deletions = since.fetch()
                .apply(since.manifest().path("deleted").get(0).path("url").asText());
        assertThat(deletions).contains("Observation/" + gone);
    }

    @Test
    void leavesThePatientOutWhoIsNotWanted() {
        String child = write(aChild(unique("record")));
        String weight = write(weightOf("Patient/" + child, "7.1"));

        Export export =
                client.export("Group/" + groupOf(child) + "/$export?_type=Observation&organizeOutputBy=Patient");

        assertThat(addresses(export)).containsExactly("> " + child, "Observation/" + weight);
    }

    @Test
    void saysHowManyRecordsBelongToNobody() {
        String child = write(aChild(unique("record")));
        Observation ofNobody = weightOf("Patient/" + child, "7.1");
        ofNobody.getSubject().setReference("Group/" + groupOf(child));
        String weight = write(ofNobody);

        Export export = client.export("$export?_type=Observation&organizeOutputBy=Patient");

        assertThat(export.manifest().path("outputOrganizedByDetail").asText()).matches(".*in no file: [1-9]\\d*\\.");
        assertThat(addresses(export)).isNotEmpty().doesNotContain("Observation/" + weight);
    }

    @Test
    void cutsFilesBetweenBlocksOnly() {
        List<String> children = new ArrayList<>();
        for (int number = 0; number < 5; number++) {
            String child = write(aChild(unique("record")));
            write(weightOf("Patient/" + child, "7." + number));
            children.add(child);
        }
        Export export = client.export("Group/" + groupOf(children.toArray(String[]::new)) + BY_PATIENT);
        List<String> whole = lines(export);
        UUID job = jobOf(export);

        forgetFiles(job);
        new ExportMembers(jdbc, new ExportSettings(Duration.ofHours(1), 5, List.of(), Duration.ofHours(1))).cut(job);
        Export smaller = client.whenReady(export.status());

        // Where a block begins decides: lines 0 and 3 lie in the first five, 6 and 9 in the second, 12 in the third.
        assertThat(smaller.manifest().path("output"))
                .extracting(file -> file.path("count").asInt())
                .containsExactly(6, 6, 3);
        assertThat(lines(smaller)).isEqualTo(whole);
        smaller.manifest()
                .path("output")
                .forEach(file -> assertThat(
                                smaller.fetch().apply(file.path("url").asText()))
                        .startsWith("{\"resourceType\":\"Parameters\""));
    }

    @Test
    void goesOnWhereAServerWasKilledWhilePlanning() {
        String child = write(aChild(unique("record")));
        write(weightOf("Patient/" + child, "7.1"));
        Export export = client.export("Group/" + groupOf(child) + BY_PATIENT);
        List<String> whole = lines(export);
        UUID job = jobOf(export);

        // As a copy leaves it that has noted all records of a type, and has not lived to say so.
        forgetFiles(job);
        jdbc.sql("delete from keneya.export_planned where job = :job and resource_type = 'Patient'")
                .param("job", job)
                .update();
        jdbc.sql("update keneya.export_job set ready = false where id = :job")
                .param("job", job)
                .update();
        Export again = client.whenReady(export.status());

        assertThat(lines(again)).isEqualTo(whole);
    }

    @Test
    void refusesWhatItCannotOrganise() {
        exchange.get("$export?_type=Patient&organizeOutputBy=Observation", ASYNC)
                .isRefused(400, "ML-EXPORT-010")
                .says("organizeOutputBy=Patient");
        exchange.get("$export?_type=Organization&organizeOutputBy=Patient", ASYNC)
                .isRefused(400, "ML-EXPORT-006");
        OperationOutcome outcome = exchange.get(
                        "$export?_type=Patient&organizeOutputBy=Observation",
                        "Prefer",
                        "respond-async, handling=lenient")
                .hasStatus(202)
                .as(OperationOutcome.class);
        assertThat(outcome.getIssueFirstRep().getDiagnostics()).contains("organizeOutputBy=Observation", "ignoré");
    }

    private void forgetFiles(UUID job) {
        jdbc.sql("delete from keneya.export_part where job = :job")
                .param("job", job)
                .update();
        jdbc.sql("delete from keneya.export_planned where job = :job and resource_type = '*'")
                .param("job", job)
                .update();
    }

    private static UUID jobOf(Export export) {
        return UUID.fromString(export.status().replaceAll(".*=", ""));
    }

    private static List<String> lines(Export export) {
        return StreamSupport.stream(export.manifest().path("output").spliterator(), false)
                .flatMap(file -> export.fetch().apply(file.path("url").asText()).lines())
                .toList();
    }

    /** What stands in each line; a header with whom it names. */
    private static List<String> addresses(Export export) {
        return lines(export).stream()
                .map(ExportClient::json)
                .map(record -> record.path("resourceType").asText().equals("Parameters")
                        ? record.at("/parameter/0/valueReference/reference")
                                .asText()
                                .replace("Patient/", "> ")
                        : record.path("resourceType").asText()
                                + "/"
                                + record.path("id").asText())
                .toList();
    }

    private void correct(String weight, String child, String kilograms) {
        Observation corrected = weightOf("Patient/" + child, kilograms);
        corrected.setId(weight);
        writer.write(corrected);
    }

    private String groupOf(String... members) {
        Group group = new Group().setType(GroupType.PERSON).setActual(true);
        List.of(members).forEach(member -> group.addMember().getEntity().setReference("Patient/" + member));
        return write(group);
    }

    private String write(Resource resource) {
        return writer.write(resource).getIdPart();
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
