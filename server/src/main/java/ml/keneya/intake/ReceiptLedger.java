package ml.keneya.intake;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The only class that writes {@code keneya.receipt}: proof of every delivery that was accepted, and its answer. */
@Component
class ReceiptLedger {

    /**
     * Where the record of an entry is: as its answer said or, once that is forgotten, the only record that its
     * transaction wrote. Null when it wrote none, or several.
     */
    private static final String LOCATION = """
            coalesce(
                nullif(receipt.answer, '')::json #>> '{entry,0,response,location}',
                (select min(change.resource_type || '/' || change.resource_id)
                 from keneya.change change
                 where change.transaction_id = receipt.transaction_id and change.epoch = receipt.epoch
                 having count(distinct (change.resource_type, change.resource_id)) = 1))
            """;

    private final JdbcClient jdbc;

    ReceiptLedger(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The receipt of an accepted delivery with this key. */
    Optional<Receipt> find(Submission submission) {
        return jdbc.sql("""
                        select id, digest, answer, received_at from keneya.receipt
                        where client = :client and facility = :facility and key = :key and entry = :entry
                        """).paramSource(submission).query(Receipt.class).optional();
    }

    /** The entries of a batch that were accepted under its key, by number. */
    List<AcceptedEntry> entriesOf(Submission batch) {
        return jdbc.sql("select entry as number, digest, " + LOCATION + """
                        as location from keneya.receipt receipt
                        where client = :client and facility = :facility and key = :key and entry > 0
                        order by entry
                        """)
                .paramSource(batch)
                .query(AcceptedEntry.class)
                .list();
    }

    /** Where the record of an entry is that was accepted, as far as that is known. */
    Optional<String> locationOf(Submission ofEntry) {
        return jdbc.sql("select " + LOCATION + """
                        from keneya.receipt receipt
                        where client = :client and facility = :facility and key = :key and entry = :entry
                        """)
                .paramSource(ofEntry)
                .query((row, number) -> Optional.ofNullable(row.getString(1)))
                .optional()
                .flatMap(location -> location);
    }

    /**
     * Takes the key for the transaction that is open, without waiting: who would wait here would hold a connection.
     *
     * @return false when another try has the key, which is running on another server or has committed
     */
    boolean open(Submission submission) {
        int taken = jdbc.sql("""
                        with turn as (
                            select pg_try_advisory_xact_lock(
                                hashtextextended(concat_ws(chr(10), :client, :facility, :key, :entry::text), 0)) as ours)
                        insert into keneya.receipt
                            (client, facility, key, entry, digest, records, answer, epoch)
                        select :client, :facility, :key, :entry, :digest, 0, '',
                               (select epoch from keneya.change_epoch)
                        from turn where ours
                        on conflict do nothing
                        """).paramSource(submission).update();
        return taken == 1;
    }

    /**
     * Completes the receipt; written last, so that a bundle without one was never acknowledged. Refused tries under the
     * same name need nobody any more: their sender has corrected them. Those of a batch may hold other entries that are
     * still refused, so that an entry leaves them as they are.
     *
     * @param sources what the sender wrote as {@code meta.source}
     * @param deliveredAs the kept delivery that this one is, when somebody posted it again; who did so settles it
     */
    void close(Submission submission, int records, List<String> sources, String answer, @Nullable UUID deliveredAs) {
        jdbc.sql("""
                        with corrected as (
                            update keneya.delivery
                            set status = 'CORRECTED', decided_by = :client, finished_at = now()
                            where client = :client and facility = :facility and key = :key and status = 'REFUSED'
                              and :entry = 0 and id is distinct from cast(:deliveredAs as uuid))
                        update keneya.receipt set records = :records, answer = :answer, sources = :sources::text[]
                        where client = :client and facility = :facility and key = :key and entry = :entry
                        """)
                .param("records", records)
                .param("answer", answer)
                .param("sources", sources.toArray(String[]::new))
                .param("deliveredAs", deliveredAs)
                .param("client", submission.client())
                .param("facility", submission.facility())
                .param("key", submission.key())
                .param("entry", submission.entry())
                .update();
    }

    /** Gives the key of a receipt free for a delivery of the same content that is meant anew. */
    void retire(Receipt receipt) {
        jdbc.sql("update keneya.receipt set key = key || '#' || id where id = :id")
                .param("id", receipt.id())
                .update();
    }

    /** Forgets answers that nobody will ask for again; the receipts stay, as what the records came from. */
    int forgetAnswersOlderThan(Duration age) {
        return jdbc.sql("""
                        update keneya.receipt set answer = null
                        where answer is not null and received_at < now() - make_interval(secs => :seconds)
                        """).param("seconds", age.toSeconds()).update();
    }

    /**
     * What the ledger keeps of a delivery.
     *
     * @param answer the response bundle as it was sent, JSON; null when its time is over
     */
    record Receipt(UUID id, String digest, @Nullable String answer, OffsetDateTime receivedAt) {}

    /**
     * An entry of a batch that was accepted.
     *
     * @param location of its record, with or without version; null when that is not known
     */
    record AcceptedEntry(
            int number, String digest, @Nullable String location) {}
}
