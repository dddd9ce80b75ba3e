package ml.keneya.surveillance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EpidemiologicalWeekTest {

    @ParameterizedTest
    @CsvSource({
        "2008-10-19, 2008-W42",
        "2020-12-31, 2020-W53",
        "2021-01-03, 2020-W53",
        "2021-01-04, 2021-W01",
        "2024-12-29, 2024-W52",
        "2024-12-30, 2025-W01",
        "2026-07-20, 2026-W30",
        "2027-01-03, 2026-W53"
    })
    void belongsToTheYearOfItsThursday(LocalDate day, String week) {
        assertThat(EpidemiologicalWeek.of(day)).hasToString(week);
        assertThat(EpidemiologicalWeek.parse(week)).contains(EpidemiologicalWeek.of(day));
    }

    @Test
    void goesFromMondayToSunday() {
        EpidemiologicalWeek week = EpidemiologicalWeek.parse("2026-W30").orElseThrow();

        assertThat(week.monday()).isEqualTo("2026-07-20");
        assertThat(week.sunday()).isEqualTo("2026-07-26");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-W30", "2026W30", "2026-S30", "2026S30"})
    void isReadAsBulletinsAndDhis2WriteIt(String text) {
        assertThat(EpidemiologicalWeek.parse(text))
                .hasValueSatisfying(week -> assertThat(week).hasToString("2026-W30"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-W53", "2026-W00", "2026-W54", "2026-30", "2026-W1x", "", "2026-07-20"})
    void isNotWhatNoCalendarHas(String text) {
        assertThat(EpidemiologicalWeek.parse(text)).isEmpty();
    }

    @Test
    void beginsOnAMonday() {
        assertThatIllegalArgumentException().isThrownBy(() -> new EpidemiologicalWeek(LocalDate.parse("2026-07-21")));
    }

    @Test
    void hasNoZeroBeforeItsNumberInDhis2() {
        assertThat(EpidemiologicalWeek.parse("2026-W03").orElseThrow().inDhis2())
                .isEqualTo("2026W3");
    }
}
