package ml.keneya.store;

import static ml.keneya.store.StatementsAtMoment.ADDRESS;
import static ml.keneya.store.StatementsAtMoment.BY_KEY;
import static ml.keneya.store.StatementsAtMoment.CHUNK;
import static ml.keneya.store.StatementsAtMoment.CONTENT;
import static ml.keneya.store.StatementsAtMoment.CONTENT_NOW;
import static ml.keneya.store.StatementsAtMoment.IN_RANGE;
import static ml.keneya.store.StatementsAtMoment.LAST_CONTENT;
import static ml.keneya.store.StatementsAtMoment.LATE;
import static ml.keneya.store.StatementsAtMoment.NEWER;
import static ml.keneya.store.StatementsAtMoment.NOTED;
import static ml.keneya.store.StatementsAtMoment.QUIET;
import static ml.keneya.store.StatementsAtMoment.VISIBLE;

import ca.uhn.fhir.interceptor.model.RequestPartitionId;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.entity.ResourceIndexedSearchParamToken;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import ml.keneya.conformance.Canonicals;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;

/**
 * Reads the records as they were at a {@link Moment}, however much was written since, without a transaction that stays
 * open: every piece is one short statement. The change log tells which records were written after the moment; only of
 * these an older version is looked up.
 */
@Component
public class RecordsAtMoment {

    /** Rows fetched at a time; small enough for records of a megabyte. */
    private static final int FETCH = 200;

    /** Pieces of the keys of a type that are counted at once, to cut a type into files of about the same size. */
    private static final int PIECES = 16;

    private final DataSource source;

    RecordsAtMoment(DataSource source) {
        this.source = source;
    }

    /**
     * Records that lie one after the other.
     *
     * @param after the key before the first
     * @param last the key of the last
     * @param records how many of them existed at the moment
     */
    public record KeyRange(long after, long last, long records) {}

    /** A record that was written between two moments, and whether it was gone at the second. */
    public record ChangedKey(long key, boolean deleted) {}

    /** A record and its version, without its content. */
    public record Address(long key, String id, long version, boolean exists) {}

    /** Takes versions one by one. */
    @FunctionalInterface
    public interface VersionReader {

        /** @return false when it takes no more for now; this one it has taken */
        boolean read(RawVersion version);
    }

    /** All records of a type, cut into ranges of about the same size, none with more records than so many. */
    public List<KeyRange> ranges(String resourceType, Moment at, int size) {
        MapSqlParameterSource parameters = at(resourceType, at).addValue("width", Math.max(1, size / PIECES));
        return joined(
                run(jdbc -> jdbc.query(
                        isQuiet(jdbc, parameters) ? StatementsAtMoment.PIECES_NOW : StatementsAtMoment.PIECES,
                        parameters,
                        (row, number) ->
                                new KeyRange(row.getLong("after"), row.getLong("last"), row.getLong("records")))),
                size);
    }

    private static List<KeyRange> joined(List<KeyRange> pieces, int size) {
        long records = pieces.stream().mapToLong(KeyRange::records).sum();
        long files = (records + size - 1) / size;
        List<KeyRange> joined = new ArrayList<>();
        for (KeyRange piece : pieces) {
            KeyRange open = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (open != null && open.records() * files < records && open.records() + piece.records() <= size) {
                joined.set(
                        joined.size() - 1, new KeyRange(open.after(), piece.last(), open.records() + piece.records()));
            } else {
                joined.add(piece);
            }
        }
        return joined;
    }

    /** Records that were written after the first moment and not after the second. */
    public List<ChangedKey> changed(String resourceType, Moment since, Moment at) {
        return run(jdbc -> jdbc.query(
                """
                select record.res_id, change.operation = 'DELETE' as deleted
                from (
                    select distinct on (resource_id) resource_id, operation from keneya.change
                    where resource_type = :type and epoch = :epoch
                      and transaction_id >= pg_snapshot_xmin(:since::pg_snapshot)
                      and not pg_visible_in_snapshot(transaction_id, :since::pg_snapshot)
                      and pg_visible_in_snapshot(transaction_id, :snapshot::pg_snapshot)
                    order by resource_id, version desc
                ) change
                join hfj_resource record on record.res_type = :type and record.fhir_id = change.resource_id
                order by record.res_id
                """,
                at(resourceType, at).addValue("since", since.snapshot()),
                (row, number) -> new ChangedKey(row.getLong("res_id"), row.getBoolean("deleted"))));
    }

    /** Records with these ids, whether they existed then or not. */
    public List<Long> keys(String resourceType, Collection<String> ids) {
        return run(jdbc -> jdbc.queryForList(
                "select res_id from hfj_resource where res_type = :type and fhir_id = any(:ids::text[]) order by res_id",
                new MapSqlParameterSource("type", resourceType).addValue("ids", ids.toArray(String[]::new)),
                Long.class));
    }

    /**
     * Records among which are all that pointed to one of the people by a search parameter. Records that were written
     * since are all among them, because the index knows only the present.
     */
    public List<Long> mayPointTo(String resourceType, Collection<String> patients, Moment at) {
        return run(jdbc -> jdbc.queryForList(
                LATE + """
                        select link.src_resource_id
                        from hfj_res_link link join hfj_resource patient on patient.res_id = link.target_resource_id
                        where patient.res_type = 'Patient' and patient.fhir_id = any(:patients::text[])
                          and link.source_resource_type = :type
                        union
                        select record.res_id
                        from late join hfj_resource record
                          on record.res_type = :type and record.fhir_id = late.resource_id
                        order by 1
                        """, at(resourceType, at).addValue("patients", patients.toArray(String[]::new)), Long.class));
    }

    /**
     * Records among which are all of the type that a facility sees: its own, and people it treats. Records that were
     * written since are all among them, because the index knows only the present.
     */
    public List<Long> mayBelongTo(String resourceType, String facility, Moment at) {
        // FHIR has an owner of a task, who is somebody else.
        String label = "Task".equals(resourceType) ? "owner-facility" : "owner";
        long owned = ResourceIndexedSearchParamToken.calculateHashSystemAndValue(
                new PartitionSettings(),
                RequestPartitionId.defaultPartition(),
                resourceType,
                label,
                Canonicals.OWNER,
                facility);
        return run(jdbc -> jdbc.queryForList(
                LATE + """
                        select record.res_id
                        from keneya.treatment treatment join hfj_resource record
                          on record.res_type = :type and record.fhir_id = treatment.patient_id
                        where treatment.facility = :facility and :type = 'Patient'
                        union
                        select res_id from hfj_spidx_token where hash_sys_and_value = :owned
                        union
                        select record.res_id
                        from late join hfj_resource record
                          on record.res_type = :type and record.fhir_id = late.resource_id
                        order by 1
                        """, at(resourceType, at).addValue("facility", facility).addValue("owned", owned), Long.class));
    }

    /**
     * Reads on in a range, until it ends, the reader has enough or so many records are read that it is time for another
     * statement.
     *
     * @return the key to go on after; nothing when the range is at its end
     */
    public @Nullable Long readRange(String resourceType, Moment at, long after, long last, VersionReader reader) {
        MapSqlParameterSource parameters = at(resourceType, at)
                .addValue("after", after)
                .addValue("last", last)
                .addValue("limit", CHUNK);
        Progress progress = run(jdbc -> jdbc.query(
                isQuiet(jdbc, parameters) ? CONTENT_NOW : LATE + IN_RANGE + VISIBLE + CONTENT,
                parameters,
                (ResultSetExtractor<Progress>) rows -> read(resourceType, rows, reader)));
        return progress.stopped() || progress.rows() == CHUNK ? progress.lastKey() : null;
    }

    /** Most exports are read when little was written since, and then nearly every type is as it was. */
    private static boolean isQuiet(NamedParameterJdbcTemplate jdbc, MapSqlParameterSource parameters) {
        return Boolean.TRUE.equals(jdbc.queryForObject(QUIET, parameters, Boolean.class));
    }

    /** The versions of the records with these keys; those that did not exist are left out. */
    public void readKeys(String resourceType, Moment at, long[] keys, VersionReader reader) {
        run(jdbc -> jdbc.query(
                LATE + BY_KEY + VISIBLE + CONTENT,
                at(resourceType, at).addValue("keys", keys),
                (ResultSetExtractor<Progress>) rows -> read(resourceType, rows, reader)));
    }

    /**
     * Exactly these versions, in this order; a record may come several times.
     *
     * @param versions of each key, as it was found out before
     */
    public void readVersions(long[] keys, long[] versions, VersionReader reader) {
        MapSqlParameterSource noted = new MapSqlParameterSource("keys", keys).addValue("versions", versions);
        run(jdbc -> jdbc.query(NOTED, noted, (ResultSetExtractor<Progress>) rows -> read(null, rows, reader)));
    }

    /** What those of the records are now, or were before they were deleted, that were written after these versions. */
    public void readNewer(long[] keys, long[] versions, VersionReader reader) {
        MapSqlParameterSource noted = new MapSqlParameterSource("keys", keys).addValue("versions", versions);
        run(jdbc -> jdbc.query(NEWER, noted, (ResultSetExtractor<Progress>) rows -> read(null, rows, reader)));
    }

    /** The versions of {@link #readKeys}, and of those that were deleted the one before. */
    public void readLastContent(String resourceType, Moment at, long[] keys, VersionReader reader) {
        run(jdbc -> jdbc.query(
                LATE + BY_KEY + VISIBLE + LAST_CONTENT,
                at(resourceType, at).addValue("keys", keys),
                (ResultSetExtractor<Progress>) rows -> read(resourceType, rows, reader)));
    }

    /**
     * The next addresses in a range, those of records that did not exist then among them; none when it is at its end.
     */
    public List<Address> addresses(String resourceType, Moment at, long after, long last) {
        MapSqlParameterSource parameters = at(resourceType, at)
                .addValue("after", after)
                .addValue("last", last)
                .addValue("limit", CHUNK);
        return run(jdbc -> jdbc.query(LATE + IN_RANGE + VISIBLE + ADDRESS, parameters, RecordsAtMoment::address));
    }

    /** Addresses of the records with these keys. */
    public List<Address> addresses(String resourceType, Moment at, long[] keys) {
        return run(jdbc -> jdbc.query(
                LATE + BY_KEY + VISIBLE + ADDRESS,
                at(resourceType, at).addValue("keys", keys),
                RecordsAtMoment::address));
    }

    private static Address address(ResultSet row, int number) throws SQLException {
        return new Address(
                row.getLong("res_id"), row.getString("fhir_id"), row.getLong("res_ver"), row.getBoolean("present"));
    }

    /** The ids of records, also of deleted ones, in the order of the keys. */
    public List<String> ids(String resourceType, long[] keys) {
        return run(jdbc -> jdbc.queryForList(
                "select fhir_id from hfj_resource where res_type = :type and res_id = any(:keys) order by res_id",
                new MapSqlParameterSource("type", resourceType).addValue("keys", keys),
                String.class));
    }

    private record Progress(long rows, long lastKey, boolean stopped) {}

    private static Progress read(@Nullable String typeOfAll, ResultSet rows, VersionReader reader) throws SQLException {
        Columns columns = Columns.of(rows, typeOfAll);
        long count = 0;
        long key = 0;
        while (rows.next()) {
            count++;
            key = rows.getLong(columns.key());
            String resourceType = typeOfAll == null ? rows.getString(columns.type()) : typeOfAll;
            // The driver hands the bytes of a text out as they came, in UTF-8.
            byte[] json = rows.getBytes(columns.json());
            if (json == null) {
                if (rows.getBoolean(columns.present())) {
                    // A file that leaves records out without a word is worse than none.
                    throw new IllegalStateException(
                            "The text of " + resourceType + "/" + rows.getString(columns.id()) + " is not stored.");
                }
                continue;
            }
            boolean more = reader.read(new RawVersion(
                    key,
                    resourceType,
                    rows.getString(columns.id()),
                    rows.getLong(columns.version()),
                    rows.getTimestamp(columns.updated()).toInstant(),
                    rows.getString(columns.source()),
                    json));
            if (!more) {
                return new Progress(count, key, true);
            }
        }
        return new Progress(count, key, false);
    }

    /** Where the columns are; to look for their names in each of a million rows takes its time. */
    private record Columns(int key, int type, int id, int present, int version, int updated, int source, int json) {

        static Columns of(ResultSet rows, @Nullable String typeOfAll) throws SQLException {
            return new Columns(
                    rows.findColumn("res_id"),
                    typeOfAll == null ? rows.findColumn("res_type") : 0,
                    rows.findColumn("fhir_id"),
                    rows.findColumn("present"),
                    rows.findColumn("res_ver"),
                    rows.findColumn("res_updated"),
                    rows.findColumn("source_uri"),
                    rows.findColumn("res_text_vc"));
        }
    }

    private static MapSqlParameterSource at(String resourceType, Moment moment) {
        return new MapSqlParameterSource("type", resourceType)
                .addValue("snapshot", moment.snapshot())
                .addValue("epoch", moment.epoch());
    }

    /** On a connection of its own, outside of the transaction that may be open, and with a cursor. */
    private <T> T run(Function<NamedParameterJdbcTemplate, T> work) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            JdbcTemplate streaming = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
            streaming.setFetchSize(FETCH);
            // All statements see the same writes: none may come between a look at the change log and the records.
            // A plan for any moment whatever reads the change log of a type from its beginning, for every chunk again.
            streaming.execute("set transaction isolation level repeatable read;"
                    + " set local plan_cache_mode = force_custom_plan;"
                    // A cursor is read by one process; a plan for several would be a bad one then.
                    + " set local max_parallel_workers_per_gather = 0");
            T result = work.apply(new NamedParameterJdbcTemplate(streaming));
            connection.commit();
            return result;
        } catch (SQLException failed) {
            throw new DataAccessResourceFailureException("The stored records could not be read.", failed);
        }
    }
}
