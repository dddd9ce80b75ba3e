package ml.keneya.views.upkeep;

import java.util.List;
import ml.keneya.fhir.FailureTrace;
import ml.keneya.views.definition.CompiledView;
import ml.keneya.views.definition.ViewColumn;
import ml.keneya.views.table.ReaderView;
import ml.keneya.views.upkeep.TableEntry.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Makes a filled table the active one, in one transaction: while no write is between looking up the tables and its
 * commit, the last changes are brought over, and readers and writers are sent to the new table (decision 0021).
 */
@Component
class SwitchesTables {

    private static final Logger log = LoggerFactory.getLogger(SwitchesTables.class);

    /** Longer than a write takes, and shorter than a clinic notices. */
    private static final String PATIENCE = "2s";

    private final OwnerDatabase owner;
    private final Catalogue catalogue;
    private final ViewLocks locks;
    private final BuildsTables builder;
    private final ReaderRoles roles;

    SwitchesTables(OwnerDatabase owner, Catalogue catalogue, ViewLocks locks, BuildsTables builder, ReaderRoles roles) {
        this.owner = owner;
        this.catalogue = catalogue;
        this.locks = locks;
        this.builder = builder;
        this.roles = roles;
    }

    /** @return false when somebody was reading or writing for too long, or depends on the view; try again later */
    boolean activate(MaintainedView target) {
        try {
            owner.change(on -> activate(on, target));
            return true;
        } catch (DataAccessException busy) {
            log.warn(
                    "View {} cannot be switched to table {} yet: {}",
                    target.view().name(),
                    target.tableName(),
                    FailureTrace.of(busy));
            return false;
        }
    }

    private void activate(JdbcClient on, MaintainedView target) {
        on.sql("set local lock_timeout = '" + PATIENCE + "'").update();
        if (catalogue.lockBuilding(on, target.tableName()).isEmpty()) {
            log.info("Table {} was given up before it was switched to", target.tableName());
            return;
        }
        // The lock on readers first: the wait for them must not hold up writers.
        show(on, target);
        locks.switching(on);
        // Read again under the lock: another process may have followed further meanwhile.
        TableEntry entry = catalogue.lockBuilding(on, target.tableName()).orElseThrow();
        builder.bringOver(on, target, entry.caughtUpTo());
        on.sql("update keneya.view_table set state = 'RETIRED' where view_name = ? and state = 'ACTIVE'")
                .param(entry.viewName())
                .update();
        on.sql("update keneya.view_table set state = 'ACTIVE', activated_at = now() where table_name = ?")
                .param(entry.tableName())
                .update();
        log.info("View {} is served from table {}", target.view().name(), target.tableName());
    }

    /**
     * The same columns, and others after them, take the place of the former ones without a word to whoever built upon
     * the view; columns that have changed cannot, and what depends on them must be dropped by its owner first.
     */
    private void show(JdbcClient on, MaintainedView target) {
        CompiledView view = target.view();
        boolean keepsColumns = catalogue.inState(on, State.ACTIVE).stream()
                .filter(former -> former.viewName().equals(view.name()) && catalogue.isCompilable(on, former))
                .map(former -> catalogue.compiled(on, former.tableName()).view().columns())
                .anyMatch(columns -> beginsWith(view.columns(), columns));
        if (!keepsColumns) {
            ReaderView.removal(view.name()).forEach(each -> on.sql(each).update());
        }
        ReaderView.creation(view, target.table()).forEach(each -> on.sql(each).update());
        roles.grant(on, view.name());
    }

    private static boolean beginsWith(List<ViewColumn> columns, List<ViewColumn> former) {
        return columns.size() >= former.size()
                && columns.subList(0, former.size()).equals(former);
    }
}
