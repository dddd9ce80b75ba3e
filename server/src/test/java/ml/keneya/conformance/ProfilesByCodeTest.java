package ml.keneya.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Schedule;
import org.junit.jupiter.api.Test;

/** Which profiles a record must meet without claiming them. */
class ProfilesByCodeTest {

    private static final MaliProfiles PROFILES = MaliOnTheClassPath.load().profiles();

    @Test
    void holdsEveryRecordToTheProfileOfItsType() {
        assertThat(applyingTo(new Patient())).containsExactly("ml-patient");
        assertThat(applyingTo(new Observation())).containsExactly("ml-observation");
    }

    @Test
    void leavesTypesWithoutAProfileAlone() {
        assertThat(applyingTo(new Schedule())).isEmpty();
        assertThat(applyingTo(new Group())).isEmpty();
    }

    @Test
    void holdsARemoteEncounterToTelehealthByItsClass() {
        Encounter remote = new Encounter();
        remote.getClass_()
                .setSystem("http://terminology.hl7.org/CodeSystem/v3-ActCode")
                .setCode("VR");

        assertThat(applyingTo(remote)).containsExactly("ml-telehealth-encounter");
    }

    @Test
    void doesNotMistakeTheSameCodeOfAnotherSystem() {
        Encounter foreign = new Encounter();
        foreign.getClass_().setSystem("urn:another").setCode("VR");

        assertThat(applyingTo(foreign)).containsExactly("ml-encounter");
    }

    @Test
    void holdsAnEncounterToEveryProfileThatItsCodesSelect() {
        Encounter remoteAntenatal = new Encounter();
        remoteAntenatal
                .getClass_()
                .setSystem("http://terminology.hl7.org/CodeSystem/v3-ActCode")
                .setCode("VR");
        remoteAntenatal
                .addType()
                .addCoding()
                .setSystem(Canonicals.BASE + "/CodeSystem/ml-contact-type")
                .setCode("antenatal");

        assertThat(applyingTo(remoteAntenatal))
                .containsExactlyInAnyOrder("ml-telehealth-encounter", "ml-antenatal-contact");
    }

    @Test
    void findsVitalSignsAndMalariaTestsByTheListsOfTheirCodes() {
        assertThat(applyingTo(observed("http://loinc.org", "8310-5"))).containsExactly("ml-vital-signs");
        assertThat(applyingTo(observed("http://loinc.org", "56072-2"))).containsExactly("ml-anthropometry");
        assertThat(applyingTo(observed(Canonicals.BASE + "/CodeSystem/ml-observation", "malaria-rdt")))
                .containsExactly("ml-malaria-test");
    }

    @Test
    void findsAProfileByACategoryAmongSeveral() {
        Flag flag = new Flag();
        flag.addCategory().setText("Social");
        flag.addCategory()
                .addCoding()
                .setSystem(Canonicals.BASE + "/CodeSystem/ml-flag-category")
                .setCode("child-protection");

        assertThat(applyingTo(flag)).containsExactly("ml-child-protection-flag");
    }

    @Test
    void findsAnswersByTheirQuestionnaireWhateverItsVersion() {
        String questionnaire = Canonicals.BASE + "/Questionnaire/ml-phq-9";

        assertThat(Stream.of(questionnaire, questionnaire + "|0.1.0")
                        .map(it -> applyingTo(new QuestionnaireResponse().setQuestionnaire(it))))
                .allSatisfy(it -> assertThat(it).containsExactly("ml-phq-9-response"));
    }

    private static Observation observed(String system, String code) {
        Observation observation = new Observation();
        observation.getCode().addCoding().setSystem(system).setCode(code);
        return observation;
    }

    private static Stream<String> applyingTo(Resource resource) {
        return PROFILES.applyingTo(resource).stream().map(it -> it.substring(it.lastIndexOf('/') + 1));
    }
}
