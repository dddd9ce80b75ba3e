package ml.keneya.views.upkeep;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import ml.keneya.store.ChangePosition;
import ml.keneya.store.RecordChunks;
import ml.keneya.views.definition.CompiledView;
import ml.keneya.views.table.ReaderView;
import ml.keneya.views.upkeep.TableEntry.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Decides which tables there should be, and makes them empty. What fills them is {@link BuildsTables}. */
@Component
class RegistersViews {

    private static final Logger log = LoggerFactory.getLogger(RegistersViews.class);

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

    /** Makes a table for each view that is new or has changed; views that are gone are retired. */
    void register(List<CompiledView> views) {
        owner.change(on -> {
            locks.registering(on);
            Set<String> wanted = new HashSet<>();
            for (CompiledView view : views) {
                wanted.add(view.name());
                register(on, view, false);
            }
            withdraw(
                    on,
                    catalogue.all(on).stream()
                            .filter(entry -> !wanted.contains(entry.viewName()))
                            .toList());
        });
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

    /** The lock makes sure that no write still believes that it must keep the table. */
    private void withdraw(JdbcClient on, List<TableEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        locks.switching(on);
        for (TableEntry entry : entries) {
            ReaderView.removal(entry.viewName()).forEach(each -> on.sql(each).update());
            retire(on, entry);
        }
    }

    /** Lets nobody count in tables that are no longer kept. */
    void withdrawAll() {
        owner.change(on -> {
            locks.registering(on);
            withdraw(on, catalogue.all(on));
        });
    }
}
