package ml.keneya.store;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import java.util.ArrayList;
import java.util.List;
import ml.keneya.fhir.StorageRule;
import ml.keneya.store.RecordStored.Operation;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Writes {@code keneya.change}, one row for each record version, in the transaction that stores it (decision 17).
 *
 * <p>It hangs on HAPI's storage hooks, so that no path of writing passes it by: bundles, single resources, patches and
 * writes from inside. Views, export, feeds and subscriptions all read this one log.
 */
@Interceptor
@Component
class ChangeLog implements StorageRule {

    private final Flushing flushing;
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final List<FollowsWrites> followers;

    ChangeLog(Flushing flushing, JdbcClient jdbc, ApplicationEventPublisher events, List<FollowsWrites> followers) {
        this.flushing = flushing;
        this.jdbc = jdbc;
        this.events = events;
        this.followers = List.copyOf(followers);
    }

    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED)
    void created(IBaseResource resource) {
        note(resource, Operation.CREATE);
    }

    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED)
    void updated(IBaseResource before, IBaseResource after) {
        note(after, Operation.UPDATE);
    }

    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_DELETED)
    void deleted(IBaseResource resource) {
        note(resource, Operation.DELETE);
    }

    private void note(IBaseResource resource, Operation operation) {
        IIdType id = resource.getIdElement();
        RecordStored change =
                new RecordStored(id.getResourceType(), id.getIdPart(), id.getVersionIdPartAsLong(), operation);
        pending().add(new WrittenRecord(change, operation == Operation.DELETE ? null : (Resource) resource));
    }

    private List<WrittenRecord> pending() {
        for (TransactionSynchronization each : TransactionSynchronizationManager.getSynchronizations()) {
            if (each instanceof Pending known && known.log == this) {
                return known.changes;
            }
        }
        Pending fresh = new Pending(this);
        TransactionSynchronizationManager.registerSynchronization(fresh);
        return fresh.changes;
    }

    /** A listener may write records of its own, which join the same transaction and are noted in the next round. */
    private void flush(List<WrittenRecord> changes) {
        while (!changes.isEmpty()) {
            List<WrittenRecord> written = List.copyOf(changes);
            List<RecordStored> round =
                    written.stream().map(WrittenRecord::change).toList();
            changes.clear();
            flushing.now();
            insert(round);
            followers.forEach(follower -> follower.follow(written));
            round.forEach(events::publishEvent);
        }
    }

    /** Only what has content can be noted: a record that was acknowledged must be there to be read. */
    private void insert(List<RecordStored> changes) {
        int noted = jdbc.sql("""
                        insert into keneya.change (epoch, resource_type, resource_id, version, operation)
                        select (select epoch from keneya.change_epoch), resource_type, resource_id, version, operation
                        from unnest(:types::text[], :ids::text[], :versions::bigint[], :operations::text[])
                             with ordinality as noted (resource_type, resource_id, version, operation, position)
                        where exists (
                            select 1
                            from hfj_resource record join hfj_res_ver history on history.res_id = record.res_id
                            where record.res_type = noted.resource_type and record.fhir_id = noted.resource_id
                              and history.res_ver = noted.version)
                        order by position
                        """)
                .param("types", changes.stream().map(RecordStored::resourceType).toArray(String[]::new))
                .param("ids", changes.stream().map(RecordStored::id).toArray(String[]::new))
                .param("versions", changes.stream().map(RecordStored::version).toArray(Long[]::new))
                .param(
                        "operations",
                        changes.stream()
                                .map(change -> change.operation().name())
                                .toArray(String[]::new))
                .update();
        if (noted != changes.size()) {
            throw new IllegalStateException("Nothing is stored, because HAPI wrote no content for some of " + changes);
        }
    }

    private static final class Pending implements TransactionSynchronization {

        private final ChangeLog log;
        private final List<WrittenRecord> changes = new ArrayList<>();

        Pending(ChangeLog log) {
            this.log = log;
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            log.flush(changes);
        }
    }
}
