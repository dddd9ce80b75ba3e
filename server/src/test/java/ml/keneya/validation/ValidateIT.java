package ml.keneya.validation;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.aPlaceholder;
import static ml.keneya.test.Records.batch;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@KeneyaIntegrationTest
class ValidateIT {

    @Autowired
    Exchange exchange;

    @Test
    void hasNothingToSayOfAGoodRecord() {
        Answer answer = validate(aChild(unique("record")));

        assertThat(issuesOf(answer)).hasSize(1);
        assertThat(issuesOf(answer).get(0).getSeverity()).isEqualTo(IssueSeverity.INFORMATION);
        answer.says("Rien à signaler");
    }

    @Test
    void findsTheSameFaultsAsStoringWould() {
        Observation wrong = weightOf("Patient/" + unique("nobody"), "7");
        wrong.setStatusElement(null);
        wrong.setEffective(null);

        Answer verdict = validate(wrong);
        Answer refusal = exchange.post("Observation", json(wrong)).isRefused(422, "ML-VALIDATION-001");

        assertThat(wordsOf(errorsOf(verdict))).isNotEmpty().isEqualTo(wordsOf(errorsOf(refusal)));
        assertThat(placesOf(errorsOf(verdict))).isEqualTo(placesOf(errorsOf(refusal)));
    }

    @Test
    void findsTheSameFaultsInATransactionAsPostingItWould() {
        Bundle visit = aVisitWithAFault();

        Answer verdict = validate(visit);
        Answer refusal = exchange.post(visit, unique("cscom")).isRefused(422, "ML-VALIDATION-001");

        assertThat(wordsOf(errorsOf(verdict))).isNotEmpty().isEqualTo(wordsOf(errorsOf(refusal)));
        verdict.namesElement("Bundle.entry[1].resource");
        refusal.namesElement("Bundle.entry[1].resource");
    }

    @Test
    void findsTheFaultsOfABatchEntryByEntry() {
        Bundle visit = aVisitWithAFault();

        validate(batch(visit.getEntry().get(0), visit.getEntry().get(1))).namesElement("Bundle.entry[1].resource");
    }

    /** HAPI leaves out what it does not know; stored without it the record would be another one. */
    @Test
    void findsWhatCouldNotBeReadOfATransactionAsPostingItWould() {
        String visit =
                json(aVisitWithoutAFault()).replace("\"gender\":\"female\"", "\"gender\":\"femme\",\"sexe\":\"F\"");

        Answer verdict = exchange.post("Bundle/$validate", visit).hasStatus(200);
        Answer refusal = exchange.post("", visit);

        assertThat(refusal.status()).isEqualTo(422);
        assertThat(wordsOf(errorsOf(verdict))).hasSize(2).isEqualTo(wordsOf(errorsOf(refusal)));
        verdict.namesElement("Bundle.entry[0].resource.sexe").namesElement("Bundle.entry[0].resource.gender");
    }

    @Test
    void findsWhatCouldNotBeReadOfOneEntryOfABatchAndTheFaultsOfTheOthers() {
        String visit = json(batch(aVisitWithAFault().getEntry().toArray(BundleEntryComponent[]::new)))
                .replace("\"gender\":\"female\"", "\"sexe\":\"F\"");

        exchange.post("Bundle/$validate", visit)
                .hasStatus(200)
                .namesElement("Bundle.entry[0].resource.sexe")
                .namesElement("Bundle.entry[1].resource");
    }

    @Test
    void findsWhatCouldNotBeReadOfARecord() {
        String child = json(aChild(unique("record"))).replace("\"gender\":\"female\"", "\"sexe\":\"F\"");
        String parameters = "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"resource\",\"resource\":%s}]}"
                .formatted(child);

        exchange.post("Patient/$validate", child).hasStatus(200).says("« sexe »");
        exchange.post("Patient/$validate", parameters)
                .hasStatus(200)
                .says("« sexe »")
                .namesElement("Patient.sexe");
    }

    @Test
    void findsTheFaultsOfAnEnvelope() {
        Answer verdict = validate(new Bundle().setType(Bundle.BundleType.TRANSACTION));

        assertThat(errorsOf(verdict)).hasSize(1);
        assertThat(errorsOf(verdict).get(0).getDetails().getCodingFirstRep().getCode())
                .isEqualTo("ML-INTAKE-001");
    }

    @Test
    void storesNothing() {
        String recordNumber = unique("record");

        validate(transaction(creating(aChild(recordNumber))));

        assertThat(exchange.get("Patient?identifier=" + recordNumber).entries()).isEmpty();
    }

    @Test
    void readsTheResourceFromParameters() {
        Patient nameless = aChild(unique("record"));
        nameless.getIdentifier().clear();
        nameless.getName().clear();
        String parameters = """
                {"resourceType":"Parameters","parameter":[{"name":"resource","resource":%s},{"name":"mode","valueCode":"create"}]}""".formatted(json(nameless));

        Answer verdict = exchange.post("Patient/$validate", parameters).hasStatus(200);

        verdict.says("Règle ml-pat-1 non respectée : Donnez un identifiant");
    }

    @Test
    void speaksEnglishToWhoReadsEnglish() {
        Patient nameless = aChild(unique("record"));
        nameless.getIdentifier().clear();
        nameless.getName().clear();

        exchange.post("Patient/$validate", json(nameless), "Accept-Language", "en")
                .hasStatus(200)
                .says("Rule ml-pat-1 not met: Give an identifier, or else name, sex and birth date");
    }

    @Test
    void judgesARecordThatIsStored() {
        Answer created =
                exchange.post("Patient", json(aChild(unique("record")))).hasStatus(201);
        String path = created.header("Location").orElseThrow().replaceAll("/_history/.*", "");

        exchange.get(path + "/$validate").hasStatus(200).says("Rien à signaler");
    }

    @Test
    void refusesAProfileThatItDoesNotKnow() {
        exchange.post("Patient/$validate?profile=https://example.org/p", json(aChild(unique("record"))))
                .isRefused(422, "ML-VALIDATION-002");
    }

    @Test
    void checksAProfileThatIsAskedFor() {
        Observation weight = weightOf("Patient/" + unique("nobody"), "7");
        weight.setEffective(null);
        weight.getSubject().setReference("Patient/x");

        Answer verdict = exchange.post(
                "Observation/$validate?profile=http://hl7.org/fhir/StructureDefinition/bodyweight", json(weight));

        assertThat(wordsOf(errorsOf(verdict)))
                .anySatisfy(words -> assertThat(words).contains("category"));
    }

    @Test
    void asksForAResource() {
        exchange.post("Patient/$validate", "{\"resourceType\":\"Parameters\"}").isRefused(400, "ML-FHIR-041");
    }

    @Test
    void refusesAResourceOfAnotherType() {
        exchange.post("Patient/$validate", json(weightOf("Patient/x", "7"))).isRefused(400, "ML-FHIR-040");
    }

    /** The library decodes what stands in a signature, and fails on each of these in another way. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "abc",
                "eyJhbGciOiJFUzI1NiJ9.e30.c2ln",
                "eyJpYXQiOiJ4In0..c2ln",
                "<Signature/>",
                "<a",
                "a.b.c",
                ""
            })
    void givesItsVerdictOfASignedDocument(String signature) {
        String data = Base64.getEncoder().encodeToString(signature.getBytes(StandardCharsets.UTF_8));
        for (String format : List.of("application/jose", "application/signature+xml", "x")) {
            Answer verdict = exchange.post("Bundle/$validate", signedDocument(format, data))
                    .hasStatus(200);

            verdict.says("signature n'est pas vérifiée").namesElement("Bundle.signature");
            assertThat(errorsOf(verdict)).isEmpty();
        }
    }

    @Test
    void findsTheFaultsOfASignedDocument() {
        String wrong = signedDocument("application/jose", "YWJj").replace("\"status\":\"final\",", "");

        assertThat(errorsOf(exchange.post("Bundle/$validate", wrong).hasStatus(200)))
                .isNotEmpty();
    }

    @Test
    void doesNotWarnOfCodesWhoseSystemIsLicensed() {
        Observation weight = weightOf("Patient/" + unique("nobody"), "7");
        weight.getCode().addCoding().setSystem("http://snomed.info/sct").setCode("27113001");

        validate(weight).says("Rien à signaler");
    }

    @Test
    void warnsOfASystemThatNobodyKnows() {
        Observation weight = weightOf("Patient/" + unique("nobody"), "7");
        weight.getCode()
                .getCodingFirstRep()
                .setSystem("https://example.org/codes")
                .setCode("x");

        Answer verdict = validate(weight);

        assertThat(errorsOf(verdict)).isEmpty();
        verdict.says("Le système de codes « https://example.org/codes » n'est pas connu ici");
    }

    private static Bundle aVisitWithoutAFault() {
        String child = aPlaceholder();
        return transaction(creating(child, aChild(unique("record"))), creating(weightOf(child, "7.4")));
    }

    private static Bundle aVisitWithAFault() {
        String child = aPlaceholder();
        Observation weight = weightOf(child, "7.4");
        weight.setStatusElement(null);
        return transaction(creating(child, aChild(unique("record"))), creating(weight));
    }

    private static String signedDocument(String format, String data) {
        return """
                {"resourceType":"Bundle","type":"document","identifier":{"system":"urn:ietf:rfc:3986","value":"urn:x:1"},
                 "timestamp":"2026-11-10T10:00:00Z","entry":[
                  {"fullUrl":"urn:uuid:0d7c1b2e-1f6a-4b57-8f6f-2f0c5a6f9b10","resource":{"resourceType":"Composition",
                   "status":"final","type":{"text":"Compte rendu"},"date":"2026-11-10",
                   "author":[{"display":"Dr Diarra"}],"title":"Compte rendu"}}],
                 "signature":{"type":[{"system":"urn:iso-astm:E1762-95:2013","code":"1.2.840.10065.1.12.1.1"}],
                  "when":"2026-11-10T10:00:00Z","who":{"display":"Dr Diarra"},"sigFormat":"%s","data":"%s"}}""".formatted(format, data).replace(",\"data\":\"\"", "");
    }

    private Answer validate(Resource resource) {
        return exchange.post(resource.fhirType() + "/$validate", json(resource)).hasStatus(200);
    }

    private String json(Resource resource) {
        return exchange.context().newJsonParser().encodeResourceToString(resource);
    }

    private static List<OperationOutcomeIssueComponent> issuesOf(Answer answer) {
        return answer.as(OperationOutcome.class).getIssue();
    }

    private static List<OperationOutcomeIssueComponent> errorsOf(Answer answer) {
        return issuesOf(answer).stream()
                .filter(issue -> issue.getSeverity() == IssueSeverity.ERROR)
                .toList();
    }

    private static List<String> wordsOf(List<OperationOutcomeIssueComponent> issues) {
        return issues.stream()
                .map(OperationOutcomeIssueComponent::getDiagnostics)
                .toList();
    }

    private static List<String> placesOf(List<OperationOutcomeIssueComponent> issues) {
        return issues.stream()
                .flatMap(issue -> issue.getExpression().stream())
                .map(Object::toString)
                .toList();
    }
}
