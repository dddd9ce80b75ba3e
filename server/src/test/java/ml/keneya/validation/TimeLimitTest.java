package ml.keneya.validation;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import ml.keneya.conformance.MaliOnTheClassPath;
import ml.keneya.fhir.Language;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;

class TimeLimitTest {

    private final ValidationOnTheClassPath validation = ValidationOnTheClassPath.load();

    @Test
    void stopsARecordThatTakesTooLong() {
        SingleValidationMessage message = check(Duration.ofMillis(1)).get(0);

        assertThat(message.getSeverity()).isEqualTo(ResultSeverityEnum.FATAL);
        assertThat(validation.messages().finished(Language.FRENCH, message.getMessage()))
                .startsWith("La vérification de cette ressource prend trop de temps");
    }

    @Test
    void leavesARecordAloneThatIsOnlyLong() {
        assertThat(check(Duration.ofMinutes(5)))
                .extracting(SingleValidationMessage::getSeverity)
                .doesNotContain(ResultSeverityEnum.FATAL);
    }

    private List<SingleValidationMessage> check(Duration limit) {
        MaliOnTheClassPath mali = validation.mali();
        Patient patient = new Patient();
        IntStream.range(0, 2_000).forEach(number -> patient.addName().addGiven("Awa" + number));
        return mali.context()
                .newValidator()
                .registerValidatorModule(new MaliInstanceValidator(
                        mali.support(),
                        mali.workerContext(),
                        mali.profiles(),
                        ValidationOnTheClassPath.settings(limit)))
                .validateWithResult(patient)
                .getMessages();
    }
}
