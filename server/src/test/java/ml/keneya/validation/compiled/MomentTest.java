package ml.keneya.validation.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTest {

    @ParameterizedTest
    @CsvSource({
        "2026, 2026-01-01, 2026-12-31",
        "2026-02, 2026-02-01, 2026-02-28",
        "2024-02, 2024-02-01, 2024-02-29",
        "2026-11-28, 2026-11-28, 2026-11-28",
        "1800, 1800-01-01, 1800-12-31",
        "2100-12-31, 2100-12-31, 2100-12-31",
        // In UTC it is another day.
        "2026-11-28T00:30:00+01:00, 2026-11-27, 2026-11-27",
        "2026-11-28T23:30:00-01:00, 2026-11-29, 2026-11-29",
        "2026-11-28T10:00:00.123456Z, 2026-11-28, 2026-11-28"
    })
    void readsTheDaysThatADateMayMean(String text, String first, String last) {
        Moment moment = Moment.read(text).orElseThrow();

        assertThat(moment.first()).hasToString(first);
        assertThat(moment.last()).hasToString(last);
        assertThat(moment.hasTime()).isEqualTo(text.contains("T")).isNotEqualTo(moment.isDate());
    }

    /** Each of which the official validator, or an older one, may have something to say. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "26",
                "1799-12-31",
                "2101",
                "2026-13",
                "2026-00",
                "2026-2-01",
                "2026-02-30",
                "1900-02-29",
                "2026-11-31",
                "2026-11-28T10:00",
                "2026-11-28T10:00:00",
                "2026-11-28T24:00:00Z",
                "2026-11-28T10:60:00Z",
                "2026-11-28T10:00:60Z",
                "2026-11-28T10:00:00.1234567Z",
                "2026-11-28T10:00:00+14:00",
                "2026-11-28T10:00:00+0100",
                "2026-11-28 10:00:00Z",
                "28/11/2026",
                "-2026",
                " 2026",
                "2026\n"
            })
    void readsNothingThatIsNotSurelyADate(String text) {
        assertThat(Moment.read(text)).isEmpty();
    }

    @Test
    void readsNothingWhereThereIsNothing() {
        assertThat(Moment.read(null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-27, 2026-11-28, -1",
        "2026-11-28, 2026-11-28, 0",
        "2026-11-29, 2026-11-28, 1",
        "2026, 2026, 0",
        // The same instant in two zones.
        "2026-11-28T01:00:00+01:00, 2026-11-28T00:00:00Z, 0",
        "2026-11-28T00:30:00+01:00, 2026-11-28T00:00:00Z, -1",
        "2025, 2026-01, -1",
        "2026-12, 2026-11-30, 1"
    })
    void comparesWhatCanBeCompared(String one, String other, int order) {
        assertThat(compared(one, other))
                .isNotNull()
                .satisfies(found -> assertThat(Integer.signum(found)).isEqualTo(order));
    }

    /** FHIRPath has nothing as the result where the precision does not tell. */
    @ParameterizedTest
    @CsvSource({
        "2026, 2026-11-28",
        "2026-11, 2026-11-28",
        "2026-11-28, 2026",
        "2026-11-28, 2026-11-28T10:00:00Z",
        "2026-11-28T10:00:00Z, 2026-11"
    })
    void doesNotCompareWhatIsNotTold(String one, String other) {
        assertThat(compared(one, other)).isNull();
    }

    @Test
    void addsDaysToADayAndToAnInstant() {
        assertThat(moment("2026-02-28").plusDays(1).text()).isEqualTo("2026-03-01");
        assertThat(moment("2026-12-31T23:00:00Z").plusDays(1).first()).hasToString("2027-01-01");
    }

    @Test
    void isUnsureOfAMonthAndAFewDays() {
        assertThatThrownBy(() -> moment("2026-02").plusDays(1)).isInstanceOf(Unsure.class);
    }

    private static Integer compared(String one, String other) {
        return moment(one).comparedTo(moment(other));
    }

    private static Moment moment(String text) {
        return Moment.read(text).orElseThrow();
    }
}
