package ml.keneya.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Knows which records exist at the moment, deleted ones left out, and in which version. */
@Component
public class CurrentVersions {

    /** Stands for the version of a record that does not exist. */
    static final long NONE = -1;

    private final JdbcClient jdbc;

    CurrentVersions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those of the records that do not exist, found with one query. */
    public Set<RecordId> missing(Collection<RecordId> records) {
        if (records.isEmpty()) {
            return Set.of();
        }
        List<RecordId> wanted = List.copyOf(records);
        return new HashSet<>(jdbc.sql("""
                        select wanted.type, wanted.id
                        from unnest(:types::text[], :ids::text[]) as wanted (type, id)
                        where not exists (
                            select from hfj_resource record
                            where record.res_type = wanted.type and record.fhir_id = wanted.id
                              and record.res_deleted_at is null)
                        """)
                .param("types", wanted.stream().map(RecordId::type).toArray(String[]::new))
                .param("ids", wanted.stream().map(RecordId::id).toArray(String[]::new))
                .query(RecordId.class)
                .list());
    }

    /** The versions of those that exist, found with one query. */
    public Map<RecordId, Long> of(Collection<RecordId> records) {
        Map<RecordId, Long> versions = new HashMap<>();
        List<RecordId> wanted = List.copyOf(records);
        jdbc.sql("""
                        select record.res_type, record.fhir_id, record.res_ver
                        from unnest(:types::text[], :ids::text[]) as wanted (type, id)
                        join hfj_resource record on record.res_type = wanted.type and record.fhir_id = wanted.id
                        where record.res_deleted_at is null
                        """)
                .param("types", wanted.stream().map(RecordId::type).toArray(String[]::new))
                .param("ids", wanted.stream().map(RecordId::id).toArray(String[]::new))
                .query((row, number) -> versions.put(
                        new RecordId(row.getString("res_type"), row.getString("fhir_id")), row.getLong("res_ver")))
                .list();
        return versions;
    }

    /** The version of the record, or {@link #NONE}. */
    long of(RecordId record) {
        return find(record, "");
    }

    /** The same, and nobody else changes the record before the open transaction ends. */
    long locked(RecordId record) {
        return find(record, "for update");
    }

    private long find(RecordId record, String lock) {
        return jdbc.sql("""
                        select res_ver from hfj_resource
                        where res_type = :type and fhir_id = :id and res_deleted_at is null
                        """ + lock)
                .paramSource(record)
                .query(Long.class)
                .optional()
                .orElse(NONE);
    }
}
