package ml.keneya.validation;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import ml.keneya.conformance.MaliOnTheClassPath;
import ml.keneya.fhir.Language;
import ml.keneya.test.Records;
import org.hl7.fhir.common.hapi.validation.validator.WorkerContextValidationSupportAdapter;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MaliInstanceValidatorTest {

    private static final MaliOnTheClassPath MALI = MaliOnTheClassPath.load();
    private static final ValidationSettings SETTINGS = ValidationOnTheClassPath.settings(Duration.ofMinutes(1));

    static Stream<Supplier<Throwable>> failures() {
        return Stream.of(IllegalStateException::new, NoClassDefFoundError::new, StackOverflowError::new);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void refusesWithAReasonWhatTheLibraryFailsOn(Supplier<Throwable> failure) {
        Failing failing = new Failing(MALI.context(), failure);
        WorkerContextValidationSupportAdapter workerContext = new WorkerContextValidationSupportAdapter();
        workerContext.setValidationSupport(failing);

        List<SingleValidationMessage> messages = MALI.context()
                .newValidator()
                .registerValidatorModule(new MaliInstanceValidator(failing, workerContext, MALI.profiles(), SETTINGS))
                .validateWithResult(Records.aChild("1"))
                .getMessages();

        assertThat(messages).hasSize(1);
        assertThat(messages.get(0).getSeverity()).isEqualTo(ResultSeverityEnum.FATAL);
        assertThat(new ValidatorMessages(MALI.profiles())
                        .finished(Language.FRENCH, messages.get(0).getMessage()))
                .startsWith("Le vérificateur n'a pas pu lire");
    }

    @Test
    void appliesTheProfileOfTheTypeToWhatClaimsNone() {
        List<SingleValidationMessage> messages = MALI.context()
                .newValidator()
                .registerValidatorModule(
                        new MaliInstanceValidator(MALI.support(), MALI.workerContext(), MALI.profiles(), SETTINGS))
                .validateWithResult("{\"resourceType\":\"Patient\",\"active\":true}")
                .getMessages();

        assertThat(messages)
                .extracting(SingleValidationMessage::getMessage)
                .anySatisfy(message -> assertThat(message).contains("ml-pat-1"));
    }

    /** Definitions that cannot be read, as when a library is missing or calls itself without end. */
    private record Failing(FhirContext context, Supplier<Throwable> failure) implements IValidationSupport {

        @Override
        public FhirContext getFhirContext() {
            return context;
        }

        @Override
        public IBaseResource fetchStructureDefinition(String url) {
            throw sneaky(failure.get());
        }

        @Override
        public <T extends IBaseResource> List<T> fetchAllStructureDefinitions() {
            throw sneaky(failure.get());
        }

        @Override
        public <T extends IBaseResource> T fetchResource(Class<T> type, String uri) {
            throw sneaky(failure.get());
        }

        @SuppressWarnings("unchecked")
        private static <T extends Throwable> RuntimeException sneaky(Throwable failure) throws T {
            throw (T) failure;
        }
    }
}
