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

    /**
     * Keeps the files of one type; nothing happens when another server copy was faster, or the job was cancelled.
     *
     * @param leftOut records of the type that are in no file
     */
    @Transactional
    public void keep(UUID job, String resourceType, List<ExportPart> parts, long leftOut) {
        // What a crash takes away is found out again, and that the job is ready is written to the disk after all this.
        jdbc.sql("set local synchronous_commit = off").update();
        int first = jdbc.sql("""
                        insert into keneya.export_planned (job, resource_type, left_out)
                        select id, :type, :leftOut from keneya.export_job where id = :job
                        on conflict do nothing
                        """)
                .param("job", job)
                .param("type", resourceType)
                .param("leftOut", leftOut)
                .update();
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

    /** Records that are in no file. */
    long leftOut(UUID job) {
        return jdbc.sql("select coalesce(sum(left_out), 0) from keneya.export_planned where job = :job")
                .param("job", job)
                .query(Long.class)
                .single();
    }

    /** All files, without the keys of their records. */
    List<ExportPart> list(UUID job) {
        return jdbc.sql("""
                        select number, resource_type, deletions, after_key, last_key, null as keys,
                               first_block, last_block, records
                        from keneya.export_part where job = :job order by number
                        """).param("job", job).query((row, number) -> read(row)).list();
    }

    /**
     * Lists the files that no manifest has listed in a further one.
     *
     * @return how many manifests there are
     */
    @Transactional
    public int fillPages(UUID job) {
        // Two clients that ask at once must not share a page between them.
        jdbc.sql("select id from keneya.export_job where id = :job for update")
                .param("job", job)
                .query(UUID.class)
                .optional();
        jdbc.sql("""
                        update keneya.export_part
                        set page = (select coalesce(max(page), 0) + 1 from keneya.export_part where job = :job)
                        where job = :job and page is null
                        """).param("job", job).update();
        return jdbc.sql("select coalesce(max(page), 0) from keneya.export_part where job = :job")
                .param("job", job)
                .query(Integer.class)
                .single();
    }

    /** The files of one manifest. */
    List<ExportPart> list(UUID job, int page) {
        return jdbc.sql("""
                        select number, resource_type, deletions, after_key, last_key, null as keys,
                               first_block, last_block, records
                        from keneya.export_part where job = :job and page = :page order by number
                        """)
                .param("job", job)
                .param("page", page)
                .query((row, number) -> read(row))
                .list();
    }

    Optional<ExportPart> find(UUID job, long part) {
        return jdbc.sql("""
                        select number, resource_type, deletions, after_key, last_key, keys,
                               first_block, last_block, records
                        from keneya.export_part where job = :job and number = :part
                        """)
                .param("job", job)
                .param("part", part)
                .query((row, number) -> read(row))
                .optional();
    }

    private static ExportPart read(ResultSet row) throws SQLException {
        Array keys = row.getArray("keys");
        String firstBlock = row.getString("first_block");
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
                firstBlock == null ? null : new ExportPart.Blocks(firstBlock, row.getString("last_block")),
                row.getLong("records"));
    }
}
