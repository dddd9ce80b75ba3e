package ml.keneya.surveillance.alert;

import java.sql.Array;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import ml.keneya.surveillance.Statements;
import ml.keneya.surveillance.detect.AlertRule;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds cases, and how many there are near one of them, in the tables of the views. */
@Component
class KnownCases {

    /** Every case has a day and a place: what the record does not say is taken from its arrival and its facility. */
    static final String CASES = Statements.filled("""
            with cases as (
                select condition.id, condition.disease, condition.owner_facility as facility, lives.commune_2015,
                    home.division, home.rank,
                    coalesce(
                        (select line.above from keneya.place_line line
                         where line.division = home.division and line.code = home.code and line.level = 'cercle'),
                        home.code) as place,
                    happened.day,
                    case
                        when condition.verification_status in ('refuted', 'entered-in-error') then 'discarded'
                        else coalesce(condition.case_classification, 'suspected')
                    end as classification,
                    keneya.approximate_day(patient.birth_date) as born_on
                from identified.condition condition
                left join identified.patient patient on patient.id = condition.patient_id
                cross join lateral (
                    select coalesce(condition.onset_on, condition.recorded_on, condition.notified_on,
                        (condition.updated_at at time zone 'UTC')::date) as day) happened
                {{lives}}
                left join identified.facility facility on facility.code = condition.owner_facility
                cross join lateral (
                    select division, code, rank from (values
                        (1, '2015', coalesce(lives.commune_2015, lives.cercle_2015, lives.region_2015)),
                        (2, '2023', coalesce(lives.cercle_2023, lives.region_2023)),
                        (3, '2015', coalesce(facility.commune_2015, facility.cercle_2015, facility.region_2015)),
                        (4, '2023', coalesce(facility.cercle_2023, facility.region_2023)),
                        (5, 'health', condition.owner_facility),
                        (6, '2015', 'ML')) as known (rank, division, code)
                    where code is not null order by rank limit 1) as home
                where condition.disease is not null)
            """);

    private final JdbcClient jdbc;

    KnownCases(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Empty when it was deleted or is no case of a notifiable disease any more. */
    Optional<KnownCase> find(String id) {
        return jdbc.sql(CASES + """
                        select id, disease, division, place, day, classification from cases where id = :id limit 1
                        """).param("id", id).query(KnownCase.class).optional();
    }

    /**
     * The largest set of cases around this one, itself included, that a rule counts together: of the disease, in the
     * place, within the days. Cases of an event that is over do not count again.
     */
    List<String> near(KnownCase one, AlertRule rule) {
        return jdbc.sql(CASES + """
                        , counted as (
                            select id, day from cases
                            where disease = :disease and division = :division and place = :place
                                and classification <> 'discarded'
                                and (not :confirmed or classification = 'confirmed')
                                and (cast(:oldest as int) is null or born_on is null
                                    or extract(year from age(day, born_on)) <= :oldest)
                                and not exists (
                                    select from keneya.alert_evidence evidence
                                    join keneya.alert on alert.id = evidence.alert
                                    where evidence.condition_id = cases.id and alert.closed_at is not null)),
                        together as (
                            select array_agg(distinct other.id) as ids
                            from (select distinct day from counted
                                  where day between :day and cast(:day as date) + :days - 1) as last
                            join counted other on other.day between last.day - :days + 1 and last.day
                            group by last.day)
                        select ids from together where :id = any(ids) order by cardinality(ids) desc limit 1
                        """)
                .param("id", one.id())
                .param("disease", one.disease())
                .param("division", one.division())
                .param("place", one.place())
                .param("day", one.day())
                .param("days", rule.days())
                .param("confirmed", rule.confirmedOnly())
                .param("oldest", rule.oldest(), Types.INTEGER)
                .query((row, number) -> strings(row.getArray("ids")))
                .optional()
                .orElse(List.of());
    }

    /**
     * In whose reports these are counted: of the place where the person lives; of the facility's where nobody says
     * where that is, because such a case lies in no division.
     */
    List<WeekOfPlace> weeks(Collection<String> ids) {
        return jdbc.sql(CASES + """
                        select distinct
                            case when rank <= 2 or facility is null then division else 'health' end as division,
                            case when rank <= 2 or facility is null then place else facility end as place,
                            date_trunc('week', day)::date as monday
                        from cases where id = any(:ids)
                        order by monday, division, place
                        """)
                .param("ids", ids.toArray(String[]::new))
                .query(WeekOfPlace.class)
                .list();
    }

    private static List<String> strings(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
