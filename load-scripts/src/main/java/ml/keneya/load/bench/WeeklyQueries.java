package ml.keneya.load.bench;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import ml.keneya.load.agency.EpidemiologicalWeek;

/** Every weekly national report, at each level, and the series of some years. */
final class WeeklyQueries {
    private static final List<String> INDICATORS = List.of(
            "ml-idsr-weekly",
            "ml-idsr-completeness",
            "ml-idsr-declared",
            "ml-epi-doses",
            "ml-epi-cohort",
            "ml-epi-coverage-by-cohort",
            "ml-maternal",
            "ml-nutrition-screening",
            "ml-tele-expertise-answers",
            "ml-telehealth-activity",
            "ml-social-people",
            "ml-social-consultations");

    private WeeklyQueries() {}

    /**
     * Something that is asked for.
     *
     * @param name as {@code --only} has it
     * @param path below the base
     */
    record Query(String name, String path) {}

    /**
     * All of them.
     *
     * @param week the week that the series ends with
     */
    static List<Query> of(EpidemiologicalWeek week, int years) {
        LocalDate until = week.nextMonday().minusDays(1);
        List<Query> queries = new ArrayList<>();
        String weekly = "Measure/$idsr-weekly?week=" + week;
        queries.add(new Query("idsr", weekly));
        for (String level : List.of("region", "cercle", "commune", "facility")) {
            queries.add(new Query("idsr-" + level, weekly + "&level=" + level));
        }
        queries.add(new Query("idsr-2023-region", weekly + "&level=region&subject=2023%7CML"));
        queries.add(new Query("idsr-health-district", weekly + "&level=health-district&subject=health%7CML"));
        queries.add(new Query("idsr-dhis2", weekly + "&level=cercle&_format=dhis2"));
        queries.add(new Query("idsr-adx", weekly + "&level=cercle&_format=adx"));
        queries.add(new Query("idsr-rates", "Measure/$idsr-rates?level=region&week=" + week));
        queries.add(new Query("idsr-publishable", "Measure/$idsr-publishable?level=commune&week=" + week));
        for (String indicator : INDICATORS) {
            queries.add(new Query(indicator, "Measure/" + indicator + "/$evaluate-measure?level=region&week=" + week));
        }
        String series =
                "Measure/$idsr-series?periodStart=" + until.minusYears(years).plusDays(1) + "&periodEnd=" + until;
        queries.add(new Query("series", series));
        queries.add(new Query("series-region", series + "&level=region"));
        return queries;
    }
}
