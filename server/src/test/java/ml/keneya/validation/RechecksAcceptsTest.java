package ml.keneya.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.util.ResourceUtil;
import ca.uhn.fhir.validation.IInstanceValidatorModule;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import ml.keneya.operations.AlarmOf;
import ml.keneya.validation.RechecksAccepts.Counts;
import ml.keneya.validation.plausibility.People;
import ml.keneya.validation.plausibility.Plausibility;
import org.awaitility.core.ThrowingRunnable;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RechecksAcceptsTest {

    private static final ValidationOnTheClassPath VALIDATION = ValidationOnTheClassPath.load();

    private static final String WRONG = """
            {"resourceType":"Patient","id":"p1","name":[{"family":"Kanouté-Canari"}]}""";

    private final CountDownLatch released = new CountDownLatch(1);
    private RechecksAccepts rechecks = rechecks(VALIDATION.official(), 1);

    @AfterEach
    void stop() {
        released.countDown();
        rechecks.destroy();
    }

    @Test
    void findsARecordThatWasAcceptedWrongly(CapturedOutput output) {
        rechecks.consider(read(WRONG));

        eventually(() -> assertThat(rechecks.counts()).isEqualTo(new Counts(1, 1, 0)));
        assertThat(output)
                .contains("accepted Patient/p1 wrongly")
                .contains("ml-patient#ml-pat-1 at Patient")
                .doesNotContain("Canari");
    }

    @Test
    void isAnAlarm() {
        HealthIndicator health = AlarmOf.disagreements(rechecks);
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);

        rechecks.consider(read(WRONG));

        eventually(() -> assertThat(health.health().getStatus()).isEqualTo(Status.DOWN));
    }

    @Test
    void hasNothingToSayOfARecordThatWasAcceptedRightly() {
        SampleRecords.generated().stream().limit(5).forEach(record -> rechecks.consider(read(record)));

        eventually(() -> assertThat(rechecks.counts()).isEqualTo(new Counts(5, 0, 0)));
    }

    /** Intake puts addresses in place of references, and storage gives ids, while the record waits. */
    @Test
    void looksAtTheRecordAsItCame() {
        rechecks = rechecks(blocked(VALIDATION.validator()), 1);
        Patient patient = (Patient) read(SampleRecords.generated().stream()
                .filter(record -> record.contains("\"resourceType\":\"Patient\""))
                .findFirst()
                .orElseThrow());

        rechecks.consider(patient);
        patient.setIdentifier(null).setName(null).setBirthDateElement(null).setGender(null);
        released.countDown();

        eventually(() -> assertThat(rechecks.counts()).isEqualTo(new Counts(1, 0, 0)));
    }

    /** What HAPI's parser overlooks stands in the text alone. */
    @Test
    void looksAtTheTextOfARecordThatCameAlone() {
        String generated = SampleRecords.generated().get(0);
        Resource record = read(generated);
        ResourceUtil.addRawDataToResource(
                record, EncodingEnum.JSON, generated.replaceFirst("\\{", "{\"inconnu\":\"Canari\","));

        rechecks.consider(record);

        eventually(() -> assertThat(rechecks.counts()).isEqualTo(new Counts(1, 1, 0)));
    }

    @Test
    void leavesOutWhatFindsNoRoomAndNeverWaits() {
        rechecks = rechecks(blocked(VALIDATION.validator()), 1);
        Resource record = read(SampleRecords.generated().get(0));

        // Nothing is worked off meanwhile: were one of these to wait, this would never end.
        for (int number = 0; number < 100; number++) {
            rechecks.consider(record);
        }

        Counts counts = rechecks.counts();
        assertThat(counts.rechecked()).isZero();
        assertThat(counts.leftOut()).isBetween(60L, 70L);
        released.countDown();
        eventually(() -> assertThat(rechecks.counts().rechecked()).isEqualTo(100 - counts.leftOut()));
    }

    @Test
    void doesNotCountARecordThatTookTooLong() {
        rechecks = rechecks(saying(ValidatorMessages.TOO_LONG), 1);

        rechecks.consider(read(WRONG));

        eventually(() -> assertThat(rechecks.counts()).isEqualTo(new Counts(0, 0, 1)));
    }

    @Test
    void takesOnlyTheShareThatIsAskedFor() {
        RechecksAccepts none = rechecks(VALIDATION.official(), 0);
        for (int number = 0; number < 1_000; number++) {
            none.consider(read(WRONG));
        }
        RechecksAccepts some = rechecks(blocked(VALIDATION.validator()), 0.1);
        Resource record = read(WRONG);
        for (int number = 0; number < 10_000; number++) {
            some.consider(record);
        }

        assertThat(none.counts()).isEqualTo(new Counts(0, 0, 0));
        // A tenth, less the room that there is: far from none and from all.
        assertThat(some.counts().leftOut()).isBetween(700L, 1_300L);
        released.countDown();
    }

    /** Whatever is checked passes here: what the compiled validator accepts, and nothing else. */
    @Test
    void isGivenWhatTheCompiledValidatorAcceptsAndNothingElse() {
        ValidationSettings settings = settings(1);
        rechecks = rechecks(saying("planted"), 1);
        RecordValidation validation = new RecordValidation(
                VALIDATION.compiled(),
                VALIDATION.official(),
                rechecks,
                new TellsDoubts(
                        Plausibility.asDelivered(VALIDATION.mali().packages(), (ids, caller) -> Map.of()),
                        VALIDATION.messages(),
                        VALIDATION.mali().profiles()),
                settings);
        Resource right = read(SampleRecords.generated().get(0));

        Verdict refused = validation.check(read(WRONG), "Patient", People.unknown());
        Verdict accepted = validation.check(right, right.fhirType(), People.unknown());

        assertThat(refused.refuses()).isTrue();
        // The client has its answer, whatever comes of the second look.
        assertThat(accepted.refuses()).isFalse();
        eventually(() -> assertThat(rechecks.counts()).isEqualTo(new Counts(1, 1, 0)));
    }

    /** The first check of a process reads all definitions. */
    private static void eventually(ThrowingRunnable claim) {
        await().atMost(Duration.ofMinutes(2)).untilAsserted(claim);
    }

    private OfficialValidation blocked(IInstanceValidatorModule module) {
        return official(context -> {
            try {
                released.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            module.validateResource(context);
        });
    }

    private static OfficialValidation saying(String name) {
        return official(context -> {
            SingleValidationMessage message = new SingleValidationMessage();
            message.setSeverity(ResultSeverityEnum.ERROR);
            message.setMessageId(name);
            message.setMessage(name);
            context.addValidationMessage(message);
        });
    }

    private static OfficialValidation official(IInstanceValidatorModule module) {
        return new OfficialValidation(
                VALIDATION.mali().context(),
                module,
                new DescribesFindings(
                        VALIDATION.messages(),
                        new AllowedCodes(VALIDATION.mali().support()),
                        VALIDATION.mali().profiles()));
    }

    private static RechecksAccepts rechecks(OfficialValidation official, double share) {
        return new RechecksAccepts(official, settings(share));
    }

    private static ValidationSettings settings(double share) {
        return new ValidationSettings(ValidationSettings.Policy.ENFORCE, Map.of(), true, Duration.ofMinutes(1), share);
    }

    private static Resource read(String json) {
        return (Resource) VALIDATION.mali().context().newJsonParser().parseResource(json);
    }
}
