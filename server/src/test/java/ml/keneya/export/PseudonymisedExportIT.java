package ml.keneya.export;

import static ml.keneya.export.ExportClient.asynchronously;
import static ml.keneya.export.ExportClient.json;
import static ml.keneya.export.ExportedSite.id;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import ml.keneya.export.ExportClient.Export;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the agency's warehouse gets, with a token of SMART Backend Services as it has one. */
@KeneyaIntegrationTest
class PseudonymisedExportIT {

    private static final String OURS = "https://keneya.ml/fhir/";
    private static final String DIVISION = OURS + "CodeSystem/ml-administrative-division-2015";
    private static final String DISEASE = OURS + "CodeSystem/ml-notifiable-disease";
    private static final String QUERY = "$export?_type=Patient,Condition,Observation";

    /** Of letters, as a name is. */
    private final String canary = "Kanari" + UUID.randomUUID().toString().replaceAll("[^a-f]", "") + "nya";

    private final String phone = "7" + Math.abs(UUID.randomUUID().getMostSignificantBits() % 10_000_000_000L);

    @Autowired
    Exchange exchange;

    @Autowired
    JdbcClient jdbc;

    ExportedSite site;
    String[] warehouse;
    ExportClient client;

    @BeforeEach
    void letThemIn() {
        site = new ExportedSite(exchange);
        warehouse = TestSystem.withRole(exchange, "agency").with("system/*.rs");
        client = new ExportClient(exchange, warehouse);
    }

    @Test
    @DisplayName("Nothing that tells who somebody is stands in a file, a manifest or the log")
    void handsNothingOnThatTellsWhoSomebodyIs() {
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(logged);
        String child = id(site.created(aNamedChild("ML0201")));
        String sick = id(site.created(aCase(child, "measles", "2026-11-11")));
        String number = "k-" + canary.toLowerCase();
        site.created(putUnder(number, aNamedChild("ML0201")));

        Export export = client.export("$export");

        root.detachAppender(logged);
        List<String> texts = new ArrayList<>(List.of(export.manifest().toString(), export.status()));
        export.manifest()
                .path("output")
                .forEach(file -> texts.add(export.fetch().apply(file.path("url").asText())));
        assertThat(texts).hasSizeGreaterThan(3);
        assertThat(texts)
                .allSatisfy(text -> assertThat(text)
                        .doesNotContain(canary, canary.toLowerCase(), phone, "2025-06-17", child, sick)
                        .doesNotContainIgnoringCase("soninkoura"));
        assertThat(logged.list)
                .noneMatch(event -> event.getFormattedMessage().contains(canary)
                        || event.getFormattedMessage().contains(phone));
        String pseudonym = id(site.in(export, "Condition")
                .get(0)
                .path("subject")
                .path("reference")
                .asText());
        assertThat(export.record("Patient", pseudonym)).hasValueSatisfying(record -> {
            assertThat(record.path("birthDate").asText()).isEqualTo("2025-06");
            assertThat(record.path("meta").toString()).contains("PSEUDED");
            assertThat(record.path("address").toString()).contains("ML0201");
            assertThat(record.fieldNames())
                    .toIterable()
                    .isSubsetOf("resourceType", "id", "meta", "gender", "birthDate", "address", "active");
        });
        assertThat(site.in(export, "Condition"))
                .singleElement()
                .satisfies(record ->
                        assertThat(record.path("onsetDateTime").asText()).isEqualTo("2026-11-09"));
    }

    @Test
    @DisplayName("Pseudonyms lead from file to file, and to the rows of the pseudonymised schema")
    void joinsByPseudonyms() {
        String child = site.created(aNamedChild("ML0201"));
        site.created(aCase(id(child), "measles", "2026-11-11"));
        site.created(weightOf(child, "7.10"));

        Export export = client.export(QUERY);

        String pseudonym = site.in(export, "Condition")
                .get(0)
                .path("subject")
                .path("reference")
                .asText();
        assertThat(site.in(export, "Observation")
                        .get(0)
                        .path("subject")
                        .path("reference")
                        .asText())
                .isEqualTo(pseudonym);
        assertThat(export.lines("Observation"))
                .anyMatch(line -> line.contains(site.facility()) && line.contains("7.10"));
        assertThat(export.ids("Patient")).contains(id(pseudonym));
        assertThat(jdbc.sql("select id, patient_id from pseudonymised.condition where owner_facility = ?")
                        .param(site.facility())
                        .query()
                        .singleRow())
                .containsEntry(
                        "id", site.in(export, "Condition").get(0).path("id").asText())
                .containsEntry("patient_id", id(pseudonym));
    }

    @Test
    @DisplayName("Cases by week, cercle and disease are as many as in the records themselves")
    void countsAsTheRecordsThemselvesDo() {
        for (String cercle : List.of("ML0201", "ML0301")) {
            String child = id(site.created(aNamedChild(cercle)));
            for (String day : List.of("2026-11-08", "2026-11-09", "2026-11-15T22:00:00+00:00")) {
                site.created(aCase(child, "measles", day));
            }
            site.created(aCase(child, "cholera", "2026-11-12"));
        }

        Map<String, Long> pseudonymised = cases(client.export(QUERY));
        Map<String, Long> whole = cases(new ExportClient(exchange).export(QUERY));

        assertThat(pseudonymised)
                .isEqualTo(whole)
                .containsEntry("2026-11-09 ML0201 measles", 2L)
                .containsEntry("2026-11-02 ML0301 measles", 1L)
                .hasSize(6);
    }

    @Test
    void bringsTheSameBytesHoweverOftenTheyAreFetched() {
        site.created(aNamedChild("ML0201"));
        Export export = client.export("$export?_type=Patient");
        String url = export.urls("output", "Patient").get(0);

        String first = exchange.get(url, warehouse).hasStatus(200).body();

        assertThat(exchange.get(url, warehouse).body()).isEqualTo(first);
        assertThat(export.lines("Patient")).hasSize((int) export.count("Patient"));
    }

    @Test
    void leavesOfItTheElementsThatAreAskedFor() {
        site.created(aNamedChild("ML0201"));

        Export export = client.export("$export?_type=Patient&_elements=Patient.gender,Patient.name");

        assertThat(export.lines("Patient"))
                .isNotEmpty()
                .allSatisfy(line ->
                        assertThat(line).contains("SUBSETTED", "PSEUDED").doesNotContain("birthDate", canary));
    }

    @Test
    @DisplayName(
            "What bears a label is absent; labelled later, its copy is taken back; deleted, it goes by its pseudonym")
    void leavesOutWhatIsLabelledAndTellsOfWhatIsGone() {
        String child = site.created(aNamedChild("ML0201"));
        Condition labelled = aCase(id(child), "measles", "2026-11-11");
        labelled.getMeta().addSecurity(new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "PSY", null));
        site.created(labelled);
        Condition later = aCase(id(child), "measles", "2026-11-12");
        String laterId = site.created(later);
        String deleted = site.created(aCase(id(child), "cholera", "2026-11-12"));
        Export first = client.export(QUERY);

        later.setId(id(laterId));
        later.getMeta().addSecurity(new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "PSY", null));
        exchange.put(laterId, later, site.token()).hasStatus(200);
        exchange.delete(deleted, site.token()).hasStatus(200);
        Export next =
                client.export(QUERY + "&_since=" + URLEncoder.encode(first.transactionTime(), StandardCharsets.UTF_8));

        List<String> had = site.in(first, "Condition").stream()
                .map(record -> record.path("id").asText())
                .toList();
        assertThat(had).hasSize(2);
        assertThat(site.in(next, "Condition")).isEmpty();
        assertThat(next.deleted())
                .contains("Condition/" + had.get(0), "Condition/" + had.get(1))
                .noneMatch(address -> address.contains(id(deleted)) || address.contains(id(laterId)));
    }

    @Test
    @DisplayName("The manifest says of which types nothing is handed on")
    void saysWhatIsWithheld() {
        Export export = client.export("$export");

        JsonNode error = export.manifest().path("error").path(0);
        assertThat(error.path("type").asText()).isEqualTo("OperationOutcome");
        assertThat(export.fetch().apply(error.path("url").asText()))
                .contains("Practitioner", "DocumentReference", "QuestionnaireResponse")
                .doesNotContain("Observation ");
        assertThat(export.urls("output", "Practitioner")).isEmpty();
        exchange.get("$export?_type=Practitioner", asynchronously(warehouse)).isRefused(400, "ML-EXPORT-006");
    }

    @Test
    void choosesNobodyForWhoIsLenientToo() {
        String child = site.created(aNamedChild("ML0201"));
        String[] lenient = {warehouse[0], warehouse[1], "Prefer", "respond-async, handling=lenient"};

        Answer answer = exchange.get("Patient/$export?patient=" + child + "&_type=Patient", lenient)
                .hasStatus(202)
                .says("patient");
        Export export = client.whenReady(answer.header("Content-Location").orElseThrow());

        assertThat(export.count("Patient"))
                .isEqualTo(client.export("Patient/$export?_type=Patient").count("Patient"));
    }

    @Test
    @DisplayName("C1, as Inferno's bulk kit checks: nobody else has the files, and after DELETE nobody")
    void bindsFilesToWhoAsked() {
        site.created(aNamedChild("ML0201"));
        site.created(aNamedChild("ML0301"));
        Export export = client.export("$export?_type=Patient");
        String url = export.urls("output", "Patient").get(0);
        String[] another = TestSystem.withRole(exchange, "agency").with("system/*.rs");

        assertThat(export.manifest().path("requiresAccessToken").asBoolean()).isTrue();
        assertThat(export.lines("Patient"))
                .hasSizeGreaterThan(1)
                .hasSize((int) export.count("Patient"))
                .allSatisfy(
                        line -> assertThat(exchange.context().newJsonParser().parseResource(line))
                                .isInstanceOf(Patient.class));
        assertThat(exchange.get(url, warehouse).header("Content-Type")).contains("application/fhir+ndjson");
        for (String address : List.of(url, export.status())) {
            exchange.get(address, another).isRefused(404, "ML-EXPORT-002");
            exchange.get(address, site.token()).isRefused(404, "ML-EXPORT-002");
            exchange.get(address).isRefused(404, "ML-EXPORT-002");
            assertThat(exchange.get(address, "X-Forwarded-For", "10.0.0.7").status())
                    .isEqualTo(401);
        }
        exchange.delete(export.status(), warehouse).hasStatus(202);
        exchange.get(export.status(), warehouse).isRefused(404, "ML-EXPORT-002");
        exchange.get(url, warehouse).isRefused(404, "ML-EXPORT-002");
    }

    private Patient aNamedChild(String cercle) {
        Patient child = aChild(canary + unique("record"));
        child.getNameFirstRep().setFamily(canary);
        child.setBirthDateElement(new DateType("2025-06-17"));
        child.addTelecom().setValue(phone).setSystem(ContactPointSystem.PHONE);
        Address home = child.addAddress().addLine(canary + ", Soninkoura").setCity(canary);
        home.addExtension(
                OURS + "StructureDefinition/ml-ext-cercle",
                new Coding().setSystem(DIVISION).setCode(cercle));
        home.addExtension(OURS + "StructureDefinition/ml-ext-village", new CodeableConcept().setText("Soninkoura"));
        return child;
    }

    private Condition aCase(String child, String disease, String onset) {
        Condition sick = new Condition();
        sick.setSubject(new Reference("Patient/" + child).setDisplay(canary));
        sick.getClinicalStatus()
                .addCoding()
                .setSystem("http://terminology.hl7.org/CodeSystem/condition-clinical")
                .setCode("active");
        sick.getCode()
                .setText("Fille de " + canary)
                .addCoding()
                .setSystem(DISEASE)
                .setCode(disease);
        sick.addNote().setText(canary + " " + phone);
        sick.setOnset(new DateTimeType(onset));
        return sick;
    }

    private static Resource putUnder(String id, Patient child) {
        child.setId(id);
        return child;
    }

    /** Week, cercle and disease of our cases, from an export of either form. */
    private Map<String, Long> cases(Export export) {
        Map<String, String> cercles = new HashMap<>();
        export.lines("Patient").forEach(line -> {
            JsonNode person = json(line);
            cercles.put(
                    "Patient/" + person.path("id").asText(),
                    StreamSupport.stream(
                                    person.path("address")
                                            .path(0)
                                            .path("extension")
                                            .spliterator(),
                                    false)
                            .filter(extension -> extension.path("url").asText().endsWith("ml-ext-cercle"))
                            .map(extension ->
                                    extension.path("valueCoding").path("code").asText())
                            .findFirst()
                            .orElse(""));
        });
        Map<String, Long> counts = new HashMap<>();
        for (JsonNode sick : site.in(export, "Condition")) {
            LocalDate onset =
                    LocalDate.parse(sick.path("onsetDateTime").asText().substring(0, 10));
            String key = onset.with(DayOfWeek.MONDAY) + " "
                    + cercles.get(sick.path("subject").path("reference").asText()) + " "
                    + sick.path("code").path("coding").path(0).path("code").asText();
            counts.merge(key, 1L, Long::sum);
        }
        return counts;
    }
}
