package ml.keneya.validation;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.Flag.FlagStatus;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A record that claims no profile is held to the one that its codes select, and told so. */
@KeneyaIntegrationTest
class ProfilesByCodeIT {

    private static final String BASE = "https://keneya.ml/fhir/CodeSystem/";

    @Autowired
    Exchange exchange;

    @Test
    void refusesAChildProtectionFlagThatAnybodyCouldRead() {
        exchange.create(aFlag("child-protection"))
                .isRefused(422, "ML-VALIDATION-001")
                .says("child-protection, R ou V");
    }

    @Test
    void keepsTheSameFlagOnceItIsLabelled() {
        Flag labelled = aFlag("child-protection");
        labelled.getMeta().addSecurity().setSystem(BASE + "ml-sensitivity").setCode("child-protection");

        exchange.create(labelled).hasStatus(201);
    }

    /** The exchange would put the label again: that is no reason to accept what the profile forbids. */
    @Test
    void refusesAPatchThatTakesTheLabelAway() {
        Flag labelled = aFlag("child-protection");
        labelled.getMeta().addSecurity().setSystem(BASE + "ml-sensitivity").setCode("child-protection");
        String address = exchange.create(labelled)
                .hasStatus(201)
                .header("Location")
                .orElseThrow()
                .replaceAll(".*/(Flag/[^/]+)/_history/.*", "$1");

        exchange.send(
                        "PATCH",
                        address,
                        "application/json-patch+json",
                        BodyPublishers.ofString("[{\"op\":\"remove\",\"path\":\"/meta/security\"}]"))
                .isRefused(422, "ML-VALIDATION-001")
                .says("child-protection, R ou V");
    }

    @Test
    void asksNoLabelOfAnotherFlag() {
        exchange.create(aFlag("clinical")).hasStatus(201);
    }

    @Test
    void warnsOfARemoteEncounterThatNamesOneSiteOnlyAndKeepsIt() {
        String remote = """
                {"resourceType": "Encounter", "status": "finished", "subject": {"reference": "%s"},
                 "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "VR"},
                 "period": {"start": "2026-11-11T10:30:00+00:00"}}
                """.formatted(aStoredChild());

        var verdict =
                exchange.post("Encounter/$validate", remote).hasStatus(200).says("ml-tlh-1");

        assertThat(verdict.as(OperationOutcome.class).getIssue())
                .noneMatch(issue -> issue.getSeverity() == IssueSeverity.ERROR);
        exchange.post("Encounter", remote).hasStatus(201);
    }

    @Test
    void checksAnswersAgainstTheirQuestionsByTheAddressOfTheQuestionnaire() {
        String answers = """
                {"resourceType": "QuestionnaireResponse", "status": "in-progress", "subject": {"reference": "%s"},
                 "questionnaire": "https://keneya.ml/fhir/Questionnaire/ml-phq-9",
                 "item": [{"linkId": "no-such-question", "answer": [{"valueString": "oui"}]}]}
                """.formatted(aStoredChild());

        exchange.post("QuestionnaireResponse/$validate", answers)
                .hasStatus(200)
                .says("ml-phq-1")
                .says("no-such-question");
    }

    private Flag aFlag(String category) {
        Flag flag = new Flag().setStatus(FlagStatus.ACTIVE);
        flag.addCategory().addCoding().setSystem(BASE + "ml-flag-category").setCode(category);
        flag.getCode().setText("Sans acte de naissance");
        flag.getSubject().setReference(aStoredChild());
        return flag;
    }

    private String aStoredChild() {
        String address = exchange.create(aChild(unique("record")))
                .hasStatus(201)
                .header("Location")
                .orElseThrow();
        return address.replaceAll(".*/(Patient/[^/]+)/_history/.*", "$1");
    }
}
