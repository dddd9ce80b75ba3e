package ml.keneya.store.summary;

import java.util.Objects;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Writes down who broke the glass, before anything is shown. Numbers that nobody has count too: trying them is what the
 * limit is against.
 */
@Component
class EmergencyAccesses {

    private final JdbcClient jdbc;
    private final EmergencySettings settings;

    EmergencyAccesses(JdbcClient jdbc, EmergencySettings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    /**
     * @param patient whom it concerns, absent when nobody has the number
     * @throws RefusedException when the facility has done so too often within a day
     */
    void note(Caller caller, @Nullable String patient) {
        String facility = Objects.requireNonNull(caller.facility());
        jdbc.sql("""
                        insert into keneya.emergency_access (facility, client, patient_id)
                        values (:facility, :client, :patient)
                        """)
                .param("facility", facility)
                .param("client", caller.client())
                .param("patient", patient)
                .update();
        int today =
                jdbc.sql("""
                        select count(*) from keneya.emergency_access
                        where facility = :facility and at > now() - interval '1 day'
                        """).param("facility", facility).query(Integer.class).single();
        if (today > settings.perDay()) {
            throw new RefusedException(Refusal.of(RefusalCode.TOO_MANY_EMERGENCIES, settings.perDay()));
        }
    }
}
