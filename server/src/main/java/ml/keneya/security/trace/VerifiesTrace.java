package ml.keneya.security.trace;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.security.trace.ChainCheck.Anchor;
import ml.keneya.security.trace.ChainCheck.Verdict;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;

/**
 * Walks through the whole trace as of one moment, with no more of it in memory than its anchors, and says whether it is
 * whole.
 */
@Component
class VerifiesTrace {

    private static final int FETCH = 1_000;

    private final DataSource source;

    /** A walk holds a connection, and old versions of rows, for as long as it takes. */
    private final Semaphore turn = new Semaphore(1);

    VerifiesTrace(DataSource source) {
        this.source = source;
    }

    /** @param noted anchors from logs, which whoever can change the database cannot change too */
    Verdict verify(List<ChainHead> noted) {
        return verify(noted, null);
    }

    /** For who asks from elsewhere: one walk at a time, through one chain. */
    Verdict verifyInTurn(List<ChainHead> noted, int chain) {
        if (!turn.tryAcquire()) {
            throw new RefusedException(Refusal.of(RefusalCode.BUSY));
        }
        try {
            return verify(noted, chain);
        } finally {
            turn.release();
        }
    }

    /** @param chain the only one to be walked through, null for all */
    Verdict verify(List<ChainHead> noted, @Nullable Integer chain) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            JdbcTemplate snapshot = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
            snapshot.setFetchSize(FETCH);
            Verdict verdict = verify(snapshot, noted, chain);
            connection.rollback();
            return verdict;
        } catch (SQLException failed) {
            throw new DataAccessResourceFailureException("The trace could not be read.", failed);
        }
    }

    private static Verdict verify(JdbcTemplate snapshot, List<ChainHead> noted, @Nullable Integer chain) {
        String which = chain == null ? "" : " where chain = " + chain;
        Map<Integer, String> seeds = snapshot
                .query(
                        "select chain, encode(seed, 'hex') from keneya.trace_chain" + which,
                        (row, number) -> Map.entry(row.getInt(1), row.getString(2)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        List<Anchor> anchors = new ArrayList<>(snapshot.query(
                "select chain, position, encode(hash, 'hex'), closing from keneya.trace_anchor" + which,
                (row, number) ->
                        new Anchor(new ChainHead(row.getInt(1), row.getLong(2), row.getString(3)), row.getBoolean(4))));
        noted.forEach(head -> anchors.add(new Anchor(head, false)));
        if (chain != null) {
            anchors.removeIf(anchor -> anchor.head().chain() != chain);
        }
        ChainCheck check = new ChainCheck(seeds, anchors);
        snapshot.query(
                "select " + TraceRows.COLUMNS + " from keneya.trace" + which + " order by chain, position",
                (RowCallbackHandler) row -> check.read(TraceRows.read(row)));
        return check.end();
    }
}
