package ml.keneya.load.agency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EpidemiologicalWeekTest {
    @ParameterizedTest
    @CsvSource({
        "2026-11-09, 2026-W46",
        "2026-11-15, 2026-W46",
        "2026-11-16, 2026-W47",
        "2020-12-28, 2020-W53",
        "2021-01-03, 2020-W53",
        "2021-01-04, 2021-W01",
        "2025-12-29, 2026-W01",
        "2024-12-29, 2024-W52",
        "2014-12-29, 2015-W01",
        "2008-10-19, 2008-W42",
        "2027-01-01, 2026-W53"
    })
    void isTheIsoWeekOfTheDay(LocalDate day, String week) {
        assertThat(EpidemiologicalWeek.of(day)).hasToString(week);
    }

    @Test
    void runsFromMondayToSunday() {
        var week = EpidemiologicalWeek.parse("2026-W46");

        assertThat(week.monday()).isEqualTo("2026-11-09");
        assertThat(week.nextMonday()).isEqualTo("2026-11-16");
        assertThat(week.contains(LocalDate.of(2026, 11, 15))).isTrue();
        assertThat(week.contains(LocalDate.of(2026, 11, 16))).isFalse();
    }

    @Test
    void holdsEveryDayOfFortyYearsOnce() {
        for (LocalDate day = LocalDate.of(2000, 1, 1); day.getYear() < 2040; day = day.plusDays(1)) {
            EpidemiologicalWeek week = EpidemiologicalWeek.of(day);

            assertThat(week.monday().getDayOfWeek()).isEqualTo(DayOfWeek.MONDAY);
            assertThat(day).isAfterOrEqualTo(week.monday()).isBefore(week.nextMonday());
            assertThat(EpidemiologicalWeek.parse(week.toString())).isEqualTo(week);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-S46", "2026S46", "2026-w46", " 2026W46 "})
    void isReadAsBulletinsWriteIt(String text) {
        assertThat(EpidemiologicalWeek.parse(text)).hasToString("2026-W46");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-W53", "2026-W00", "2026-W54", "2026-46", "S46", ""})
    void isRefusedWhenItDoesNotExist(String text) {
        assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> EpidemiologicalWeek.parse(text));
    }

    @Test
    void isThatOfTheTimeInMali() {
        assertThat(EpidemiologicalWeek.ofTime("2026-11-16T00:30:00+02:00"))
                .map(Object::toString)
                .contains("2026-W46");
        assertThat(EpidemiologicalWeek.ofTime("2026-11-15T23:30:00-01:00"))
                .map(Object::toString)
                .contains("2026-W47");
    }

    @Test
    void isUnknownWhenTheDayIs() {
        assertThat(EpidemiologicalWeek.ofTime("2026-11")).isEmpty();
        assertThat(EpidemiologicalWeek.ofTime("2026")).isEmpty();
        assertThat(EpidemiologicalWeek.ofTime("2026-02-30")).isEmpty();
    }
}
