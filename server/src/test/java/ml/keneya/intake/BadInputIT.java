package ml.keneya.intake;

import static ml.keneya.test.Exchange.FHIR_JSON;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.Records;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.Medication.MedicationStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What clinics send by mistake, or strangers on purpose: each is refused with a reason, and leaves nothing behind. */
@KeneyaIntegrationTest
class BadInputIT {

    private static final int MEGABYTE = 1024 * 1024;
    private static final String XML = "application/fhir+xml";

    @Autowired
    Exchange exchange;

    @Autowired
    JdbcClient jdbc;

    private final String facility = unique("cscom");
    private final String recordNumber = unique("record");

    @Test
    void refusesWhatIsNotJson() {
        assertRefused(post("Bonjour, voici la fiche de l'enfant."), 400, "ML-FHIR-001", "mal formé, ligne 1");
    }

    @Test
    void refusesABundleThatWasCutShort() {
        String visit = exchange.json(aVisit());

        assertRefused(post(visit.substring(0, visit.length() - 40)), 400, "ML-FHIR-001", "Le JSON est mal formé");
    }

    @Test
    void refusesAnEmptyBody() {
        assertRefused(post(""), 400, "ML-FHIR-001", "n'est pas lisible");
    }

    @Test
    void refusesABodyWithoutContentTypeAndContent() {
        Answer answer = exchange.send("POST", "", "", BodyPublishers.noBody(), "Keneya-Facility", facility);

        assertRefused(answer, 400, "ML-FHIR-001", "n'est pas lisible");
    }

    @Test
    @DisplayName("I8: XML with a document type is refused")
    void refusesXmlWithADocumentType() {
        String xml = exchange.context().newXmlParser().encodeResourceToString(aVisit());

        assertRefused(postXml("<!DOCTYPE Bundle>" + xml), 400, "ML-FHIR-017", "déclaration DOCTYPE");
    }

    @Test
    @DisplayName("I8: XML is refused whose document type hides behind a comment")
    void refusesXmlWhoseDocumentTypeHidesBehindAComment() {
        String xml = exchange.context().newXmlParser().encodeResourceToString(aVisit());
        String entity = "<!DOCTYPE Bundle [<!ENTITY file SYSTEM \"file:///etc/hostname\">]>";

        assertRefused(
                postXml("<!--" + "a".repeat(20_000) + "-->" + entity + xml), 400, "ML-FHIR-017", "déclaration DOCTYPE");
    }

    @Test
    void refusesAnEmptyBundle() {
        assertRefused(post(exchange.json(transaction())), 422, "ML-INTAKE-001", "aucune entrée");
    }

    @Test
    void refusesACollectionAtTheBase() {
        Bundle collection = aVisit().setType(BundleType.COLLECTION);

        assertRefused(post(exchange.json(collection)), 422, "ML-INTAKE-002", "« collection »")
                .namesElement("Bundle.type");
    }

    @Test
    void refusesATransactionThatIsParkedUnderBundle() {
        Answer answer = exchange.post("Bundle", exchange.json(aVisit()), "Keneya-Facility", facility);

        assertRefused(answer, 422, "ML-INTAKE-008", "Postez-le à la racine");
    }

    @Test
    @DisplayName("I10: a bundle within a bundle is refused")
    void refusesATransactionThatIsParkedInAnEntry() {
        Bundle outer = aVisit().addEntry(creating(aVisit()));

        assertRefused(post(exchange.json(outer)), 422, "ML-INTAKE-008", "Postez-le à la racine")
                .namesElement("Bundle.entry[1].resource.type");
    }

    @Test
    @DisplayName("I2: a body beyond the limit is refused by the limit")
    void refusesMoreBytesThanAllowedAndNamesTheLimit() {
        BodyPublisher body = BodyPublishers.ofByteArray(aVisitOf(10 * MEGABYTE));

        assertRefused(post(FHIR_JSON, body), 413, "ML-FHIR-008", "Limite : 10 Mo");
    }

    @Test
    @DisplayName("I2: a body without end is refused by the limit, though it named no length")
    void refusesMoreBytesThanAllowedWhoseLengthWasNotAnnounced() {
        byte[] visit = aVisitOf(10 * MEGABYTE);
        BodyPublisher body = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(visit));

        assertRefused(post(FHIR_JSON, body), 413, "ML-FHIR-008", "Limite : 10 Mo");
    }

    @Test
    @DisplayName("I10: a transaction of too many entries is refused by the limit")
    void refusesMoreEntriesThanAllowedAndNamesTheLimit() {
        Bundle large = aVisit();
        Collections.nCopies(1_000, creating(aChild(recordNumber))).forEach(large::addEntry);

        assertRefused(post(exchange.json(large)), 413, "ML-INTAKE-003", "Limite : 1000");
    }

    @Test
    void acceptsACompressedBundle() {
        BodyPublisher body = BodyPublishers.ofByteArray(gzip(exchange.json(aVisit())));

        post(FHIR_JSON, body, "Content-Encoding", "gzip").hasStatus(200);

        assertThat(children()).isEqualTo(1);
    }

    @Test
    @DisplayName("I1: a bomb is refused before it is inflated")
    void refusesABombBeforeItIsInflated() {
        byte[] bomb = gzip(exchange.json(aVisit()), 200);
        assertThat(bomb.length).isLessThan(MEGABYTE);

        assertRefused(
                post(FHIR_JSON, BodyPublishers.ofByteArray(bomb), "Content-Encoding", "gzip"),
                413,
                "ML-FHIR-009",
                "à la décompression");
    }

    @Test
    void refusesCompressionThatBreaksOff() {
        byte[] whole = gzip(exchange.json(aVisit()));
        byte[] half = Arrays.copyOf(whole, whole.length / 2);

        assertRefused(
                post(FHIR_JSON, BodyPublishers.ofByteArray(half), "Content-Encoding", "gzip"),
                400,
                "ML-FHIR-001",
                "gzip");
    }

    @Test
    void listsTheTypesServedToWhoAsksForAnother() {
        exchange.get("Medication/1")
                .isRefused(404, "ML-FHIR-003")
                .says("Medication")
                .says("Patient, ");
        exchange.get("patient")
                .isRefused(404, "ML-FHIR-003")
                .says("majuscules comprises")
                .says("Patient, ");
    }

    @Test
    void namesTheEntryOfATypeThatItDoesNotKeep() {
        Bundle visit = aVisit();
        visit.addEntry(creating(new Medication().setStatus(MedicationStatus.ACTIVE)));

        assertRefused(post(exchange.json(visit)), 422, "ML-INTAKE-031", "« Medication »")
                .says("Patient, ")
                .namesElement("Bundle.entry[1].request.url");
    }

    @Test
    void keepsTheOthersOfABatchWithAnEntryOfATypeThatItDoesNotKeep() {
        Bundle visit = aVisit();
        visit.setType(BundleType.BATCH);
        visit.addEntry(creating(new Medication().setStatus(MedicationStatus.ACTIVE)));

        Bundle answer = post(exchange.json(visit)).hasStatus(200).bundle();

        assertThat(answer.getEntry())
                .extracting(entry -> entry.getResponse().getStatus().substring(0, 3))
                .containsExactly("201", "422");
        assertThat(exchange.json(answer.getEntry().get(1).getResponse().getOutcome()))
                .contains("ML-INTAKE-031", "Bundle.entry[1].request.url");
    }

    @Test
    void refusesAPlaceThatIsNoPlace() {
        for (String nowhere : List.of("S%C3%A9gou", "91%7C0", "12.6%7C-8%7Cloin", "12.6")) {
            exchange.get("Location?near=" + nowhere)
                    .isRefused(400, RefusalCode.BAD_PARAMETER.id())
                    .says("near");
        }
        exchange.get("Location?near=12.6%7C-8.0%7C5%7Ckm&_count=1").hasStatus(200);
    }

    @Test
    void refusesACodeOutsideItsList() {
        String visit = exchange.json(aVisit()).replace("\"female\"", "\"femme\"");

        assertRefused(post(visit), 422, "ML-FHIR-034", "« femme »")
                .says("Codes permis : male, female, other, unknown.")
                .namesElement("Bundle.entry[0].resource.gender");
    }

    @Test
    void refusesACodeableConceptOutsideItsRequiredList() {
        Bundle visit = aVisit();
        AllergyIntolerance allergy = new AllergyIntolerance();
        allergy.getClinicalStatus()
                .addCoding()
                .setSystem("http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical")
                .setCode("guérie");
        allergy.getPatient().setReference(visit.getEntryFirstRep().getFullUrl());
        visit.addEntry(creating(allergy));

        assertRefused(post(exchange.json(visit)), 422, "ML-VALIDATION-001", "guérie");
    }

    @Test
    void refusesARecordThatBreaksTheProfileOfMaliItClaims() {
        Bundle visit = aVisit();
        Encounter inPerson = new Encounter().setStatus(EncounterStatus.FINISHED);
        inPerson.getMeta()
                .getProfile()
                .add(new CanonicalType("https://keneya.ml/fhir/StructureDefinition/ml-telehealth-encounter"));
        inPerson.getClass_()
                .setSystem("http://terminology.hl7.org/CodeSystem/v3-ActCode")
                .setCode("AMB");
        inPerson.getSubject().setReference(visit.getEntryFirstRep().getFullUrl());
        visit.addEntry(creating(inPerson));

        assertRefused(post(exchange.json(visit)), 422, "ML-VALIDATION-001", "« VR »");
    }

    /** What is missing decides how the rest is read, so it comes before a rule that is broken further up. */
    @Test
    void namesTheDecisiveOneOfSeveralFaultsFirst() {
        Bundle visit = aVisit();
        ((Patient) visit.getEntryFirstRep().getResource()).addContact().setGender(AdministrativeGender.FEMALE);
        Observation weight = weightOf(visit.getEntryFirstRep().getFullUrl(), "9.5");
        weight.setStatusElement(null);
        visit.addEntry(creating(weight));

        List<OperationOutcomeIssueComponent> issues = assertRefused(
                        post(exchange.json(visit)), 422, "ML-VALIDATION-001", "obligatoire")
                .as(OperationOutcome.class)
                .getIssue();

        assertThat(issues)
                .filteredOn(issue -> issue.getSeverity() == IssueSeverity.ERROR)
                .extracting(issue -> issue.getExpression().get(0).getValue())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("Bundle.entry[1]."),
                        second -> assertThat(second).startsWith("Bundle.entry[0]."));
    }

    @Test
    @DisplayName("I11: the same fullUrl twice is refused")
    void refusesTheSameFullUrlTwice() {
        Bundle visit = aVisit();
        visit.addEntry(visit.getEntryFirstRep().copy());

        assertRefused(post(exchange.json(visit)), 422, "ML-INTAKE-004", "à deux entrées")
                .namesElement("Bundle.entry[1].fullUrl");
    }

    @Test
    @DisplayName("I5: bytes that are not UTF-8 are refused")
    void refusesTextThatIsNotUtf8() {
        byte[] latin = exchange.json(aVisit()).getBytes(StandardCharsets.ISO_8859_1);

        assertRefused(post(FHIR_JSON, BodyPublishers.ofByteArray(latin)), 400, "ML-FHIR-016", "UTF-8");
    }

    @Test
    @DisplayName("I7: a day that the calendar does not have is refused")
    void refusesADayThatTheCalendarDoesNotHave() {
        String visit = exchange.json(aVisit()).replace("2025-06-01", "2026-02-30");

        assertRefused(post(visit), 422, "ML-FHIR-034", "« 2026-02-30 »")
                .namesElement("Bundle.entry[0].resource.birthDate");
    }

    @Test
    void speaksEnglishToWhoAsksForIt() {
        exchange.post("", exchange.json(transaction()), "Accept-Language", "en")
                .isRefused(422, "ML-INTAKE-001")
                .says("has no entry");
    }

    private Bundle aVisit() {
        return transaction(creating(aChild(recordNumber)));
    }

    /** A bundle that would be accepted but for its size, which is a little more than this. */
    private byte[] aVisitOf(int bytes) {
        String visit = exchange.json(aVisit());
        return (visit + " ".repeat(bytes)).getBytes(StandardCharsets.UTF_8);
    }

    private Answer post(String json) {
        return post(FHIR_JSON, BodyPublishers.ofString(json));
    }

    private Answer postXml(String xml) {
        return post(XML, BodyPublishers.ofString(xml), "Accept", FHIR_JSON);
    }

    private Answer post(String contentType, BodyPublisher body, String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "Keneya-Facility";
        all[1] = facility;
        return exchange.send("POST", "", contentType, body, all);
    }

    private Answer assertRefused(Answer answer, int status, String code, String frenchWords) {
        answer.isRefused(status, code).says(frenchWords);
        assertThat(children()).as("records stored").isZero();
        assertThat(receipts()).as("receipts").isZero();
        return answer;
    }

    private int children() {
        return exchange.get("Patient?identifier=" + Records.RECORD_NUMBER + "%7C" + recordNumber)
                .entries()
                .size();
    }

    private int receipts() {
        return jdbc.sql("select count(*) from keneya.receipt where facility = :facility")
                .param("facility", facility)
                .query(Integer.class)
                .single();
    }

    private static byte[] gzip(String text) {
        return gzip(text, 0);
    }

    /** With so many megabytes of spaces behind it, which nobody has at once. */
    private static byte[] gzip(String text, int spaces) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
            byte[] megabyte = " ".repeat(MEGABYTE).getBytes(StandardCharsets.UTF_8);
            for (int piece = 0; piece < spaces; piece++) {
                gzip.write(megabyte);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return compressed.toByteArray();
    }
}
