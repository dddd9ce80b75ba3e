package ml.keneya.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Streams stored records as of one instant of the database, in constant memory and without HAPI's objects. What stands
 * right of the store (views, export) reads records through this and never HAPI's tables.
 */
@Component
public class StoredVersions {

    /** Rows fetched at a time; small enough for records of a megabyte. */
    private static final int FETCH = 200;

    private static final String VERSION =
            """
            select history.res_type, record.fhir_id, history.res_ver, history.res_updated,
                   history.res_deleted_at, history.res_text_vc
            from hfj_res_ver history join hfj_resource record on record.res_id = history.res_id
            """;

    private final NamedParameterJdbcTemplate jdbc;
    private final TransactionTemplate snapshot;

    StoredVersions(DataSource source, PlatformTransactionManager transactions) {
        JdbcTemplate streaming = new JdbcTemplate(source);
        streaming.setFetchSize(FETCH);
        this.jdbc = new NamedParameterJdbcTemplate(streaming);
        this.snapshot = new TransactionTemplate(transactions);
        this.snapshot.setReadOnly(true);
        this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.snapshot.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * Hands over the current version of every record of the types, deletions left out, oldest record first.
     *
     * @return the position in the change log up to which everything is in what was handed over
     */
    public ChangePosition streamCurrent(Collection<String> resourceTypes, Consumer<StoredVersion> reader) {
        ChangePosition position = snapshot.execute(status -> {
            ChangePosition seen = position();
            jdbc.query(
                    VERSION
                            + """
                            where record.res_ver = history.res_ver and record.res_deleted_at is null
                              and record.res_type in (:types)
                            order by record.res_id
                            """,
                    new MapSqlParameterSource("types", resourceTypes),
                    (RowCallbackHandler) row -> reader.accept(read(row)));
            return seen;
        });
        return Objects.requireNonNull(position);
    }

    /** One version of one record; nothing when it never existed. */
    public Optional<StoredVersion> find(String resourceType, String id, long version) {
        return jdbc
                .query(
                        VERSION
                                + """
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
     * Everything of transactions below {@code xmin} is visible in this snapshot; what others write meanwhile is not, and
     * comes later in the change log.
     */
    private ChangePosition position() {
        return Objects.requireNonNull(jdbc.getJdbcTemplate()
                .queryForObject(
                        "select epoch, pg_snapshot_xmin(pg_current_snapshot())::text::bigint from keneya.change_epoch",
                        (row, number) -> new ChangePosition(row.getInt(1), row.getLong(2))));
    }

    private static StoredVersion read(ResultSet row) throws SQLException {
        boolean deleted = row.getTimestamp("res_deleted_at") != null;
        return new StoredVersion(
                row.getString("res_type"),
                row.getString("fhir_id"),
                row.getLong("res_ver"),
                row.getTimestamp("res_updated").toInstant(),
                deleted ? null : row.getString("res_text_vc"));
    }
}
