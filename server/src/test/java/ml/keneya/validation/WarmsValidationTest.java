package ml.keneya.validation;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.util.concurrent.TimeUnit;
import ml.keneya.validation.plausibility.People;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class WarmsValidationTest {

    private final ValidationOnTheClassPath validation = ValidationOnTheClassPath.load();

    /** Only a record that is right goes all the way that most records go. */
    @Test
    void warmsUpWithRecordsThatAreRight() {
        Bundle records = WarmsValidation.records(validation.mali().context());

        assertThat(records.getEntry())
                .hasSizeGreaterThan(5)
                .allSatisfy(entry -> assertThat(validation
                                .records()
                                .check(entry.getResource(), entry.getResource().fhirType(), People.unknown())
                                .refuses())
                        .isFalse());
    }

    /** Spring goes on only when this returns, so until then the exchange is not ready. */
    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void holdsReadinessUntilEachRecordHasBeenChecked(CapturedOutput output) throws InterruptedException {
        FhirContext context = validation.mali().context();
        WarmsValidation warms = new WarmsValidation(validation.records(), validation.official(), context);
        int records = WarmsValidation.records(context).getEntry().size();

        warms.begin();
        warms.run(new DefaultApplicationArguments());

        assertThat(output).contains("Validation has all its definitions after " + records + " checks");
    }
}
