package ml.keneya.views.upkeep;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import ml.keneya.fhir.FailureTrace;
import ml.keneya.views.upkeep.TableEntry.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;

/** Builds whatever is to be built; of several processes one does, and another goes on when it dies. */
@Component
class BringsViewsUpToDate {

    private static final Logger log = LoggerFactory.getLogger(BringsViewsUpToDate.class);

    /**
     * Built before the others, because alerts look up in them where a person lived (decision 0081), and wait for as
     * long as a column or a view of theirs is missing.
     */
    private static final Set<String> ALERTS_WAIT_FOR = Set.of("address", "patient");

    private final OwnerDatabase owner;
    private final Catalogue catalogue;
    private final ViewLocks locks;
    private final BuildsTables builds;
    private final SwitchesTables switches;

    BringsViewsUpToDate(
            OwnerDatabase owner, Catalogue catalogue, ViewLocks locks, BuildsTables builds, SwitchesTables switches) {
        this.owner = owner;
        this.catalogue = catalogue;
        this.locks = locks;
        this.builds = builds;
        this.switches = switches;
    }

    /**
     * Builds all that is registered, once through. What cannot be switched to yet stays as it is for the next time.
     *
     * @return false when another process is doing it
     */
    boolean run() {
        if (waiting().isEmpty()) {
            return true;
        }
        try (Connection connection = owner.source().getConnection()) {
            JdbcClient alone = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            if (!locks.tryBuilding(alone)) {
                return false;
            }
            try {
                waiting().forEach(this::build);
            } finally {
                locks.stopBuilding(alone);
            }
            return true;
        } catch (SQLException failed) {
            throw new DataAccessResourceFailureException("The tables of views could not be built.", failed);
        }
    }

    private void build(TableEntry entry) {
        try {
            MaintainedView target = catalogue.compiled(owner.jdbc(), entry.tableName());
            if (builds.fill(target)) {
                switches.activate(target);
            }
        } catch (RuntimeException failed) {
            // The former table serves meanwhile, the next round tries again, and other views do not wait for this one.
            log.error("Building of view {} stopped: {}", entry.viewName(), FailureTrace.of(failed));
        }
    }

    /** Whether what is to be built is a matter of a moment, because there are no records yet. */
    boolean isQuick() {
        return waiting().stream().allMatch(entry -> entry.recordsExpected() == 0);
    }

    private List<TableEntry> waiting() {
        return inOrder(catalogue.inState(owner.jdbc(), State.BUILDING));
    }

    static List<TableEntry> inOrder(List<TableEntry> waiting) {
        return waiting.stream()
                .sorted(Comparator.comparing(entry -> !ALERTS_WAIT_FOR.contains(entry.viewName())))
                .toList();
    }
}
