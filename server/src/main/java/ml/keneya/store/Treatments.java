package ml.keneya.store;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Knows which facility treats whom (decision 14): it sent the person's record, or named the person by a number. */
@Component
class Treatments {

    private final JdbcClient jdbc;
    private final TreatmentSettings settings;

    Treatments(JdbcClient jdbc, TreatmentSettings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    /** Joins the transaction that is open. */
    void note(String facility, String patient) {
        jdbc.sql("""
                        insert into keneya.treatment (facility, patient_id) values (:facility, :patient)
                        on conflict do nothing
                        """).param("facility", facility).param("patient", patient).update();
    }

    /**
     * As {@link #note}, of somebody whom others brought. Joins the transaction that is open.
     *
     * @return whether the facility did not treat her before
     * @throws RefusedException when the facility has named too many people within a day: whoever had a list of numbers
     *     could otherwise open everybody's record to itself
     */
    boolean claim(String facility, String patient) {
        int added = jdbc.sql("""
                        insert into keneya.treatment (facility, patient_id, claimed) values (:facility, :patient, true)
                        on conflict do nothing
                        """)
                .param("facility", facility)
                .param("patient", patient)
                .update();
        if (added == 1 && claimsOfADay(facility) > settings.claimsPerDay()) {
            throw new RefusedException(Refusal.of(RefusalCode.TOO_MANY_CLAIMS, settings.claimsPerDay()));
        }
        return added == 1;
    }

    /** Ids of the people whom the facility treats since then. */
    List<String> begunSince(String facility, Instant since) {
        return jdbc.sql("select patient_id from keneya.treatment where facility = :facility and since >= :since")
                .param("facility", facility)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .query(String.class)
                .list();
    }

    private int claimsOfADay(String facility) {
        return jdbc.sql("""
                        select count(*) from keneya.treatment
                        where facility = :facility and claimed and since > now() - interval '1 day'
                        """).param("facility", facility).query(Integer.class).single();
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
        if (patients.size() == 1) {
            // PostgreSQL keeps its plan for one; for an array it makes one each time.
            String patient = patients.iterator().next();
            return isTreated(patient, facility) ? Set.of(patient) : Set.of();
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

    private boolean isTreated(String patient, String facility) {
        return jdbc.sql("""
                        select exists (select from keneya.treatment
                                       where facility = ? and patient_id = ?)
                        """).param(facility).param(patient).query(Boolean.class).single();
    }
}
