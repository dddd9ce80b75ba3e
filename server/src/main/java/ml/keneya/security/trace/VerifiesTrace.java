package ml.keneya.security.trace;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import ml.keneya.security.trace.ChainCheck.Anchor;
import ml.keneya.security.trace.ChainCheck.Verdict;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;

/** Walks through the whole trace as of one moment, in constant memory, and says whether it is whole. */
@Component
class VerifiesTrace {

    private static final int FETCH = 1_000;

    private final DataSource source;

    VerifiesTrace(DataSource source) {
        this.source = source;
    }

    /** @param noted anchors from logs, which whoever can change the database cannot change too */
    Verdict verify(List<ChainHead> noted) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            JdbcTemplate snapshot = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
            snapshot.setFetchSize(FETCH);
            Verdict verdict = verify(snapshot, noted);
            connection.rollback();
            return verdict;
        } catch (SQLException failed) {
            throw new DataAccessResourceFailureException("The trace could not be read.", failed);
        }
    }

    private static Verdict verify(JdbcTemplate snapshot, List<ChainHead> noted) {
        Map<Integer, String> seeds = snapshot
                .query(
                        "select chain, encode(seed, 'hex') from keneya.trace_chain",
                        (row, number) -> Map.entry(row.getInt(1), row.getString(2)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        List<Anchor> anchors = new ArrayList<>(snapshot.query(
                "select chain, position, encode(hash, 'hex'), closing from keneya.trace_anchor",
                (row, number) ->
                        new Anchor(new ChainHead(row.getInt(1), row.getLong(2), row.getString(3)), row.getBoolean(4))));
        noted.forEach(head -> anchors.add(new Anchor(head, false)));
        ChainCheck check = new ChainCheck(seeds, anchors);
        snapshot.query(
                "select " + TraceRows.COLUMNS + " from keneya.trace order by chain, position",
                (RowCallbackHandler) row -> check.read(TraceRows.read(row)));
        return check.end();
    }
}
