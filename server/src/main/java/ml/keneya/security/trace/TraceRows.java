package ml.keneya.security.trace;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of the trace. Rows are only ever added; the database refuses everything else. */
class TraceRows {

    static final String COLUMNS = """
            chain, position, recorded_at, request, client, facility, role, purpose, address, interaction,
            resource_type, resource_id, patients, query, status, reason, matches, decision, encode(hash, 'hex') as hash
            """;

    private static final int SEED_BYTES = 32;

    private final NamedParameterJdbcTemplate batches;
    private final JdbcClient jdbc;
    private final SecureRandom random = new SecureRandom();

    TraceRows(DataSource source) {
        this.batches = new NamedParameterJdbcTemplate(source);
        this.jdbc = JdbcClient.create(source);
    }

    /** Begins a chain, from a number that nobody could have known before. */
    ChainHead begin(Instant now) {
        byte[] seed = new byte[SEED_BYTES];
        random.nextBytes(seed);
        String hash = HexFormat.of().formatHex(seed);
        int chain = jdbc.sql("""
                        insert into keneya.trace_chain (started_at, seed) values (:now, decode(:seed, 'hex'))
                        returning chain
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("seed", hash)
                .query(Integer.class)
                .single();
        return new ChainHead(chain, 0, hash);
    }

    /** The last row of a chain, nothing when it has none. */
    Optional<ChainHead> last(int chain) {
        return jdbc.sql("""
                        select position, encode(hash, 'hex') from keneya.trace
                        where chain = :chain order by position desc limit 1
                        """)
                .param("chain", chain)
                .query((row, number) -> new ChainHead(chain, row.getLong(1), row.getString(2)))
                .optional();
    }

    void add(List<TracedEvent> rows) {
        batches.batchUpdate("""
                insert into keneya.trace (chain, position, recorded_at, request, client, facility, role, purpose, address,
                        interaction, resource_type, resource_id, patients, query, status, reason, matches, decision, hash)
                values (:chain, :position, :at, :request, :client, :facility, :role, :purpose, :address,
                        :interaction, :type, :id, :patients, :query, :status, :reason, :matches, :decision,
                        decode(:hash, 'hex'))
                """, rows.stream().map(TraceRows::parameters).toArray(SqlParameterSource[]::new));
    }

    /** @param closing whether the chain ends here */
    void anchor(ChainHead head, Instant now, boolean closing) {
        jdbc.sql("""
                        insert into keneya.trace_anchor (chain, position, hash, anchored_at, closing)
                        values (:chain, :position, decode(:hash, 'hex'), :now, :closing)
                        on conflict do nothing
                        """)
                .param("chain", head.chain())
                .param("position", head.position())
                .param("hash", head.hash())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("closing", closing)
                .update();
    }

    private static MapSqlParameterSource parameters(TracedEvent row) {
        TraceEvent event = row.event();
        return new MapSqlParameterSource()
                .addValue("chain", row.chain())
                .addValue("position", row.position())
                .addValue("at", event.at().atOffset(ZoneOffset.UTC))
                .addValue("request", event.request())
                .addValue("client", event.who().client())
                .addValue("facility", event.who().facility())
                .addValue("role", event.who().role())
                .addValue("purpose", event.who().purpose())
                .addValue("address", event.who().address())
                .addValue("interaction", event.what().interaction())
                .addValue("type", event.what().type())
                .addValue("id", event.what().id())
                .addValue("patients", event.what().patients().toArray(String[]::new))
                .addValue("query", event.what().query())
                .addValue("status", event.result().status())
                .addValue("reason", event.result().reason())
                .addValue("matches", event.result().matches())
                .addValue("decision", event.result().decision())
                .addValue("hash", row.hash());
    }

    static TracedEvent read(ResultSet row) throws SQLException {
        return new TracedEvent(
                row.getInt("chain"),
                row.getLong("position"),
                new TraceEvent(
                        row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                        row.getString("request"),
                        new TraceEvent.Who(
                                row.getString("client"),
                                row.getString("facility"),
                                row.getString("role"),
                                row.getString("purpose"),
                                row.getString("address")),
                        new TraceEvent.What(
                                row.getString("interaction"),
                                row.getString("resource_type"),
                                row.getString("resource_id"),
                                List.of((String[]) row.getArray("patients").getArray()),
                                row.getString("query")),
                        new TraceEvent.Result(
                                row.getInt("status"),
                                row.getString("reason"),
                                matches(row),
                                row.getString("decision"))),
                row.getString("hash"));
    }

    private static @Nullable Integer matches(ResultSet row) throws SQLException {
        int matches = row.getInt("matches");
        return row.wasNull() ? null : matches;
    }
}
