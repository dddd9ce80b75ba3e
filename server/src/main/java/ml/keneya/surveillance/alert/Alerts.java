package ml.keneya.surveillance.alert;

import java.sql.Types;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of alerts and of their evidence. */
@Component
class Alerts {

    static final String COLUMNS = "id, disease, division, place, level, rule, began_on, raised_at, due_at, closed_at";

    private final JdbcClient jdbc;

    Alerts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The open one of the event, locked until the transaction ends: whoever else has a case of it waits and joins. */
    Optional<Alert> lockOpen(Event event) {
        return jdbc.sql("select " + COLUMNS + """
                         from keneya.alert
                        where disease = :disease and division = :division and place = :place and closed_at is null
                        for update
                        """)
                .param("disease", event.disease())
                .param("division", event.division())
                .param("place", event.place())
                .query(Alert.class)
                .optional();
    }

    Optional<Alert> lock(String id) {
        return jdbc.sql("select " + COLUMNS + " from keneya.alert where id::text = :id for update")
                .param("id", id)
                .query(Alert.class)
                .optional();
    }

    /** Empty when another server has just opened it; its transaction is over then. */
    Optional<Alert> open(Event event, Reached reached) {
        return jdbc.sql("""
                        insert into keneya.alert (disease, division, place, level, rule, began_on, due_at)
                        values (:disease, :division, :place, :level, :rule, :began, now() + :time * interval '1 second')
                        on conflict (disease, division, place) where closed_at is null do nothing
                        returning
                        """ + " " + COLUMNS)
                .param("disease", event.disease())
                .param("division", event.division())
                .param("place", event.place())
                .param("level", reached.level())
                .param("rule", reached.rule())
                .param("began", reached.began())
                .param("time", TimeToVerify.of(reached.level()).toSeconds())
                .query(Alert.class)
                .optional();
    }

    Alert escalate(Alert alert, Reached reached) {
        return jdbc.sql("""
                        update keneya.alert set level = :level, rule = :rule, level_since = now(),
                            due_at = now() + :time * interval '1 second'
                        where id = :id returning
                        """ + " " + COLUMNS)
                .param("time", TimeToVerify.of(reached.level()).toSeconds())
                .param("level", reached.level())
                .param("rule", reached.rule())
                .param("id", alert.id())
                .query(Alert.class)
                .single();
    }

    Alert close(Alert alert, @Nullable String outcome) {
        return jdbc.sql("update keneya.alert set closed_at = now(), outcome = :outcome where id = :id returning "
                        + COLUMNS)
                .param("outcome", outcome, Types.VARCHAR)
                .param("id", alert.id())
                .query(Alert.class)
                .single();
    }

    /** Whoever writes first that the verification is received or goes on has acknowledged it. */
    void acknowledge(Alert alert) {
        jdbc.sql("update keneya.alert set acknowledged_at = now() where id = ? and acknowledged_at is null")
                .param(alert.id())
                .update();
    }

    /** @return those that are new to it */
    List<String> addEvidence(UUID alert, List<String> cases) {
        return jdbc.sql("""
                        insert into keneya.alert_evidence (alert, condition_id, state, patient_id, encounter_id)
                        select :alert, condition.id,
                            case
                                when condition.verification_status in ('refuted', 'entered-in-error') then 'discarded'
                                else coalesce(condition.case_classification, 'suspected')
                            end,
                            condition.patient_id, condition.encounter_id
                        from identified.condition condition where condition.id = any(:cases)
                        on conflict do nothing
                        returning condition_id
                        """)
                .param("alert", alert)
                .param("cases", cases.toArray(String[]::new))
                .query(String.class)
                .list();
    }

    /** @param state the classification of the case now, or {@code withdrawn} */
    void noteState(String conditionId, String state) {
        jdbc.sql("""
                        update keneya.alert_evidence set state = :state, noted_at = now()
                        where condition_id = :condition and state <> :state
                        """).param("condition", conditionId).param("state", state).update();
        // A correction may say that it was somebody else.
        jdbc.sql("""
                        update keneya.alert_evidence evidence
                        set patient_id = condition.patient_id, encounter_id = condition.encounter_id
                        from identified.condition condition
                        where evidence.condition_id = :condition and condition.id = evidence.condition_id
                            and (evidence.patient_id, evidence.encounter_id)
                                is distinct from (condition.patient_id, condition.encounter_id)
                        """).param("condition", conditionId).update();
    }

    /** Whether the case belongs to an event that is over. */
    boolean isSettled(String conditionId) {
        return jdbc.sql("""
                        select exists (select from keneya.alert_evidence evidence
                            join keneya.alert on alert.id = evidence.alert
                            where evidence.condition_id = ? and alert.closed_at is not null)
                        """).param(conditionId).query(Boolean.class).single();
    }
}
