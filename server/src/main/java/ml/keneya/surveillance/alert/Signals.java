package ml.keneya.surveillance.alert;

import java.sql.Types;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import ml.keneya.surveillance.alert.WatchedPlace.Week;
import ml.keneya.surveillance.detect.Signal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of weeks with too many cases. */
@Component
class Signals {

    private static final String COLUMNS = """
            id, disease, division, place, monday, level, rule, confirmed_only, cases, case_limit, holds, event_division,
            event_place, alert
            """;

    private final JdbcClient jdbc;

    Signals(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What was found of a week.
     *
     * @param confirmedOnly whether the rule counts only confirmed cases
     */
    record Found(WatchedPlace place, LocalDate monday, Signal signal, boolean confirmedOnly) {}

    /** @return the id, where it is new or anything about it has changed */
    Optional<Long> keep(Found found, OffsetDateTime now) {
        WatchedPlace place = found.place();
        Week week = place.week(found.monday());
        return jdbc.sql("""
                        insert into keneya.alert_signal as known (disease, division, place, monday, level, rule,
                            confirmed_only, cases, case_limit, inhabitants, digest, event_division, event_place,
                            found_at, changed_at)
                        values (:disease, :division, :place, :monday, :level, :rule, :confirmed, :cases, :limit,
                            :inhabitants, :digest, :eventDivision, :eventPlace, :now, :now)
                        on conflict (disease, division, place, monday) do update set
                            level = excluded.level, rule = excluded.rule, confirmed_only = excluded.confirmed_only,
                            cases = excluded.cases, case_limit = excluded.case_limit,
                            inhabitants = excluded.inhabitants, digest = excluded.digest, holds = true,
                            changed_at = excluded.changed_at
                        where not known.holds
                            or (known.level, known.rule, known.digest) <> (excluded.level, excluded.rule, excluded.digest)
                        returning id
                        """)
                .param("disease", place.watched().disease())
                .param("division", place.watched().division())
                .param("place", place.watched().place())
                .param("monday", found.monday())
                .param("level", found.signal().level())
                .param("rule", found.signal().rule())
                .param("confirmed", found.confirmedOnly())
                .param("cases", found.signal().cases())
                .param("limit", found.signal().limit())
                .param(
                        "inhabitants",
                        place.inhabitants().isPresent() ? place.inhabitants().getAsInt() : null,
                        Types.INTEGER)
                .param("digest", week.digest())
                .param("eventDivision", place.event().division())
                .param("eventPlace", place.event().place())
                .param("now", now)
                .query(Long.class)
                .optional();
    }

    /** Those of the weeks that still hold. */
    List<KnownSignal> holding(LocalDate from, LocalDate until) {
        return jdbc.sql("select " + COLUMNS
                        + " from keneya.alert_signal where holds and monday between :from and :until order by id")
                .param("from", from)
                .param("until", until)
                .query(KnownSignal.class)
                .list();
    }

    void takeBack(long id, int cases, OffsetDateTime now) {
        jdbc.sql("""
                        update keneya.alert_signal set holds = false, cases = :cases, digest = '', changed_at = :now
                        where id = :id
                        """).param("cases", cases).param("now", now).param("id", id).update();
    }

    /** Has somebody raise, join or escalate the alerts of these, each in a transaction of its own. */
    void note(Collection<Long> ids) {
        jdbc.sql(
                        "insert into keneya.alert_work (record_type, record_id) select 'Signal', id from unnest(:ids) as given (id)")
                .param("ids", ids.stream().map(String::valueOf).toArray(String[]::new))
                .update();
    }

    Optional<KnownSignal> lock(long id) {
        return jdbc.sql("select " + COLUMNS + " from keneya.alert_signal where id = :id for update")
                .param("id", id)
                .query(KnownSignal.class)
                .optional();
    }

    void link(long id, UUID alert) {
        jdbc.sql("update keneya.alert_signal set alert = :alert where id = :id")
                .param("alert", alert)
                .param("id", id)
                .update();
    }

    /** A case of the week with its day. */
    record CaseOfWeek(String id, LocalDate day) {}

    /** The cases of the week that belong to no event that is over, the first to fall ill first. */
    List<CaseOfWeek> cases(KnownSignal signal) {
        return jdbc.sql(CountsWeeks.WATCHED + """
                        select id, min(day) as day from watched
                        where disease = :disease and division = :division and place = :place and monday = :monday
                            and classification <> 'discarded' and (not :confirmed or classification = 'confirmed')
                            and not exists (
                                select from keneya.alert_evidence evidence
                                join keneya.alert on alert.id = evidence.alert
                                where evidence.condition_id = watched.id and alert.closed_at is not null)
                        group by id
                        order by day, id
                        """)
                .param("disease", signal.disease())
                .param("division", signal.division())
                .param("place", signal.place())
                .param("monday", signal.monday())
                .param("confirmed", signal.confirmedOnly())
                .query(CaseOfWeek.class)
                .list();
    }

    /** Weeks with cases of which no rule could tell anything, in place of what was kept of these weeks before. */
    void keepUnwatched(Collection<Found> unwatched, LocalDate from, LocalDate until) {
        jdbc.sql("delete from keneya.alert_unwatched where monday between :from and :until")
                .param("from", from)
                .param("until", until)
                .update();
        for (Found each : unwatched) {
            jdbc.sql("""
                            insert into keneya.alert_unwatched (disease, division, place, monday, cases)
                            values (:disease, :division, :place, :monday, :cases)
                            """)
                    .param("disease", each.place().watched().disease())
                    .param("division", each.place().watched().division())
                    .param("place", each.place().watched().place())
                    .param("monday", each.monday())
                    .param("cases", each.signal().cases())
                    .update();
        }
    }
}
