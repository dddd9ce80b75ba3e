package ml.keneya.store;

import ca.uhn.fhir.context.FhirContext;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The current records about one person, whoever brought them: for who has decided what of them somebody may see. They
 * come without id and version.
 */
@Component
public class RecordsAboutPerson {

    private final JdbcClient jdbc;
    private final FhirContext context;

    RecordsAboutPerson(JdbcClient jdbc, FhirContext context) {
        this.jdbc = jdbc;
        this.context = context;
    }

    /**
     * @param owner the code of the facility that brought it, absent when none did
     * @param stored when this version was stored
     */
    public record Found(Resource record, @Nullable String owner, Instant stored) {}

    /** Nothing when there is none, or it was deleted. */
    public Optional<Patient> person(String id) {
        return jdbc.sql("""
                        select history.res_updated, history.res_text_vc
                        from hfj_resource record
                        join hfj_res_ver history on history.res_id = record.res_id and history.res_ver = record.res_ver
                        where record.res_type = 'Patient' and record.fhir_id = :id and record.res_deleted_at is null
                        """)
                .param("id", id)
                .query((row, number) -> (Patient) read(row).record())
                .optional();
    }

    /** Those of one type that point to the person anyhow, the newest first and not more than asked for. */
    public List<Found> pointingTo(String patient, String type, int most) {
        return jdbc.sql("""
                        select history.res_updated, history.res_text_vc
                        from hfj_resource record
                        join hfj_res_ver history on history.res_id = record.res_id and history.res_ver = record.res_ver
                        where record.res_type = :type and record.res_deleted_at is null
                          and record.res_id in (
                              select link.src_resource_id from hfj_resource person
                              join hfj_res_link link on link.target_resource_id = person.res_id
                              where person.res_type = 'Patient' and person.fhir_id = :patient)
                        order by history.res_updated desc, record.res_id desc limit :most
                        """)
                .param("type", type)
                .param("patient", patient)
                .param("most", most)
                .query((row, number) -> read(row))
                .list();
    }

    private Found read(ResultSet row) throws SQLException {
        Resource record = (Resource) context.newJsonParser().parseResource(row.getString("res_text_vc"));
        return new Found(
                record,
                LabelsOwner.ownerOf(record.getMeta()).orElse(null),
                row.getTimestamp("res_updated").toInstant());
    }
}
