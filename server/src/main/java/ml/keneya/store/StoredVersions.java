package ml.keneya.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;

/**
 * Streams stored records as of one instant of the database, in constant memory and without HAPI's objects. What stands
 * right of the store (views, export) reads records through this and never HAPI's tables.
 */
@Component
public class StoredVersions {

    /** Rows fetched at a time; small enough for records of a megabyte. */
    private static final int FETCH = 200;

    static final String VERSION = """
            select history.res_type, record.fhir_id, history.res_ver, history.res_updated,
                   history.res_deleted_at, history.res_text_vc
            from hfj_res_ver history join hfj_resource record on record.res_id = history.res_id
            """;

    private final DataSource source;
    private final NamedParameterJdbcTemplate jdbc;

    StoredVersions(DataSource source) {
        this.source = source;
        this.jdbc = new NamedParameterJdbcTemplate(source);
    }

    /**
     * Hands over the current version of every record of the types, deletions left out, oldest record first.
     *
     * @return the position in the change log up to which everything is in what was handed over
     */
    public ChangePosition streamCurrent(Collection<String> resourceTypes, Consumer<StoredVersion> reader) {
        return inSnapshot(snapshot -> {
            ChangePosition seen = position(snapshot);
            snapshot.query(VERSION + """
                            where record.res_ver = history.res_ver and record.res_deleted_at is null
                              and record.res_type in (:types)
                            order by record.res_id
                            """, new MapSqlParameterSource("types", resourceTypes), (RowCallbackHandler)
                    row -> reader.accept(read(row)));
            return seen;
        });
    }

    /**
     * A connection of its own, outside of the transaction that may be open: HAPI's transactions know no isolation
     * level, and what is streamed must not see what was not committed.
     */
    private <T> T inSnapshot(Function<NamedParameterJdbcTemplate, T> work) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            JdbcTemplate streaming = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
            streaming.setFetchSize(FETCH);
            T result = work.apply(new NamedParameterJdbcTemplate(streaming));
            connection.commit();
            return result;
        } catch (SQLException failed) {
            throw new DataAccessResourceFailureException("The stored records could not be streamed.", failed);
        }
    }

    /** One version of one record; nothing when it never existed. */
    public Optional<StoredVersion> find(String resourceType, String id, long version) {
        return jdbc
                .query(
                        VERSION + """
                                where record.res_type = :type and record.fhir_id = :id and history.res_ver = :version
                                """,
                        new MapSqlParameterSource("type", resourceType)
                                .addValue("id", id)
                                .addValue("version", version),
                        (row, number) -> read(row))
                .stream()
                .findFirst();
    }

    /**
     * Everything of transactions below {@code xmin} is visible in this snapshot; what others write meanwhile is not,
     * and comes later in the change log.
     */
    private static ChangePosition position(NamedParameterJdbcTemplate snapshot) {
        return Objects.requireNonNull(snapshot.getJdbcTemplate()
                .queryForObject(
                        "select epoch, pg_snapshot_xmin(pg_current_snapshot())::text::bigint from keneya.change_epoch",
                        (row, number) -> new ChangePosition(row.getInt(1), row.getLong(2))));
    }

    static StoredVersion read(ResultSet row) throws SQLException {
        boolean deleted = row.getTimestamp("res_deleted_at") != null;
        return new StoredVersion(
                row.getString("res_type"),
                row.getString("fhir_id"),
                row.getLong("res_ver"),
                row.getTimestamp("res_updated").toInstant(),
                deleted ? null : row.getString("res_text_vc"));
    }
}
