package ml.keneya.surveillance;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import ml.keneya.surveillance.WeeklyReport.Cell;
import ml.keneya.surveillance.WeeklyReport.State;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The weekly report as CSV, as JSON for DHIS2 and as ADX. What nobody has reported is not sent as a zero. */
@Component
class WritesWeekly {

    private static final String DATA_SET = "ML_IDSR_WEEKLY";

    private final Clock clock = Clock.systemUTC();
    private final DataElements elements;
    private final Places places;

    WritesWeekly(DataElements elements, Places places) {
        this.elements = elements;
        this.places = places;
    }

    String write(WeeklyReport report, ReportFormat format) {
        return switch (format) {
            case CSV -> csv(report);
            case DHIS2 -> values(report).inDhis2(report.week().inDhis2());
            case ADX -> values(report).inAdx(clock.instant());
        };
    }

    private String csv(WeeklyReport report) {
        Map<String, String> names = places.names(report.scope().place().division());
        List<List<@Nullable String>> rows = new ArrayList<>();
        rows.add(List.of(
                "week",
                "division",
                "place",
                "place_name",
                "disease",
                "state",
                "age_group",
                "sex",
                "residence_status",
                "suspected_cases",
                "confirmed_cases",
                "deaths",
                "expected_reports",
                "received_reports",
                "timely_reports",
                "version",
                WeeklyReport.UNEXPECTED));
        for (Cell cell : report.cells()) {
            for (Figure figure : cell.figures()) {
                rows.add(row(report, cell, names, figure));
            }
            if (cell.figures().isEmpty()) {
                rows.add(row(report, cell, names, new Figure(cell.disease(), cell.place(), Map.of(), Map.of())));
            }
        }
        return CsvText.of(rows);
    }

    private static List<@Nullable String> row(
            WeeklyReport report, Cell cell, Map<String, String> names, Figure figure) {
        List<@Nullable String> row = new ArrayList<>();
        row.add(report.week().toString());
        row.add(report.scope().place().division());
        row.add(cell.place());
        row.add(names.get(cell.place()));
        row.add(cell.disease());
        row.add(cell.state().name().toLowerCase(Locale.ROOT));
        for (String stratum : List.of("age_group", "sex", "residence_status")) {
            row.add(figure.strata().get(stratum));
        }
        for (String count : List.of(WeeklyReport.SUSPECTED, WeeklyReport.CONFIRMED, WeeklyReport.DEATHS)) {
            row.add(cell.state() == State.SILENT ? null : Long.toString(figure.count(count)));
        }
        WeeklyReport.ofThoseOwed(column -> report.reports(column, cell.place()))
                .forEach(count -> row.add(Long.toString(count)));
        row.add(Integer.toString(report.version()));
        row.add(Long.toString(report.reports(WeeklyReport.UNEXPECTED, cell.place())));
        return row;
    }

    private DataValues values(WeeklyReport report) {
        List<DataValues.Value> values = new ArrayList<>();
        for (Cell cell : report.cells()) {
            // What lies in no place of the level has no organisation unit to be sent for.
            if (cell.state() == State.SILENT || cell.place().isEmpty()) {
                continue;
            }
            elements.of(cell.disease())
                    .forEach((column, element) ->
                            values.add(new DataValues.Value(cell.place(), element, cell.total(column))));
        }
        return new DataValues(DATA_SET, ReportPeriod.of(report.scope()), values);
    }
}
