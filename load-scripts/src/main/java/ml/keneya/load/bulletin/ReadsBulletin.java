package ml.keneya.load.bulletin;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import ml.keneya.load.agency.EpidemiologicalWeek;
import ml.keneya.load.bulletin.Bulletin.Cercles;
import ml.keneya.load.bulletin.Bulletin.Population;
import org.apache.commons.csv.CSVRecord;

/** Gathers from the exchange what a bulletin says. */
final class ReadsBulletin {
    private static final List<String> CHILDREN =
            List.of("place", "old_enough", "penta1_percent", "penta3_percent", "drop_out_percent", "zero_dose_percent");
    private static final List<String> SERIES = List.of("week", "disease", "suspected_cases", "deaths");
    private static final List<String> INHABITANTS =
            List.of("place", "inhabitants", "population_year", "population_source", "population_certain");

    private final AsksExchange asks;
    private final Boundaries boundaries;
    private final Clock clock;

    ReadsBulletin(AsksExchange asks, Boundaries boundaries, Clock clock) {
        this.asks = asks;
        this.boundaries = boundaries;
        this.clock = clock;
    }

    /** @param number of weeks, that of the bulletin included */
    Bulletin read(EpidemiologicalWeek week, int number, boolean publishable) {
        List<WeekFigures> nation = new ArrayList<>();
        List<WeekFigures> regions = new ArrayList<>();
        for (int back = number - 1; back >= 0; back--) {
            EpidemiologicalWeek each = EpidemiologicalWeek.of(week.monday().minusWeeks(back));
            // Not summed from the regions: what is hidden there may be shown here.
            nation.add(figures(each, "", publishable));
            regions.add(figures(each, "&level=region", publishable));
        }
        Cercles cercles = new Cercles(
                figures(week, "&level=cercle", publishable),
                figures(EpidemiologicalWeek.of(week.monday().minusWeeks(1)), "&level=cercle", publishable));
        if (publishable) {
            // Rates and lists tell what is hidden, and so does an alert: that there are cases in its place.
            return new Bulletin(
                    week,
                    true,
                    clock.instant(),
                    nation,
                    regions,
                    cercles,
                    Map.of(),
                    Map.of(),
                    List.of(),
                    List.of(),
                    List.of());
        }
        ReadsSilentSites.Sites sites = new ReadsSilentSites(asks).of(week, boundaries.regions());
        return new Bulletin(
                week,
                false,
                clock.instant(),
                nation,
                regions,
                cercles,
                populations(week),
                year(week),
                new ReadsAlerts(asks, sites.regionOf()).of(week),
                sites.silent(),
                vaccinated(week));
    }

    private WeekFigures figures(EpidemiologicalWeek week, String level, boolean publishable) {
        String operation = publishable ? "$idsr-publishable" : "$idsr-weekly";
        return asks.csv(
                operation + "?week=" + week + level + (publishable ? "" : "&_format=csv"),
                WeekFigures.COLUMNS,
                rows -> WeekFigures.of(week, rows));
    }

    private Map<String, YearToDate> year(EpidemiologicalWeek week) {
        String period = "periodStart=" + new EpidemiologicalWeek(week.year(), 1).monday() + "&periodEnd="
                + week.nextMonday().minusDays(1);
        return asks.csv("$idsr-series?" + period, SERIES, rows -> {
            Map<String, YearToDate> year = new TreeMap<>();
            rows.forEach(row -> year.merge(
                    row.get("disease"),
                    new YearToDate(Long.parseLong(row.get("suspected_cases")), Long.parseLong(row.get("deaths"))),
                    YearToDate::with));
            return year;
        });
    }

    private List<Vaccinated> vaccinated(EpidemiologicalWeek week) {
        String period = "periodStart=" + week.nextMonday().minusYears(2) + "&periodEnd="
                + week.nextMonday().minusYears(1).minusDays(1);
        return asks.csv(
                "ml-epi-cohort/$rates?" + period + "&level=region",
                CHILDREN,
                rows -> rows.stream().map(ReadsBulletin::vaccinated).toList());
    }

    private static Vaccinated vaccinated(CSVRecord row) {
        return new Vaccinated(
                row.get("place"),
                Long.parseLong(row.get("old_enough")),
                share(row.get("penta1_percent")),
                share(row.get("penta3_percent")),
                share(row.get("drop_out_percent")),
                share(row.get("zero_dose_percent")));
    }

    private static Optional<Double> share(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(Double.valueOf(text));
    }

    /** Known from the rates: of the places that have a case in the year before the end of the week. */
    private Map<String, Population> populations(EpidemiologicalWeek week) {
        Map<String, Population> populations = new TreeMap<>();
        for (String level : List.of("region", "cercle")) {
            String period = "periodStart=" + week.nextMonday().minusYears(1) + "&periodEnd="
                    + week.nextMonday().minusDays(1);
            populations.putAll(
                    asks.csv("$idsr-rates?" + period + "&level=" + level, INHABITANTS, ReadsBulletin::populations));
        }
        return populations;
    }

    private static Map<String, Population> populations(List<CSVRecord> rows) {
        Map<String, Population> populations = new TreeMap<>();
        for (CSVRecord row : rows) {
            if (!row.get("inhabitants").isEmpty()) {
                populations.put(
                        row.get("place"),
                        new Population(
                                Long.parseLong(row.get("inhabitants")),
                                row.get("population_year"),
                                row.get("population_source"),
                                row.get("population_certain")));
            }
        }
        return populations;
    }
}
