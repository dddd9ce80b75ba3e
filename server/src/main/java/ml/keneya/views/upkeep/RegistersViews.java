package ml.keneya.views.upkeep;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import ml.keneya.store.ChangePosition;
import ml.keneya.store.RecordChunks;
import ml.keneya.views.definition.CompiledView;
import ml.keneya.views.table.ReaderView;
import ml.keneya.views.upkeep.TableEntry.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Decides which tables there should be, and makes them empty. What fills them is {@link BuildsTables}. */
@Component
class RegistersViews {

    private static final Logger log = LoggerFactory.getLogger(RegistersViews.class);

    /** As long as a clinic may wait without noticing. */
    private static final String PATIENCE = "2s";

    private final OwnerDatabase owner;
    private final Catalogue catalogue;
    private final ViewLocks locks;
    private final RecordChunks records;

    RegistersViews(OwnerDatabase owner, Catalogue catalogue, ViewLocks locks, RecordChunks records) {
        this.owner = owner;
        this.catalogue = catalogue;
        this.locks = locks;
        this.records = records;
    }

    /**
     * Makes a table for each view that is new or has changed; views that are gone are retired, and so are tables that
     * this process could not keep: better no count than clinics that cannot write.
     */
    void register(List<CompiledView> views) {
        Set<String> wanted = views.stream().map(CompiledView::name).collect(Collectors.toSet());
        List<TableEntry> superfluous = owner.changing(on -> {
            locks.registering(on);
            views.forEach(view -> register(on, view, false));
            return catalogue.all(on).stream()
                    .filter(entry -> !wanted.contains(entry.viewName())
                            || (entry.state() == State.ACTIVE && !catalogue.isCompilable(on, entry)))
                    .toList();
        });
        for (TableEntry entry : superfluous) {
            try {
                withdraw(entry);
            } catch (DataAccessException busy) {
                // It is kept as before, and withdrawn at the next start.
                log.warn("View {} cannot be withdrawn yet: somebody reads or builds upon it", entry.viewName());
            }
        }
    }

    /** Begins a fresh table for the view although its definition has not changed; the present one serves meanwhile. */
    void rebuild(CompiledView view) {
        owner.change(on -> {
            locks.registering(on);
            register(on, view, true);
        });
    }

    private void register(JdbcClient on, CompiledView view, boolean anew) {
        String digest = MaintainedView.digest(view);
        List<TableEntry> ofView = catalogue.all(on).stream()
                .filter(entry -> entry.viewName().equals(view.name()))
                .toList();
        boolean served = !anew && ofView.stream().anyMatch(entry -> entry.is(State.ACTIVE, digest));
        boolean begun = ofView.stream().anyMatch(entry -> entry.is(State.BUILDING, digest));
        // What was begun for this definition goes on; what was begun for another one is no longer wanted.
        ofView.stream()
                .filter(entry ->
                        entry.state() == State.BUILDING && !entry.digest().equals(digest))
                .forEach(entry -> retire(on, entry));
        if (!served && !begun) {
            create(on, view, digest);
        }
    }

    private void create(JdbcClient on, CompiledView view, String digest) {
        long number = on.sql("select nextval('keneya.view_table_number')")
                .query(Long.class)
                .single();
        MaintainedView target = MaintainedView.of(view.name() + "_" + number, view);
        target.table().creation().forEach(each -> on.sql(each).update());
        ChangePosition position = records.position(on);
        on.sql("""
                        insert into keneya.view_table (table_name, view_name, resource_type, digest, definition, state,
                            epoch, caught_up_to, records_expected)
                        values (:table, :view, :type, :digest, :definition, 'BUILDING', :epoch, :position, :expected)
                        """)
                .param("table", target.tableName())
                .param("view", view.name())
                .param("type", view.resource())
                .param("digest", digest)
                .param("definition", view.source())
                .param("epoch", position.epoch())
                .param("position", position.transactionId())
                .param("expected", records.count(on, view.resource()))
                .update();
        log.debug("View {} gets table {}", view.name(), target.tableName());
    }

    private static void retire(JdbcClient on, TableEntry entry) {
        on.sql("update keneya.view_table set state = 'RETIRED' where table_name = ?")
                .param(entry.tableName())
                .update();
    }

    /** The last lock makes sure that no write still believes that it must keep the table. */
    private void withdraw(TableEntry entry) {
        owner.change(on -> {
            on.sql("set local lock_timeout = '" + PATIENCE + "'").update();
            locks.registering(on);
            // The lock on readers first: the wait for them must not hold up writers.
            ReaderView.removal(entry.viewName()).forEach(each -> on.sql(each).update());
            locks.switching(on);
            retire(on, entry);
        });
    }

    /**
     * Lets nobody count in tables that are no longer kept.
     *
     * @throws DataAccessException when somebody reads or builds upon one of them
     */
    void withdrawAll() {
        catalogue.all(owner.jdbc()).forEach(this::withdraw);
    }
}
