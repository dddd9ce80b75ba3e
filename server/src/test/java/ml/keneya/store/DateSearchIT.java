package ml.keneya.store;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.aPlaceholder;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.Records;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A child born on 15 June 2020 and weighed on 10 March 2021. */
@KeneyaIntegrationTest
class DateSearchIT {

    @Autowired
    Exchange exchange;

    private final String facility = unique("cscom");
    private final String recordNumber = unique("record");

    @BeforeEach
    void weighAChild() {
        String placeholder = aPlaceholder();
        Patient child = aChild(recordNumber);
        child.setBirthDateElement(new DateType("2020-06-15"));
        Observation weight = weightOf(placeholder, "9.1");
        weight.setEffective(new DateTimeType("2021-03-10T09:00:00+00:00"));
        exchange.post(transaction(creating(placeholder, child), creating(weight)), facility)
                .hasStatus(200);
    }

    @ParameterizedTest
    @CsvSource({
        "ge2020, true",
        "ge2021, false",
        "le2020, true",
        "le2019, false",
        "gt2020, false",
        "gt2019, true",
        "lt2020, false",
        "lt2021, true",
        "2020, true",
        "2021, false",
        "ge2020-06, true",
        "ge2020-07, false",
        "le2020-06, true",
        "le2020-05, false",
        "2020-06, true",
        "ge2020-06-15, true",
        "le2020-06-15, true",
        "ge2020-06-16, false",
        "sa2020, false",
        "sa2019, true",
        "eb2020, false",
        "eb2021, true"
    })
    void findsAChildByItsBirthDate(String date, boolean found) {
        assertThat(count("Patient?identifier=" + Records.RECORD_NUMBER + "%7C" + recordNumber + "&birthdate=" + date))
                .isEqualTo(found ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "ge2021, true",
        "le2021, true",
        "ge2021-03, true",
        "le2021-03, true",
        "ge2022, false",
        "le2020, false",
        "ge2021-04, false",
        "le2021-02, false",
        "2021-03, true"
    })
    void findsAWeightByTheDateItWasTaken(String date, boolean found) {
        assertThat(count("Observation?owner=" + facility + "&date=" + date)).isEqualTo(found ? 1 : 0);
    }

    @Test
    void includesBothEndsOfAPeriodOfMonths() {
        assertThat(count("Observation?owner=" + facility + "&date=ge2021-03&date=le2021-03"))
                .isEqualTo(1);
        assertThat(count("Observation?owner=" + facility + "&date=ge2021&date=lt2021-03"))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"ge2020, 1", "le2020, 1", "ge2021, 0", "le2019, 0", "ge2020-06, 1", "le2020-05, 0"})
    void includesThePeriodInAChain(String date, int found) {
        assertThat(count("Observation?owner=" + facility + "&subject:Patient.birthdate=" + date))
                .isEqualTo(found);
    }

    @Test
    void includesThePeriodInAChainThatNamesNoType() {
        assertThat(count("Observation?owner=" + facility + "&patient.birthdate=ge2020"))
                .isEqualTo(1);
        assertThat(count("Observation?owner=" + facility + "&patient.birthdate=ge2021"))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"ge2021, 1", "le2021, 1", "ge2022, 0", "le2020, 0", "le2021-03, 1", "ge2021-04, 0"})
    void includesThePeriodInAReverseChain(String date, int found) {
        assertThat(count("Patient?identifier=" + Records.RECORD_NUMBER + "%7C" + recordNumber
                        + "&_has:Observation:subject:date=" + date))
                .isEqualTo(found);
    }

    private int count(String search) {
        return exchange.get(search).hasStatus(200).entries().size();
    }
}
