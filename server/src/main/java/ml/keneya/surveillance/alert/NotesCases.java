package ml.keneya.surveillance.alert;

import java.util.ArrayList;
import java.util.List;
import ml.keneya.conformance.Canonicals;
import ml.keneya.store.FollowsWrites;
import ml.keneya.store.WrittenRecord;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Notes, in the transaction that writes them, the cases that may raise an alert and the verifications that have begun
 * or are done. What is noted outlives whatever happens to this server after the commit.
 */
@Component
class NotesCases implements FollowsWrites {

    static final String DISEASES = Canonicals.BASE + "/CodeSystem/ml-notifiable-disease";
    static final String TASKS = Canonicals.BASE + "/CodeSystem/ml-task-type";
    static final String VERIFICATION = "alert-verification";

    private final JdbcClient jdbc;
    private final AlertRules rules;
    private final WorksOffAlerts worker;

    NotesCases(JdbcClient jdbc, AlertRules rules, WorksOffAlerts worker) {
        this.jdbc = jdbc;
        this.rules = rules;
        this.worker = worker;
    }

    @Override
    public void follow(List<WrittenRecord> written) {
        List<String> cases = new ArrayList<>();
        List<String> perhaps = new ArrayList<>();
        List<String> verifications = new ArrayList<>();
        for (WrittenRecord each : written) {
            Resource record = each.resource();
            String id = each.change().id();
            if (record instanceof Condition condition && mayRaise(condition)) {
                cases.add(id);
            } else if (each.change().resourceType().equals("Condition")
                    && each.change().version() > 1) {
                // Deleted, or of another disease now: it matters where it is the evidence of an alert.
                perhaps.add(id);
            } else if (record instanceof Task task && isAcknowledged(task)) {
                verifications.add(id);
            }
        }
        int noted = cases.isEmpty() ? 0 : note("Condition", cases);
        noted += verifications.isEmpty() ? 0 : note("Task", verifications);
        noted += perhaps.isEmpty() ? 0 : noteEvidence(perhaps);
        if (noted > 0) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    worker.wake();
                }
            });
        }
    }

    private boolean mayRaise(Condition condition) {
        return condition.getCode().getCoding().stream()
                .anyMatch(coding -> DISEASES.equals(coding.getSystem())
                        && rules.diseases().contains(String.valueOf(coding.getCode())));
    }

    private static boolean isAcknowledged(Task task) {
        CodeableConcept code = task.getCode();
        return task.hasStatus()
                && !List.of("draft", "requested").contains(task.getStatus().toCode())
                && code.getCoding().stream()
                        .anyMatch(coding -> TASKS.equals(coding.getSystem()) && VERIFICATION.equals(coding.getCode()));
    }

    private int note(String type, List<String> ids) {
        return jdbc.sql("""
                        insert into keneya.alert_work (record_type, record_id)
                        select :type, id from unnest(:ids) as given (id)
                        """)
                .param("type", type)
                .param("ids", ids.toArray(String[]::new))
                .update();
    }

    private int noteEvidence(List<String> ids) {
        return jdbc.sql("""
                        insert into keneya.alert_work (record_type, record_id)
                        select distinct 'Condition', condition_id from keneya.alert_evidence
                        where condition_id = any(:ids)
                        """).param("ids", ids.toArray(String[]::new)).update();
    }
}
