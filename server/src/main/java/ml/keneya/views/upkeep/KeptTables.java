package ml.keneya.views.upkeep;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import javax.sql.DataSource;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.views.definition.CompiledView;
import ml.keneya.views.table.LimitedReaders;
import ml.keneya.views.table.RowFilter;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;

/** Reads the tables that writes keep, in constant memory. */
@Component
public class KeptTables {

    /** Rows fetched at a time. */
    private static final int FETCH = 2_000;

    /** The view that says where people live. */
    private static final String PEOPLE = "patient";

    /**
     * Streams at once: a reader over a slow link holds a connection to the end, and the others belong to the clinics.
     */
    static final int MOST_AT_ONCE = 8;

    private final DataSource source;
    private final Catalogue catalogue;
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);

    KeptTables(DataSource source, Catalogue catalogue) {
        this.source = source;
        this.catalogue = catalogue;
    }

    /**
     * Hands over the rows of the view as they are in one snapshot, in no particular order.
     *
     * @param readers who get nothing sensitive, and perhaps not about everybody; null for everything
     * @return false when the view, in this version, has no table that is kept, and nothing was handed over
     * @throws RefusedException when too many are being read already
     */
    public boolean stream(
            CompiledView view,
            RowFilter filter,
            @Nullable LimitedReaders readers,
            Consumer<@Nullable Object[]> reader) {
        if (!room.tryAcquire()) {
            throw new RefusedException(Refusal.of(RefusalCode.BUSY));
        }
        try {
            return streamOnce(view, filter, readers, reader);
        } finally {
            room.release();
        }
    }

    private boolean streamOnce(
            CompiledView view,
            RowFilter filter,
            @Nullable LimitedReaders readers,
            Consumer<@Nullable Object[]> reader) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            JdbcTemplate streaming = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
            streaming.setFetchSize(FETCH);
            Optional<MaintainedView> kept = catalogue
                    .active(JdbcClient.create(streaming), view.name())
                    .filter(active -> active.view().source().equals(view.source()));
            Optional<RowFilter> wanted = readers == null
                    ? Optional.of(filter)
                    : catalogue
                            .active(JdbcClient.create(streaming), PEOPLE)
                            .map(people -> filter.among(readers.among(people.table())));
            boolean found = kept.isPresent() && wanted.isPresent();
            if (found) {
                kept.get().table().stream(streaming, wanted.get(), reader);
            }
            connection.commit();
            return found;
        } catch (SQLException failed) {
            throw new DataAccessResourceFailureException("The rows of a view could not be streamed.", failed);
        }
    }
}
