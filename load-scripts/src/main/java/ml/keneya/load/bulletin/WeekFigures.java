package ml.keneya.load.bulletin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ml.keneya.load.agency.EpidemiologicalWeek;
import ml.keneya.load.bulletin.Count.State;
import org.apache.commons.csv.CSVRecord;

/**
 * The weekly report of the exchange ({@code $idsr-weekly} or {@code $idsr-publishable}), by place and disease.
 *
 * @param version of the figures of the week, as the exchange numbers them
 * @param cells by place, then by disease; the place is empty where none is known
 */
record WeekFigures(
        EpidemiologicalWeek week, int version, Map<String, Map<String, Cell>> cells, Map<String, Reports> reports) {

    private static final List<String> STRATA = List.of("age_group", "sex", "residence_status");
    private static final String HIDDEN = "*";

    /** What a report must have to be one. */
    static final List<String> COLUMNS = List.of(
            "place",
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
            "unexpected_reports");

    static WeekFigures of(EpidemiologicalWeek week, List<CSVRecord> rows) {
        Map<String, Map<String, List<CSVRecord>>> grouped = new TreeMap<>();
        Map<String, Reports> reports = new TreeMap<>();
        int version = 0;
        for (CSVRecord row : rows) {
            grouped.computeIfAbsent(row.get("place"), place -> new TreeMap<>())
                    .computeIfAbsent(row.get("disease"), disease -> new ArrayList<>())
                    .add(row);
            reports.put(
                    row.get("place"),
                    new Reports(
                            Long.parseLong(row.get("expected_reports")),
                            Long.parseLong(row.get("received_reports")),
                            Long.parseLong(row.get("timely_reports")),
                            Long.parseLong(row.get("unexpected_reports"))));
            version = Integer.parseInt(row.get("version"));
        }
        Map<String, Map<String, Cell>> cells = new TreeMap<>();
        grouped.forEach((place, diseases) -> diseases.forEach((disease, ofBoth) ->
                cells.computeIfAbsent(place, key -> new TreeMap<>()).put(disease, cell(ofBoth))));
        return new WeekFigures(week, version, cells, reports);
    }

    /** Where a total stands beside its parts, the parts are left out; else they are summed. */
    private static Cell cell(List<CSVRecord> rows) {
        List<CSVRecord> totals = rows.stream()
                .filter(row ->
                        STRATA.stream().allMatch(stratum -> row.get(stratum).isEmpty()))
                .toList();
        return (totals.isEmpty() ? rows : totals)
                .stream().map(WeekFigures::cell).reduce(Cell.SILENT, Cell::plus);
    }

    private static Cell cell(CSVRecord row) {
        State state = State.valueOf(row.get("state").toUpperCase(java.util.Locale.ROOT));
        return new Cell(
                count(state, row.get("suspected_cases")),
                count(state, row.get("confirmed_cases")),
                count(state, row.get("deaths")));
    }

    private static Count count(State state, String text) {
        if (text.equals(HIDDEN)) {
            return new Count(State.HIDDEN, 0);
        }
        if (text.isEmpty()) {
            return Count.SILENT;
        }
        return new Count(state, Long.parseLong(text));
    }

    Cell cell(String place, String disease) {
        return cells.getOrDefault(place, Map.of()).getOrDefault(disease, Cell.SILENT);
    }

    /** All diseases of a place together. */
    Cell all(String place) {
        return cells.getOrDefault(place, Map.of()).values().stream().reduce(Cell.SILENT, Cell::plus);
    }

    Reports reports(String place) {
        return reports.getOrDefault(place, Reports.NONE);
    }

    /** Whether cases lie, or may lie, where no place of the level is known. */
    boolean hasCasesWithoutPlace() {
        return all("").cases().mayBePositive();
    }
}
