package ml.keneya.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads current records in pieces, on a connection of the caller's: for a long copy that must be able to stop and go
 * on, and for a comparison of records with something else in one snapshot.
 */
@Component
public class RecordChunks {

    /**
     * @param records current versions; deleted records are left out
     * @param last where the next piece begins
     * @param end whether nothing comes after it
     */
    public record Chunk(List<StoredVersion> records, long last, boolean end) {}

    /**
     * Records with their current versions. "limit" keeps the planner to looking up each version by its key: to merge
     * the two tables it would go through all versions from the first one on, for each piece again.
     */
    private static final String CURRENT = """
            select record.res_id, history.res_type, record.fhir_id, history.res_ver, history.res_updated,
                   history.res_deleted_at, history.res_text_vc
            from hfj_resource record
            join lateral (
                select * from hfj_res_ver version
                where version.res_id = record.res_id and version.res_ver = record.res_ver
                limit 1
            ) history on true
            """;

    /** Records of a type in the order in which they were created, from the beginning when {@code after} is 0. */
    public Chunk after(JdbcClient on, String resourceType, long after, int limit) {
        return chunk(on, resourceType, after, limit, "", List.of());
    }

    /** The same of the records that the sample has. */
    public Chunk after(JdbcClient on, String resourceType, RecordSample sample, long after, int limit) {
        String chosen = "and " + RecordSample.condition("record.fhir_id");
        return chunk(on, resourceType, after, limit, chosen, List.of(sample.seed(), sample.most()));
    }

    private static Chunk chunk(
            JdbcClient on, String resourceType, long after, int limit, String chosen, List<Long> choosing) {
        List<StoredVersion> records = new ArrayList<>();
        List<Long> keys = on.sql(CURRENT + """
                        where record.res_type = ? and record.res_id > ? %s
                        order by record.res_id
                        limit ?
                        """.formatted(chosen))
                .param(resourceType)
                .param(after)
                .params(choosing)
                .param(limit)
                .query((row, number) -> {
                    StoredVersion version = StoredVersions.read(row);
                    if (!version.isDeletion()) {
                        records.add(version);
                    }
                    return row.getLong("res_id");
                })
                .list();
        return new Chunk(records, keys.isEmpty() ? after : keys.get(keys.size() - 1), keys.size() < limit);
    }

    /** The current versions of the records; those that do not exist or are deleted are left out. */
    public List<StoredVersion> current(JdbcClient on, String resourceType, Collection<String> ids) {
        return on.sql(CURRENT + """
                        where record.res_deleted_at is null
                          and record.res_type = :type and record.fhir_id = any(:ids::text[])
                        """)
                .param("type", resourceType)
                .param("ids", ids.toArray(String[]::new))
                .query((row, number) -> StoredVersions.read(row))
                .list();
    }

    /** A sample of as many records of the type, or all when there are not so many. */
    public RecordSample sample(JdbcClient on, String resourceType, long seed, int size) {
        String numbers = "select " + RecordSample.number("fhir_id") + " as number from hfj_resource"
                + " where res_type = ? and res_deleted_at is null order by number offset ? limit 1";
        return on.sql(numbers)
                .params(seed, resourceType, size - 1)
                .query(Long.class)
                .optional()
                .map(most -> new RecordSample(seed, most))
                .orElse(RecordSample.ALL);
    }

    /** How many records of the type exist, deleted ones left out. */
    public long count(JdbcClient on, String resourceType) {
        return on.sql("select count(*) from hfj_resource where res_type = ? and res_deleted_at is null")
                .param(resourceType)
                .query(Long.class)
                .single();
    }

    /** Every change of a transaction below it is visible to each statement that begins from now on. */
    public ChangePosition position(JdbcClient on) {
        return on.sql("""
                        select epoch, pg_snapshot_xmin(pg_current_snapshot())::text::bigint as transaction_id
                        from keneya.change_epoch
                        """).query(ChangePosition.class).single();
    }

    /**
     * Ids of records of the type that transactions from {@code from} on have changed, as far as they are visible, in
     * the order of the ids and beginning after {@code after}.
     */
    public List<String> changed(JdbcClient on, String resourceType, long from, String after, int limit) {
        return on.sql("""
                        select distinct resource_id from keneya.change
                        where transaction_id >= :from::text::xid8 and resource_type = :type and resource_id > :after
                        order by resource_id
                        limit :limit
                        """)
                .param("from", Long.toString(from))
                .param("type", resourceType)
                .param("after", after)
                .param("limit", limit)
                .query(String.class)
                .list();
    }
}
