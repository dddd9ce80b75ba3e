package ml.keneya.load.bulletin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Optional;
import ml.keneya.load.agency.EpidemiologicalWeek;
import ml.keneya.load.bulletin.AlertLine.Standing;
import ml.keneya.load.bulletin.Count.State;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.junit.jupiter.api.Test;

class WeekFiguresTest {
    private static final EpidemiologicalWeek WEEK = new EpidemiologicalWeek(2026, 46);
    private static final String HEADER = "place,disease,state,age_group,sex,residence_status,suspected_cases,"
            + "confirmed_cases,deaths,expected_reports,received_reports,timely_reports,version,unexpected_reports\n";

    @Test
    void sumsThePartsOfADisease() throws IOException {
        WeekFigures figures = read("""
                ML01,measles,counted,1-4y,female,resident,2,1,0,9,4,2,7,1
                ML01,measles,counted,5-14y,male,unknown,3,0,1,9,4,2,7,1
                ML01,cholera,zero,,,,0,0,0,9,4,2,7,1
                """);

        assertThat(figures.cell("ML01", "measles")).isEqualTo(new Cell(counted(5), counted(1), counted(1)));
        assertThat(figures.cell("ML01", "cholera").cases()).isEqualTo(new Count(State.ZERO, 0));
        assertThat(figures.all("ML01").cases()).isEqualTo(counted(5));
        assertThat(figures.version()).isEqualTo(7);
        assertThat(figures.reports("ML01")).isEqualTo(new Reports(9, 4, 2, 1));
    }

    /** The publishable form has the total, and below it the same cases by age, by sex and by residence status. */
    @Test
    void takesATotalWithoutItsBreakdowns() throws IOException {
        WeekFigures figures = read("""
                ML01,measles,counted,,,,9,0,*,0,0,0,1,0
                ML01,measles,counted,15y+,,,9,0,0,0,0,0,1,0
                ML01,measles,counted,,female,,9,0,0,0,0,0,1,0
                """);

        assertThat(figures.cell("ML01", "measles"))
                .isEqualTo(new Cell(counted(9), counted(0), new Count(State.HIDDEN, 0)));
    }

    @Test
    void tellsSilenceFromZeroAndFromWhatIsHidden() throws IOException {
        WeekFigures figures = read("""
                ML01,measles,silent,,,,,,,0,0,0,1,0
                ML02,measles,hidden,,,,*,*,*,0,0,0,1,0
                ML02,cholera,counted,,,,9,0,0,0,0,0,1,0
                ML03,measles,withdrawn,,,,0,0,0,0,0,0,1,0
                """);

        assertThat(figures.cell("ML01", "measles")).isEqualTo(Cell.SILENT);
        assertThat(figures.cell("ML09", "measles")).isEqualTo(Cell.SILENT);
        assertThat(figures.all("ML01").cases().isKnown()).isFalse();
        // Nine and something hidden are not nine.
        assertThat(figures.all("ML02").cases().state()).isEqualTo(State.HIDDEN);
        assertThat(figures.cell("ML03", "measles").cases().state()).isEqualTo(State.WITHDRAWN);
    }

    @Test
    void knowsWhereAnAlertStandsInItsWeek() {
        assertThat(alert("2026-11-09", "").in(WEEK)).isEqualTo(Standing.NEW);
        assertThat(alert("2026-11-15", "2026-11-16").in(WEEK)).isEqualTo(Standing.NEW);
        // New and closed both: it must not be missing from the new ones.
        assertThat(alert("2026-11-09", "2026-11-12").in(WEEK)).isEqualTo(Standing.NEW);
        assertThat(alert("2026-11-09", "2026-11-12").isClosedIn(WEEK)).isTrue();
        assertThat(alert("2026-11-08", "").in(WEEK)).isEqualTo(Standing.OPEN);
        assertThat(alert("2026-11-08", "2026-11-16").in(WEEK)).isEqualTo(Standing.OPEN);
        assertThat(alert("2026-11-08", "2026-11-15").in(WEEK)).isEqualTo(Standing.CLOSED);
    }

    private static AlertLine alert(String began, String closed) {
        return new AlertLine(
                "measles",
                "ML01",
                "ML0101",
                "Kayes",
                "alert",
                LocalDate.parse(began),
                Optional.empty(),
                closed.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(closed)),
                "");
    }

    private static Count counted(long number) {
        return new Count(State.COUNTED, number);
    }

    private static WeekFigures read(String rows) throws IOException {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreEmptyLines(true)
                .build();
        return WeekFigures.of(WEEK, CSVParser.parse(HEADER + rows, format).getRecords());
    }
}
