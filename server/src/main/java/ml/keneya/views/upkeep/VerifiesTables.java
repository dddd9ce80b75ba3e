package ml.keneya.views.upkeep;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;
import ml.keneya.store.RecordChunks;
import ml.keneya.store.RecordChunks.Chunk;
import ml.keneya.store.RecordSample;
import ml.keneya.store.RecordSource;
import ml.keneya.store.StoredVersion;
import ml.keneya.views.table.RecordRows;
import ml.keneya.views.upkeep.MakesRows.Outcome;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;

/**
 * Makes the rows of every stored record, or of a sample, afresh and compares them with what the table holds, in one
 * snapshot and in constant memory, while records are being written.
 */
@Component
class VerifiesTables {

    private static final int PIECE = 500;

    /** So many are named; the number of all of them is told anyway. */
    private static final int NAMED = 20;

    private final DataSource source;
    private final RecordChunks records;
    private final RecordSource reads;

    VerifiesTables(DataSource source, RecordChunks records, RecordSource reads) {
        this.source = source;
        this.records = records;
        this.reads = reads;
    }

    Verification verify(MaintainedView target) {
        return verify(target, HowMany.ALL);
    }

    Verification verify(MaintainedView target, HowMany wanted) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            JdbcClient snapshot = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            RecordSample sample = wanted.sample(records, snapshot, target.view().resource());
            Verification found = new Work(snapshot, target, sample).done();
            connection.commit();
            return found;
        } catch (SQLException failed) {
            throw new DataAccessResourceFailureException("A table of a view could not be verified.", failed);
        }
    }

    private final class Work {

        private final JdbcClient snapshot;
        private final MaintainedView target;
        private final RecordSample sample;
        private final List<String> examples = new ArrayList<>();
        private long done;
        private long unfit;
        private long differences;
        private long withRows;

        Work(JdbcClient snapshot, MaintainedView target, RecordSample sample) {
            this.snapshot = snapshot;
            this.target = target;
            this.sample = sample;
        }

        Verification done() {
            Chunk chunk = records.after(snapshot, target.view().resource(), sample, 0, PIECE);
            compare(chunk.records());
            while (!chunk.end()) {
                chunk = records.after(snapshot, target.view().resource(), sample, chunk.last(), PIECE);
                compare(chunk.records());
            }
            if (target.table().count(snapshot, sample) != withRows) {
                findStrangers();
            }
            return new Verification(target.view().name(), done, unfit, differences, examples);
        }

        private void compare(List<StoredVersion> versions) {
            Map<String, RecordRows> held = new HashMap<>();
            target.table()
                    .rowsOf(snapshot, versions.stream().map(StoredVersion::id).toList())
                    .forEach(rows -> held.put(rows.origin().id(), rows));
            withRows += held.size();
            for (StoredVersion version : versions) {
                Outcome outcome = MakesRows.of(target.view(), reads.read(version), false);
                done++;
                unfit += outcome.failure() == null ? 0 : 1;
                if (!same(outcome.rows(), held.get(version.id()))) {
                    differ(version.id());
                }
            }
        }

        /** Rows of records that are deleted or never were. */
        private void findStrangers() {
            String after = "";
            List<String> ids = target.table().ids(snapshot, sample, after, PIECE);
            while (!ids.isEmpty()) {
                Set<String> strangers = new HashSet<>(ids);
                records.current(snapshot, target.view().resource(), ids)
                        .forEach(version -> strangers.remove(version.id()));
                strangers.forEach(this::differ);
                after = ids.get(ids.size() - 1);
                ids = target.table().ids(snapshot, sample, after, PIECE);
            }
        }

        private void differ(String id) {
            differences++;
            if (examples.size() < NAMED) {
                examples.add(id);
            }
        }
    }

    private static boolean same(RecordRows expected, @Nullable RecordRows held) {
        if (held == null) {
            return expected.rows().isEmpty();
        }
        RecordRows.Origin wanted = expected.origin();
        RecordRows.Origin found = held.origin();
        return wanted.version() == found.version()
                && Objects.equals(instant(wanted.lastUpdated()), instant(found.lastUpdated()))
                && Objects.equals(wanted.patient(), found.patient())
                && Objects.equals(wanted.owner(), found.owner())
                && wanted.labels().equals(found.labels())
                && Arrays.deepEquals(
                        expected.rows().toArray(Object[]::new), held.rows().toArray(Object[]::new));
    }

    private static @Nullable Instant instant(@Nullable String text) {
        return text == null ? null : OffsetDateTime.parse(text).toInstant();
    }
}
