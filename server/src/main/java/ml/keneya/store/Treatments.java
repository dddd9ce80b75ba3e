package ml.keneya.store;

import java.util.Collection;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Knows which facility treats whom (decision 14): it sent the person's record, or named the person by a number. */
@Component
class Treatments {

    private final JdbcClient jdbc;

    Treatments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Joins the transaction that is open. */
    void note(String facility, String patient) {
        jdbc.sql("""
                        insert into keneya.treatment (facility, patient_id) values (:facility, :patient)
                        on conflict do nothing
                        """).param("facility", facility).param("patient", patient).update();
    }

    /** Whether others than the facility treat her. */
    boolean isTreatedElsewhere(String patient, String facility) {
        return jdbc.sql("""
                        select exists (select from keneya.treatment
                                       where patient_id = :patient and facility <> :facility)
                        """)
                .param("patient", patient)
                .param("facility", facility)
                .query(Boolean.class)
                .single();
    }

    /** Those of the people whom the facility treats. */
    Set<String> among(Collection<String> patients, String facility) {
        if (patients.isEmpty()) {
            return Set.of();
        }
        return Set.copyOf(jdbc.sql("""
                        select patient_id from keneya.treatment
                        where facility = :facility and patient_id = any(:patients)
                        """)
                .param("facility", facility)
                .param("patients", patients.toArray(String[]::new))
                .query(String.class)
                .list());
    }
}
