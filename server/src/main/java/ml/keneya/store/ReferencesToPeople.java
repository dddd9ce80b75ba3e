package ml.keneya.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which people records are about, by the references that the storage keeps for searching. */
@Component
public class ReferencesToPeople {

    private static final String LINKS = """
            from hfj_resource person
            join hfj_res_link link on link.target_resource_id = person.res_id and link.src_path = :path
            join hfj_resource record on record.res_id = link.src_resource_id and record.res_deleted_at is null
            where person.res_type = 'Patient'
            """;

    private final JdbcClient jdbc;

    ReferencesToPeople(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Ids of records about any of the people, in no order.
     *
     * @param path of the reference, for example {@code Immunization.patient}
     */
    public List<String> about(Collection<String> people, String path, int most) {
        return jdbc.sql("select record.fhir_id " + LINKS + " and person.fhir_id = any(:people) limit :most")
                .param("path", path)
                .param("people", people.toArray(String[]::new))
                .param("most", most)
                .query(String.class)
                .list();
    }

    /** The people whom those of the records that there are name, by the id of the record. */
    public Map<String, String> named(Collection<String> records, String path) {
        Map<String, String> people = new HashMap<>();
        jdbc.sql("select record.fhir_id as record, person.fhir_id as person " + LINKS
                        + " and record.res_type = :type and record.fhir_id = any(:records)")
                .param("path", path)
                .param("type", path.substring(0, path.indexOf('.')))
                .param("records", records.toArray(String[]::new))
                .query((row, number) -> people.put(row.getString("record"), row.getString("person")))
                .list();
        return people;
    }
}
