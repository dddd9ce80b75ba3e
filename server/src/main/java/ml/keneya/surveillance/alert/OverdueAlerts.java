package ml.keneya.surveillance.alert;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of alerts that nobody has acknowledged in time. */
@Component
class OverdueAlerts {

    private static final String IS_WAITING =
            "closed_at is null and acknowledged_at is null and responsible <> 'agency' and due_at <= :now";

    private final JdbcClient jdbc;

    OverdueAlerts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those that were due first; the last level has nobody above it. */
    List<UUID> ids(OffsetDateTime now) {
        return jdbc.sql("select id from keneya.alert where " + IS_WAITING + " order by due_at, id")
                .param("now", now)
                .query(UUID.class)
                .list();
    }

    /** Empty where it is not overdue any more, or somebody else has it in hand: then it is left to them. */
    Optional<Alert> lock(UUID id, OffsetDateTime now) {
        return jdbc.sql("select " + Alerts.COLUMNS + " from keneya.alert where id = :id and " + IS_WAITING
                        + " for update skip locked")
                .param("id", id)
                .param("now", now)
                .query(Alert.class)
                .optional();
    }

    /** From the district to the region in which it lies; to the agency where no region is known, and afterwards. */
    Escalation next(Alert alert) {
        return jdbc.sql("""
                        select 'region' as responsible, line.division, line.above as place, alert.due_at as was_due_at
                        from keneya.alert
                        left join identified.facility facility
                            on alert.division = 'health' and facility.code = alert.place
                        join keneya.place_line line on line.level = 'region' and line.above <> alert.place
                            and (line.division, line.code) in (
                                (alert.division, alert.place),
                                ('2015', coalesce(facility.commune_2015, facility.cercle_2015, facility.region_2015)),
                                ('2023', coalesce(facility.cercle_2023, facility.region_2023)))
                        where alert.id = :id and alert.responsible = 'district'
                        order by line.division limit 1
                        """)
                .param("id", alert.id())
                .query(Escalation.class)
                .optional()
                .orElseGet(() -> new Escalation("agency", "2015", "ML", alert.dueAt()));
    }

    /** @return the alert with the time of who is responsible now */
    Alert escalate(Alert alert, Escalation next, OffsetDateTime now) {
        jdbc.sql("""
                        insert into keneya.alert_escalation
                            (alert, responsible, division, place, was_due_at, escalated_at)
                        values (:alert, :responsible, :division, :place, :due, :now)
                        """)
                .param("alert", alert.id())
                .param("responsible", next.responsible())
                .param("division", next.division())
                .param("place", next.place())
                .param("due", next.wasDueAt())
                .param("now", now)
                .update();
        return jdbc.sql("update keneya.alert set responsible = :responsible, due_at = :due where id = :id returning "
                        + Alerts.COLUMNS)
                .param("responsible", next.responsible())
                .param("due", now.plus(TimeToVerify.of(alert.level())))
                .param("id", alert.id())
                .query(Alert.class)
                .single();
    }
}
