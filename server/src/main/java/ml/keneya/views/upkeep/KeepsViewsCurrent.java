package ml.keneya.views.upkeep;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ml.keneya.store.FollowsWrites;
import ml.keneya.store.RecordStored;
import ml.keneya.store.RecordStored.Operation;
import ml.keneya.store.WrittenRecord;
import ml.keneya.views.upkeep.MakesRows.Outcome;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps every active table equal to the records, inside the transaction that writes them: one statement a view,
 * whatever the number of records.
 */
@Component
class KeepsViewsCurrent implements FollowsWrites {

    private final JdbcClient jdbc;
    private final Catalogue catalogue;
    private final ViewLocks locks;
    private final FillsTables fills;
    private final ViewsSettings settings;

    KeepsViewsCurrent(
            JdbcClient jdbc, Catalogue catalogue, ViewLocks locks, FillsTables fills, ViewsSettings settings) {
        this.jdbc = jdbc;
        this.catalogue = catalogue;
        this.locks = locks;
        this.fills = fills;
        this.settings = settings;
    }

    @Override
    public void follow(List<WrittenRecord> written) {
        if (!settings.maintained()) {
            return;
        }
        // Two statements, because what the second one sees must be what was committed when the lock was granted.
        locks.writing(jdbc);
        Map<String, Map<String, Latest>> types = latest(written);
        for (MaintainedView target : catalogue.active(jdbc, types.keySet())) {
            List<Outcome> outcomes = new ArrayList<>();
            types.getOrDefault(target.view().resource(), Map.of())
                    .values()
                    .forEach(record -> outcomes.add(record.outcome(target)));
            fills.replace(jdbc, target, outcomes);
        }
    }

    /** What a transaction leaves of a record that it may have written several times. */
    private record Latest(WrittenRecord written, boolean isNew) {

        Outcome outcome(MaintainedView target) {
            RecordStored change = written.change();
            return written.resource() == null
                    ? new Outcome(MakesRows.none(change.id(), change.version()), null)
                    : MakesRows.of(target.view(), written.resource(), isNew);
        }
    }

    private static Map<String, Map<String, Latest>> latest(List<WrittenRecord> written) {
        Map<String, Map<String, Latest>> types = new HashMap<>();
        for (WrittenRecord each : written) {
            RecordStored change = each.change();
            boolean created = change.operation() == Operation.CREATE && change.version() == 1;
            types.computeIfAbsent(change.resourceType(), type -> new LinkedHashMap<>())
                    .merge(
                            change.id(),
                            new Latest(each, created),
                            (earlier, later) -> new Latest(later.written(), earlier.isNew()));
        }
        return types;
    }
}
