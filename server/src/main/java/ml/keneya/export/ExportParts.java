package ml.keneya.export;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps which files an export has. */
@Component
class ExportParts {

    private final JdbcClient jdbc;

    ExportParts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps the files of one type; nothing happens when another server copy was faster, or the job was cancelled. */
    @Transactional
    public void keep(UUID job, String resourceType, List<ExportPart> parts) {
        int first = jdbc.sql("""
                        insert into keneya.export_planned (job, resource_type)
                        select id, :type from keneya.export_job where id = :job
                        on conflict do nothing
                        """).param("job", job).param("type", resourceType).update();
        if (first == 0) {
            return;
        }
        for (ExportPart part : parts) {
            boolean range = part.keys() == null;
            jdbc.sql("""
                            insert into keneya.export_part
                                (job, resource_type, deletions, after_key, last_key, keys, records)
                            values (:job, :type, :deletions, :after, :last, :keys, :records)
                            """)
                    .param("job", job)
                    .param("type", part.resourceType())
                    .param("deletions", part.deletions())
                    .param("after", range ? part.after() : null)
                    .param("last", range ? part.last() : null)
                    .param("keys", part.keys())
                    .param("records", part.records())
                    .update();
        }
    }

    Set<String> plannedTypes(UUID job) {
        return Set.copyOf(jdbc.sql("select resource_type from keneya.export_planned where job = :job")
                .param("job", job)
                .query(String.class)
                .list());
    }

    /** All files, without the keys of their records. */
    List<ExportPart> list(UUID job) {
        return jdbc.sql("""
                        select number, resource_type, deletions, after_key, last_key, null as keys, records
                        from keneya.export_part where job = :job order by number
                        """).param("job", job).query((row, number) -> read(row)).list();
    }

    Optional<ExportPart> find(UUID job, long part) {
        return jdbc.sql("""
                        select number, resource_type, deletions, after_key, last_key, keys, records
                        from keneya.export_part where job = :job and number = :part
                        """)
                .param("job", job)
                .param("part", part)
                .query((row, number) -> read(row))
                .optional();
    }

    private static ExportPart read(ResultSet row) throws SQLException {
        Array keys = row.getArray("keys");
        return new ExportPart(
                row.getLong("number"),
                row.getString("resource_type"),
                row.getBoolean("deletions"),
                row.getLong("after_key"),
                row.getLong("last_key"),
                keys == null
                        ? null
                        : Arrays.stream((Long[]) keys.getArray())
                                .mapToLong(Long::longValue)
                                .toArray(),
                row.getLong("records"));
    }
}
