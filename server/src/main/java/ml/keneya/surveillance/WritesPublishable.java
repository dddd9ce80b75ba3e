package ml.keneya.surveillance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import ml.keneya.surveillance.SmallCells.Counted;
import ml.keneya.surveillance.SmallCells.Shown;
import ml.keneya.surveillance.WeeklyReport.Cell;
import ml.keneya.surveillance.WeeklyReport.State;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The weekly report as CSV without small counts: for each place and disease the total, and by age, by sex and by
 * residence status where that is shown. What is hidden is a star. Everybody gets the same answer, whatever part of it
 * they ask for.
 */
@Component
class WritesPublishable {

    private static final String HIDDEN = "*";
    private static final List<String> COUNTS =
            List.of(WeeklyReport.SUSPECTED, WeeklyReport.CONFIRMED, WeeklyReport.DEATHS);
    private static final List<String> STRATA = List.of("age_group", "sex", "residence_status");

    private final Places places;

    WritesPublishable(Places places) {
        this.places = places;
    }

    /** @param finest the cases of the whole country by the smallest place that is known */
    String write(WeeklyReport report, Figures finest) {
        Map<String, Map<String, Map<String, Shown>>> shown = shown(finest);
        Map<String, String> names = places.names(report.scope().place().division());
        List<List<@Nullable String>> rows = new ArrayList<>();
        List<@Nullable String> header =
                new ArrayList<>(List.of("week", "division", "place", "place_name", "disease", "state"));
        header.addAll(STRATA);
        header.addAll(COUNTS);
        header.addAll(List.of("expected_reports", "received_reports", "timely_reports", "version"));
        rows.add(header);
        for (Cell cell : report.cells()) {
            // What lies in no place of the level would be one more sum to subtract from.
            if (!cell.place().isEmpty()) {
                rows.addAll(rows(report, cell, names, shown.getOrDefault(cell.disease(), Map.of())));
            }
        }
        return CsvText.of(rows);
    }

    /** By disease, count and place. */
    private Map<String, Map<String, Map<String, Shown>>> shown(Figures finest) {
        Map<String, String> above = places.above(Place.BEFORE_REFORM);
        Map<String, Map<String, Map<String, Shown>>> shown = new HashMap<>();
        finest.rows().stream().collect(Collectors.groupingBy(Figure::group)).forEach((disease, figures) -> {
            Map<String, Counted> ofDisease = new TreeMap<>();
            for (String count : COUNTS) {
                ofDisease.put(count, new CountsByPlace(figures, count, above).country());
            }
            shown.put(disease, SmallCells.of(ofDisease));
        });
        return shown;
    }

    private static List<List<@Nullable String>> rows(
            WeeklyReport report, Cell cell, Map<String, String> names, Map<String, Map<String, Shown>> shown) {
        Map<String, Shown> here = new TreeMap<>();
        for (String count : COUNTS) {
            here.put(count, shown.getOrDefault(count, Map.of()).getOrDefault(cell.place(), Shown.ZERO));
        }
        List<List<@Nullable String>> rows = new ArrayList<>();
        List<@Nullable String> totals = new ArrayList<>();
        for (String count : COUNTS) {
            totals.add(
                    cell.state() == State.SILENT
                            ? null
                            : text(here.getOrDefault(count, Shown.ZERO).total()));
        }
        rows.add(row(report, cell, names, Map.of(), totals));
        for (String stratum : STRATA) {
            for (String value : values(here, stratum)) {
                List<@Nullable String> counts = new ArrayList<>();
                for (String count : COUNTS) {
                    counts.add(text(count(here.getOrDefault(count, Shown.ZERO), stratum, value)));
                }
                rows.add(row(report, cell, names, Map.of(stratum, value), counts));
            }
        }
        return rows;
    }

    private static Set<String> values(Map<String, Shown> here, String stratum) {
        return here.values().stream()
                .flatMap(shown -> shown.breakdowns().getOrDefault(stratum, Map.of()).keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static OptionalLong count(Shown shown, String stratum, String value) {
        Map<String, OptionalLong> breakdown = shown.breakdowns().get(stratum);
        if (breakdown == null) {
            return shown.total().equals(OptionalLong.of(0)) ? OptionalLong.of(0) : OptionalLong.empty();
        }
        return breakdown.getOrDefault(value, OptionalLong.of(0));
    }

    private static String text(OptionalLong count) {
        return count.isPresent() ? Long.toString(count.getAsLong()) : HIDDEN;
    }

    private static List<@Nullable String> row(
            WeeklyReport report,
            Cell cell,
            Map<String, String> names,
            Map<String, String> strata,
            List<@Nullable String> counts) {
        List<@Nullable String> row = new ArrayList<>();
        row.add(report.week().toString());
        row.add(report.scope().place().division());
        row.add(cell.place());
        row.add(names.get(cell.place()));
        row.add(cell.disease());
        row.add(cell.state().name().toLowerCase(Locale.ROOT));
        STRATA.forEach(stratum -> row.add(strata.get(stratum)));
        row.addAll(counts);
        for (String reports : List.of("expected_reports", "received_reports", "timely_reports")) {
            row.add(Long.toString(report.reports(reports, cell.place())));
        }
        row.add(Integer.toString(report.version()));
        return row;
    }
}
