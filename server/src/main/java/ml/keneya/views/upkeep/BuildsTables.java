package ml.keneya.views.upkeep;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import ml.keneya.store.ChangePosition;
import ml.keneya.store.RecordChunks;
import ml.keneya.store.RecordChunks.Chunk;
import ml.keneya.store.RecordSource;
import ml.keneya.store.StoredVersion;
import ml.keneya.views.upkeep.MakesRows.Outcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Fills a table while records are being written: copies what there is, then follows the change log until hardly
 * anything is missing. Each piece is a transaction that also notes how far it came, so that it goes on where it was
 * interrupted. Why nothing is missed or doubled: decision 0021.
 */
@Component
class BuildsTables {

    private static final Logger log = LoggerFactory.getLogger(BuildsTables.class);

    /** Records copied in one transaction: a fraction of a second of work, lost at worst. */
    private static final int PIECE = 500;

    /** So few changes are left to the switch, which holds up writers for as long as they take. */
    private static final int FEW = 200;

    /** So many may be left to the switch when waiting does not make them fewer: a second or two. */
    private static final int BEARABLE = 2_000;

    private final OwnerDatabase owner;
    private final Catalogue catalogue;
    private final RecordChunks records;
    private final RecordSource source;
    private final FillsTables fills;
    private int piece = PIECE;

    BuildsTables(
            OwnerDatabase owner, Catalogue catalogue, RecordChunks records, RecordSource source, FillsTables fills) {
        this.owner = owner;
        this.catalogue = catalogue;
        this.records = records;
        this.source = source;
        this.fills = fills;
    }

    /** The same with other pieces, so that a test sees many of them. */
    BuildsTables inPiecesOf(int records) {
        BuildsTables other = new BuildsTables(owner, catalogue, this.records, source, fills);
        other.piece = records;
        return other;
    }

    /** What is to be done after a piece. */
    private enum Next {
        ANOTHER,
        SWITCH,
        GIVE_UP
    }

    /**
     * Following the change log, piece by piece in the order of the ids.
     *
     * @param from changes of smaller transactions are in the table already
     * @param until changes of smaller transactions will be in it at the end
     * @param after the id that the next piece begins after
     */
    private record Following(long from, long until, String after, int followed) {

        Following after(List<String> ids) {
            return new Following(from, until, ids.get(ids.size() - 1), followed + ids.size());
        }
    }

    /** @param followed changes of a round of following that has just ended, otherwise 0 */
    private record Step(Next next, @Nullable Following following, int followed) {}

    /**
     * A round counts every change since the oldest transaction that still runs, which somebody may hold open, and
     * clinics may write as fast as this follows: rounds that do not become smaller are not repeated at once.
     *
     * @return whether the table is ready for the switch; false when it was given up or is for the next time
     */
    boolean fill(MaintainedView target) {
        Step step = new Step(Next.ANOTHER, null, 0);
        int smallest = Integer.MAX_VALUE;
        while (step.next() == Next.ANOTHER) {
            @Nullable Following following = step.following();
            step = owner.changing(on -> piece(on, target, following));
            if (step.next() == Next.ANOTHER && step.followed() > 0) {
                if (step.followed() >= smallest) {
                    return step.followed() < BEARABLE;
                }
                smallest = step.followed();
            }
        }
        return step.next() == Next.SWITCH;
    }

    /**
     * Locks the entry before it reads anything. What it reads is therefore never older than what another process wrote
     * into the table, even when two of them believe that they alone are building.
     */
    private Step piece(JdbcClient on, MaintainedView target, @Nullable Following following) {
        Optional<TableEntry> locked = catalogue.lockBuilding(on, target.tableName());
        if (locked.isEmpty()) {
            return new Step(Next.GIVE_UP, null, 0);
        }
        TableEntry entry = locked.get();
        if (isVoid(on, entry)) {
            beginAgain(on, target);
            return new Step(Next.ANOTHER, null, 0);
        }
        if (!entry.copied()) {
            copy(on, entry, target);
            return new Step(Next.ANOTHER, null, 0);
        }
        Following place = following != null && following.from() == entry.caughtUpTo() ? following : begin(on, entry);
        return follow(on, target, place);
    }

    private void copy(JdbcClient on, TableEntry entry, MaintainedView target) {
        Chunk chunk = records.after(on, target.view().resource(), entry.copiedTo(), piece);
        fills.replace(on, target, outcomes(target, chunk.records()));
        long done = entry.recordsDone() + chunk.records().size();
        on.sql("""
                        update keneya.view_table set copied_to = :position, records_done = :done, copied = :copied
                        where table_name = :table
                        """)
                .param("position", chunk.last())
                .param("done", done)
                .param("copied", chunk.end())
                .param("table", target.tableName())
                .update();
        if (chunk.end() && done > 0) {
            log.info("Table {}: {} records copied", target.tableName(), done);
        }
    }

    private Following begin(JdbcClient on, TableEntry entry) {
        return new Following(entry.caughtUpTo(), records.position(on).transactionId(), "", 0);
    }

    private Step follow(JdbcClient on, MaintainedView target, Following following) {
        List<String> ids = bringOver(on, target, following.from(), following.after());
        if (ids.size() == piece) {
            return new Step(Next.ANOTHER, following.after(ids), 0);
        }
        on.sql("update keneya.view_table set caught_up_to = ? where table_name = ?")
                .param(following.until())
                .param(target.tableName())
                .update();
        int followed = following.followed() + ids.size();
        return new Step(followed < FEW ? Next.SWITCH : Next.ANOTHER, null, followed);
    }

    /** Brings over every record that visible transactions from {@code from} on have changed, as it is now. */
    void bringOver(JdbcClient on, MaintainedView target, long from) {
        List<String> ids = bringOver(on, target, from, "");
        while (ids.size() == piece) {
            ids = bringOver(on, target, from, ids.get(ids.size() - 1));
        }
    }

    private List<String> bringOver(JdbcClient on, MaintainedView target, long from, String after) {
        String resourceType = target.view().resource();
        List<String> ids = records.changed(on, resourceType, from, after, piece);
        if (ids.isEmpty()) {
            return ids;
        }
        List<StoredVersion> current = records.current(on, resourceType, ids);
        List<Outcome> outcomes = new ArrayList<>(outcomes(target, current));
        Set<String> gone = new HashSet<>(ids);
        current.forEach(version -> gone.remove(version.id()));
        gone.forEach(id -> outcomes.add(new Outcome(MakesRows.none(id, 0), null)));
        fills.replace(on, target, outcomes);
        return ids;
    }

    private List<Outcome> outcomes(MaintainedView target, List<StoredVersion> versions) {
        return versions.stream()
                .map(version -> MakesRows.of(target.view(), source.read(version), false))
                .toList();
    }

    /** A logical restore makes positions in the change log void: what was copied before it is copied again. */
    private boolean isVoid(JdbcClient on, TableEntry entry) {
        return records.position(on).epoch() != entry.epoch();
    }

    private void beginAgain(JdbcClient on, MaintainedView target) {
        ChangePosition now = records.position(on);
        on.sql("truncate " + target.table().qualified()).update();
        on.sql("delete from keneya.view_failure where table_name = ?")
                .param(target.tableName())
                .update();
        on.sql("""
                        update keneya.view_table
                        set epoch = ?, caught_up_to = ?, copied_to = 0, copied = false, records_done = 0
                        where table_name = ?
                        """)
                .param(now.epoch())
                .param(now.transactionId())
                .param(target.tableName())
                .update();
    }
}
