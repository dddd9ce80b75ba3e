package ml.keneya.security.trace;

import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of the trace. Rows are only ever added; the database refuses everything else. */
class TraceRows {

    static final String COLUMNS = """
            chain, position, recorded_at, request, client, facility, role, purpose, address, interaction,
            resource_type, resource_id, patients, query, status, reason, matches, decision, encode(hash, 'hex') as hash
            """;

    /** Few enough that PostgreSQL soon knows the statement of each number of rows. */
    static final int MOST_IN_A_STATEMENT = 64;

    private static final String INSERT = """
            insert into keneya.trace (chain, position, recorded_at, request, client, facility, role, purpose, address,
                    interaction, resource_type, resource_id, patients, query, status, reason, matches, decision, hash)
            values\s""";

    private static final int PARAMETERS = 19;
    private static final String ROW = "(" + String.join(", ", Collections.nCopies(PARAMETERS, "?")) + ")";

    /** By the number of rows; the first, of none, only holds its place. */
    private static final List<String> INSERTS = IntStream.rangeClosed(0, MOST_IN_A_STATEMENT)
            .mapToObj(rows -> INSERT + String.join(", ", Collections.nCopies(rows, ROW)))
            .toList();

    private static final int SEED_BYTES = 32;

    private final JdbcTemplate statements;
    private final JdbcClient jdbc;
    private final SecureRandom random = new SecureRandom();

    TraceRows(DataSource source) {
        this.statements = new JdbcTemplate(source);
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

    /**
     * Rows that come together go in one statement, which costs the database a third of one each. Parameters by number
     * and not by name, because an access should not cost more here than in the database.
     */
    void add(List<TracedEvent> rows) {
        for (int begin = 0; begin < rows.size(); begin += MOST_IN_A_STATEMENT) {
            List<TracedEvent> together = rows.subList(begin, Math.min(begin + MOST_IN_A_STATEMENT, rows.size()));
            statements.update(INSERTS.get(together.size()), statement -> {
                int before = 0;
                for (TracedEvent row : together) {
                    set(statement, before, row);
                    before += PARAMETERS;
                }
            });
        }
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

    private static void set(PreparedStatement row, int before, TracedEvent traced) throws SQLException {
        TraceEvent event = traced.event();
        row.setInt(before + 1, traced.chain());
        row.setLong(before + 2, traced.position());
        row.setObject(before + 3, event.at().atOffset(ZoneOffset.UTC));
        row.setString(before + 4, event.request());
        row.setString(before + 5, event.who().client());
        row.setString(before + 6, event.who().facility());
        row.setString(before + 7, event.who().role());
        row.setString(before + 8, event.who().purpose());
        row.setString(before + 9, event.who().address());
        row.setString(before + 10, event.what().interaction());
        row.setString(before + 11, event.what().type());
        row.setString(before + 12, event.what().id());
        row.setArray(
                before + 13,
                row.getConnection()
                        .createArrayOf("text", event.what().patients().toArray()));
        row.setString(before + 14, event.what().query());
        row.setInt(before + 15, event.result().status());
        row.setString(before + 16, event.result().reason());
        row.setObject(before + 17, event.result().matches(), Types.INTEGER);
        row.setString(before + 18, event.result().decision());
        row.setBytes(before + 19, HexFormat.of().parseHex(traced.hash()));
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
