package ml.keneya.security.access;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.Immunization.ImmunizationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;

/** Two sites, each with a child and a weight of its own, and what tests ask about them. */
abstract class TwoSites {

    static final String OWNER = "https://keneya.ml/fhir/CodeSystem/ml-owner";
    static final String NINA = "https://keneya.ml/id/nina";

    @Autowired
    Exchange exchange;

    final String here = unique("cscom");
    final String there = unique("cscom");
    final String recordThere = unique("record");
    String[] us;
    String patientHere;
    String weightHere;
    String patientThere;
    String weightThere;

    @BeforeEach
    void twoSitesWithAChildEach() {
        us = TestSystem.ofSite(exchange, here).withAll();
        String[] them = TestSystem.ofSite(exchange, there).withAll();
        patientHere = created(aChild(unique("record")), us);
        weightHere = created(weightOf(patientHere, "9.5"), us);
        patientThere = created(aChild(recordThere), them);
        weightThere = created(weightOf(patientThere, "8.5"), them);
    }

    static Patient withNina(String nina) {
        Patient child = aChild(unique("record"));
        child.addIdentifier().setSystem(NINA).setValue(nina);
        return child;
    }

    static Immunization aDose(String person, String vaccine, String lot) {
        Immunization dose = new Immunization().setStatus(ImmunizationStatus.COMPLETED);
        dose.getVaccineCode()
                .addCoding()
                .setSystem("http://hl7.org/fhir/sid/cvx")
                .setCode(vaccine);
        dose.setPatient(new Reference(person));
        dose.setOccurrence(new DateTimeType("2025-11-10"));
        dose.setPrimarySource(true).setLotNumber(lot);
        dose.addProtocolApplied().setDoseNumber(new PositiveIntType(1));
        return dose;
    }

    String created(Resource record, String[] by) {
        Answer answer = exchange.create(record, by);
        assertThat(answer.status()).as(answer.body()).isIn(200, 201);
        return answer.header("Location")
                .orElseThrow()
                .replaceFirst("^" + exchange.base() + "/", "")
                .replaceFirst("/_history/.*", "");
    }

    Answer head(String path) {
        return exchange.send("HEAD", path, "application/fhir+json", BodyPublishers.noBody(), us);
    }

    static List<String> idsIn(Answer answer) {
        return answer.hasStatus(200).entries().stream()
                .map(entry -> entry.getResource()
                        .getIdElement()
                        .toUnqualifiedVersionless()
                        .getValue())
                .toList();
    }

    /** The same status and the same words, but for the id that was asked for. */
    static void isAlike(Answer another, Answer unknown, String record, String noRecord) {
        assertThat(another.status())
                .as(another.body())
                .isEqualTo(unknown.status())
                .isBetween(400, 499);
        assertThat(withoutIds(another.body(), record)).isEqualTo(withoutIds(unknown.body(), noRecord));
    }

    static String withoutIds(String body, String record) {
        return body.replace(record, "R").replace(record.replaceFirst(".*/", ""), "I");
    }

    static String[] with(String[] headers, String... more) {
        List<String> all = new ArrayList<>(Arrays.asList(headers));
        all.addAll(Arrays.asList(more));
        return all.toArray(String[]::new);
    }
}
