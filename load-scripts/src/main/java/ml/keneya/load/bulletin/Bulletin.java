package ml.keneya.load.bulletin;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import ml.keneya.load.agency.EpidemiologicalWeek;
import ml.keneya.load.bulletin.Count.State;

/**
 * All that a bulletin says.
 *
 * @param publishable whether small counts are hidden
 * @param nation the country of each week, the oldest first; the last is that of the bulletin
 * @param regions the regions of each week, likewise
 * @param cercles those of the week, and those of the week before
 * @param populations inhabitants by place, where they are known
 * @param alerts none where they would tell what is hidden
 * @param year the country since the first week of the year, by disease; none where small counts are hidden, because a
 *     sum less the weeks that are shown would tell those that are not
 * @param vaccinated children born from two years to one year before the end of the week, by region; none likewise
 */
record Bulletin(
        EpidemiologicalWeek week,
        boolean publishable,
        Instant computedAt,
        List<WeekFigures> nation,
        List<WeekFigures> regions,
        Cercles cercles,
        Map<String, Population> populations,
        Map<String, YearToDate> year,
        List<AlertLine> alerts,
        List<SilentSite> silent,
        List<Vaccinated> vaccinated) {

    static final String COUNTRY = "ML";

    record Cercles(WeekFigures now, WeekFigures before) {}

    /**
     * @param source as the exchange names it
     * @param certain {@code yes} or {@code no}
     */
    record Population(long inhabitants, String year, String source, String certain) {}

    Bulletin {
        nation = List.copyOf(nation);
        regions = List.copyOf(regions);
        year = Map.copyOf(year);
        alerts = List.copyOf(alerts);
        silent = List.copyOf(silent);
        vaccinated = List.copyOf(vaccinated);
    }

    WeekFigures nationNow() {
        return nation.get(nation.size() - 1);
    }

    WeekFigures nationBefore() {
        return nation.get(nation.size() - 2);
    }

    WeekFigures regionsNow() {
        return regions.get(regions.size() - 1);
    }

    /**
     * Diseases of a place that had a case in one of the weeks, or may have had one because the number is hidden, or of
     * which all were withdrawn in the last week; those with most cases first.
     */
    List<String> diseases(List<WeekFigures> weeks, String place) {
        WeekFigures now = weeks.get(weeks.size() - 1);
        var found = new TreeSet<String>();
        weeks.forEach(week -> week.cells().getOrDefault(place, Map.of()).forEach((disease, cell) -> {
            boolean withdrawn = week == now && cell.cases().state() == State.WITHDRAWN;
            if (cell.cases().mayBePositive() || withdrawn) {
                found.add(disease);
            }
        }));
        return found.stream()
                .sorted(Comparator.comparingLong((String disease) ->
                                -now.cell(place, disease).cases().number())
                        .thenComparingLong(disease -> -weeks.stream()
                                .mapToLong(week ->
                                        week.cell(place, disease).cases().number())
                                .sum())
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** Those of {@link #diseases} that had a case for sure: only they make a curve. */
    List<String> counted(List<WeekFigures> weeks, String place) {
        return diseases(weeks, place).stream()
                .filter(disease -> weeks.stream()
                        .anyMatch(week -> week.cell(place, disease).cases().isPositive()))
                .toList();
    }

    /** Those of which no number is known but one is hidden. */
    List<String> hidden(List<WeekFigures> weeks, String place) {
        List<String> counted = counted(weeks, place);
        return diseases(weeks, place).stream()
                .filter(disease -> !counted.contains(disease))
                .filter(disease -> weeks.stream()
                        .anyMatch(week -> week.cell(place, disease).cases().state() == State.HIDDEN))
                .toList();
    }
}
