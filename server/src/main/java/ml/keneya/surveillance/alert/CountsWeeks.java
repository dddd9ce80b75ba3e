package ml.keneya.surveillance.alert;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import ml.keneya.surveillance.alert.WatchedPlace.Week;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts cases by week in districts, and in areas of which is known how many people live there. */
@Component
class CountsWeeks {

    /** Who lives where: the newest figure; of the same year that of the registry. */
    private static final String INHABITANTS = """
            , inhabitants as (
                select distinct on (division, code) division, code, inhabitants
                from (
                    select division, code, year, inhabitants, 1 as rank from keneya.population where division = '2015'
                    union all
                    select case when location.code is null then '2015' else 'health' end,
                        coalesce(location.code, location.division_2015), left(catchment.year, 4)::int, catchment.count, 0
                    from identified.catchment_population catchment
                    join identified.location location on location.id = catchment.location_id
                    where catchment.count > 0 and catchment.year ~ '^[0-9]{4}'
                        and coalesce(location.code, location.division_2015) is not null) told
                order by division, code, year desc, rank, inhabitants)
            """;

    /**
     * A case counts in its district, in the area of the facility that declares it, and in the commune where the person
     * lives. Areas that are the district itself are counted once.
     */
    static final String WATCHED = KnownCases.CASES + INHABITANTS + """
            , watched as (
                select cases.id, cases.disease, cases.day, cases.classification,
                    date_trunc('week', cases.day)::date as monday,
                    unit.division, unit.place, unit.event_division, unit.event_place
                from cases
                left join lateral (
                    select line.above from identified.facility facility
                    join keneya.place_line line on line.division = '2015' and line.level = 'cercle'
                        and line.code = coalesce(facility.commune_2015, facility.cercle_2015)
                    where facility.code = cases.facility limit 1) as site on true
                cross join lateral (
                    select distinct on (given.division, given.place) given.*
                    from (values
                        (1, cases.division, cases.place, cases.division, cases.place),
                        (2, 'health', cases.facility,
                            case when site.above is null then 'health' else '2015' end, coalesce(site.above, cases.facility)),
                        (3, '2015', cases.commune_2015, cases.division, cases.place))
                        as given (rank, division, place, event_division, event_place)
                    where given.place is not null and (given.rank = 1 or exists (
                        select from inhabitants where inhabitants.division = given.division
                            and inhabitants.code = given.place))
                    order by given.division, given.place, given.rank) as unit)
            """;

    private final JdbcClient jdbc;

    CountsWeeks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @return of each of the diseases and each place that has had a case of it in the time */
    List<WatchedPlace> count(Collection<String> diseases, LocalDate from, LocalDate until) {
        Map<Event, Growing> places = new LinkedHashMap<>();
        jdbc.sql(WATCHED + """
                        , began as (
                            select division, place, min(monday) as first from watched group by 1, 2),
                        counted as (
                            select disease, division, place, monday, min(event_division) as event_division,
                                min(event_place) as event_place, count(distinct id) as cases,
                                count(distinct id) filter (where classification = 'confirmed') as confirmed,
                                md5(string_agg(distinct id, ',' order by id)) as digest
                            from watched
                            where disease = any(:diseases) and monday between :from and :until
                                and classification <> 'discarded'
                            group by 1, 2, 3, 4)
                        select counted.*, began.first, inhabitants.inhabitants
                        from counted
                        join began on began.division = counted.division and began.place = counted.place
                        left join inhabitants on inhabitants.division = counted.division
                            and inhabitants.code = counted.place
                        order by disease, division, place, monday
                        """)
                .param("diseases", diseases.toArray(String[]::new))
                .param("from", from)
                .param("until", until)
                .query(row -> {
                    Event watched =
                            new Event(row.getString("disease"), row.getString("division"), row.getString("place"));
                    Growing place = places.get(watched);
                    if (place == null) {
                        place = begin(row);
                        places.put(watched, place);
                    }
                    place.weeks.put(
                            row.getObject("monday", LocalDate.class),
                            new Week(row.getInt("cases"), row.getInt("confirmed"), row.getString("digest")));
                });
        List<WatchedPlace> counted = new ArrayList<>();
        places.forEach((watched, place) ->
                counted.add(new WatchedPlace(watched, place.event, place.first, place.inhabitants, place.weeks)));
        return counted;
    }

    private record Growing(Event event, LocalDate first, OptionalInt inhabitants, Map<LocalDate, Week> weeks) {}

    private static Growing begin(ResultSet row) throws SQLException {
        int inhabitants = row.getInt("inhabitants");
        OptionalInt known = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(inhabitants);
        Event event =
                new Event(row.getString("disease"), row.getString("event_division"), row.getString("event_place"));
        return new Growing(event, row.getObject("first", LocalDate.class), known, new HashMap<>());
    }
}
