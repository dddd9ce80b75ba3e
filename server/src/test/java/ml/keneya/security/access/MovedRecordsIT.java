package ml.keneya.security.access;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.Records;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that a site moves to other people, dates as it likes, or ties to files of others. */
@KeneyaIntegrationTest
class MovedRecordsIT extends TwoSites {

    @Test
    @DisplayName("Z7: no record is moved to a person of another, and one that is moved stays its owner's")
    void z7_movesNothingToPeopleOfOthers() {
        String unknown = "Patient/" + UUID.randomUUID();
        isAlike(moved(patientThere), moved(unknown), patientThere, unknown);
        isAlike(patched(patientThere), patched(unknown), patientThere, unknown);
        for (BundleType form : new BundleType[] {BundleType.TRANSACTION, BundleType.BATCH}) {
            assertThat(withoutIds(refusalOf(patchedIn(form, patientThere)), patientThere))
                    .contains("ML-INTAKE-005")
                    .isEqualTo(withoutIds(refusalOf(patchedIn(form, unknown)), unknown));
        }
        assertThat(weight().getSubject().getReference()).isEqualTo(patientHere);

        String other = created(aChild(unique("record")), us);
        moved(other).hasStatus(200);
        patched(patientHere).hasStatus(200);
        patched(other).hasStatus(200);

        assertThat(weight().getSubject().getReference()).isEqualTo(other);
        assertThat(weight().getMeta().getSecurity())
                .extracting(label -> label.getCode())
                .containsExactly(here);
        exchange.get(weightHere, TestSystem.ofSite(exchange, there).withAll()).isRefused(404, "ML-FHIR-004");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s?",
                "%s?a=b",
                "%s#",
                "%s#a",
                "%s/",
                "/%s",
                "./%s",
                "%s/_history",
                "%s/_history/1",
                "%s/_history/9",
                "%s/x",
                " %s",
                "%s ",
                "%%50atient/%s",
                "patient:%s",
                "urn:uuid:%s",
                "BASE/%s",
                "BASE//%s",
                "BASE/%s?a=b",
                "HTTP://127.0.0.1/fhir/%s",
                "a:b/%s",
                "x:/%s",
                "ftp:/%s",
                "x://%s"
            })
    @DisplayName(
            "Z6: however a reference is spelled, another's record and none are answered alike, and it links to neither")
    void z6_spellingsOfAReference(String spelling) {
        String unknown = "Patient/" + UUID.randomUUID();
        for (boolean inABundle : new boolean[] {false, true}) {
            Answer toAnother = sent(spelled(spelling, patientThere), inABundle);
            Answer toNone = sent(spelled(spelling, unknown), inABundle);

            assertThat(toAnother.status())
                    .as(toAnother.body())
                    .isEqualTo(toNone.status())
                    .isLessThan(500);
            if (toNone.status() >= 400) {
                assertThat(withoutIds(toAnother.body(), patientThere)).isEqualTo(withoutIds(toNone.body(), unknown));
            }
        }
        exchange.get(patientThere, us).isRefused(404, "ML-FHIR-004");
        assertThat(exchange.get("Observation?subject=" + patientThere)
                        .hasStatus(200)
                        .entries())
                .hasSize(1);
    }

    private String spelled(String spelling, String person) {
        String named =
                spelling.contains("urn:") || spelling.contains("atient") ? person.replace("Patient/", "") : person;
        return spelling.replace("BASE", exchange.base()).replace("%s", named).replace("%%", "%");
    }

    private Answer sent(String reference, boolean inABundle) {
        Observation weight = weightOf("Patient/x", "9.9");
        weight.getSubject().setReference(null);
        String json = exchange.json(inABundle ? transaction(creating(Records.aPlaceholder(), weight)) : weight)
                .replaceFirst(
                        "\"resourceType\":\"Observation\"",
                        "\"resourceType\":\"Observation\",\"subject\":{\"reference\":\"" + reference + "\"}");
        return exchange.post(inABundle ? "" : "Observation", json, us);
    }

    @Test
    @DisplayName("Z7: when a record was written, and which version it is, only the server says")
    void z7_saysItselfWhenAndWhich() {
        Observation forged = weightOf(patientHere, "9.9");
        forged.setId(weightHere);
        forged.getMeta().setVersionId("77").setLastUpdated(Date.from(Instant.parse("2001-01-01T00:00:00Z")));
        forged.getMeta().addTag().setSystem("https://keneya.ml/fhir/source").setCode(there);
        Instant before = Instant.now().minusSeconds(60);

        exchange.put(weightHere, forged, us).hasStatus(200);

        assertThat(weight().getMeta().getVersionId()).isEqualTo("2");
        assertThat(weight().getMeta().getLastUpdated().toInstant()).isAfter(before);
        for (String path : List.of("lastUpdated", "versionId")) {
            exchange.send(
                    "PATCH",
                    weightHere,
                    "application/json-patch+json",
                    BodyPublishers.ofString("[{\"op\":\"replace\",\"path\":\"/meta/" + path
                            + "\",\"value\":\"2001-01-01T00:00:00Z\"}]"),
                    us);
            assertThat(weight().getMeta().getLastUpdated().toInstant()).isAfter(before);
            assertThat(weight().getMeta().getVersionId()).isIn("2", "3", "4");
        }
        exchange.post("", exchange.json(transaction(putting(forged))), us).hasStatus(200);
        assertThat(weight().getMeta().getLastUpdated().toInstant()).isAfter(before);
        assertThat(weight().getMeta().getVersionId()).isNotEqualTo("77");
    }

    @Test
    @DisplayName("Z14: a file is its sender's, whatever it says of its security, and no document leads to another's")
    void z14_opensNoFileByWhatNamesIt() {
        String[] them = TestSystem.ofSite(exchange, there).withAll();
        Binary theirs = aFile();
        theirs.setSecurityContext(new Reference(patientThere));
        String fileThere = created(theirs, them);
        String unknown = "Binary/" + UUID.randomUUID();
        isAlike(exchange.get(fileThere, us), exchange.get(unknown, us), fileThere, unknown);
        isAlike(head(fileThere), head(unknown), fileThere, unknown);

        // Nor does a file name people of others.
        Binary ours = aFile();
        ours.setSecurityContext(new Reference(patientThere));
        Binary nobodys = aFile();
        String nobody = "Patient/" + UUID.randomUUID();
        nobodys.setSecurityContext(new Reference(nobody));
        isAlike(exchange.create(ours, us), exchange.create(nobodys, us), patientThere, nobody);

        // An address in an attachment is no reference: whatever stands there is kept, and opens nothing.
        created(aDocument(unknown), us);
        created(aDocument(fileThere), us);
        isAlike(exchange.get(fileThere, us), exchange.get(unknown, us), fileThere, unknown);
    }

    private static Binary aFile() {
        return new Binary().setContentType("text/plain").setData("photo".getBytes(StandardCharsets.UTF_8));
    }

    private DocumentReference aDocument(String file) {
        DocumentReference document = new DocumentReference().setStatus(DocumentReferenceStatus.CURRENT);
        document.setSubject(new Reference(patientHere));
        document.addContent().getAttachment().setContentType("text/plain").setUrl(file);
        return document;
    }

    private Answer moved(String person) {
        Observation weight = weightOf(person, "9.9");
        weight.setId(weightHere);
        return exchange.put(weightHere, weight, us);
    }

    private Answer patched(String person) {
        return exchange.send(
                "PATCH", weightHere, "application/json-patch+json", BodyPublishers.ofString(patchTo(person)), us);
    }

    /** Beside a person who is called as she whom the patch names; in a batch she is nobody's business. */
    private Answer patchedIn(BundleType form, String person) {
        BundleEntryComponent entry = new BundleEntryComponent();
        entry.getRequest().setMethod(HTTPVerb.PATCH).setUrl(weightHere);
        entry.setResource(new Binary()
                .setContentType("application/json-patch+json")
                .setData(patchTo(person).getBytes(StandardCharsets.UTF_8)));
        Bundle bundle = new Bundle().setType(form).addEntry(entry);
        if (form == BundleType.BATCH) {
            bundle.addEntry(creating("https://e.example/" + person, aChild(unique("record"))));
        }
        return exchange.post("", exchange.json(bundle), us);
    }

    private String refusalOf(Answer answer) {
        return answer.status() == 200
                ? exchange.json(answer.entries().get(0).getResponse().getOutcome())
                : answer.body();
    }

    private static String patchTo(String person) {
        return "[{\"op\":\"replace\",\"path\":\"/subject/reference\",\"value\":\"" + person + "\"}]";
    }

    private Observation weight() {
        return exchange.get(weightHere, us).as(Observation.class);
    }
}
