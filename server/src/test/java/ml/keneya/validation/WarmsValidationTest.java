package ml.keneya.validation;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.Test;

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
                                .check(entry.getResource(), entry.getResource().fhirType())
                                .refuses())
                        .isFalse());
    }
}
