package ml.keneya.surveillance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Period;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotesReportingTest {

    @ParameterizedTest
    @CsvSource({
        "2008-03-05, 2008-03-03",
        "2008-03-10T00:30:00+02:00, 2008-03-03",
        "2008-03-09T23:30:00.123Z, 2008-03-03"
    })
    void takesTheMondayOfTheDayInUniversalTime(String start, LocalDate monday) {
        assertThat(NotesReporting.monday(reportOf(start))).isEqualTo(monday);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2016-12-31T23:59:60Z", "2008-03-05T10:00:00.1234567890Z", "2008-03"})
    @DisplayName("A report whose time no calendar here can read undid its whole bundle at each retry")
    void knowsNoWeekOfATimeThatCannotBeRead(String start) {
        assertThat(NotesReporting.monday(reportOf(start))).isNull();
    }

    @Test
    void knowsNoWeekOfAReportWithoutAPeriod() {
        assertThat(NotesReporting.monday(new MeasureReport())).isNull();
    }

    private static MeasureReport reportOf(String start) {
        return new MeasureReport().setPeriod(new Period().setStartElement(new DateTimeType(start)));
    }
}
