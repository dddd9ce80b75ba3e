package ml.keneya.intake;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The only class that touches {@code keneya.receipt}: proof of every delivery that was accepted, and its answer. */
@Component
class ReceiptLedger {

    private final JdbcClient jdbc;

    ReceiptLedger(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The receipt of an accepted delivery with this key. */
    Optional<Receipt> find(Submission submission) {
        return jdbc.sql("""
                        select digest, answer from keneya.receipt
                        where client = :client and facility = :facility and key = :key and entry = :entry
                        """).paramSource(submission).query(Receipt.class).optional();
    }

    /**
     * Takes the key for the transaction that is open. A second delivery with the same key waits here until the first
     * has committed or failed.
     *
     * @return false when the first has committed meanwhile
     */
    boolean open(Submission submission) {
        int taken = jdbc.sql("""
                        insert into keneya.receipt (client, facility, key, entry, digest, records, answer)
                        values (:client, :facility, :key, :entry, :digest, 0, '')
                        on conflict do nothing
                        """).paramSource(submission).update();
        return taken == 1;
    }

    /** Completes the receipt; written last, so that a bundle without one was never acknowledged. */
    void close(Submission submission, int records, String answer) {
        jdbc.sql("""
                        update keneya.receipt set records = :records, answer = :answer
                        where client = :client and facility = :facility and key = :key and entry = :entry
                        """)
                .param("records", records)
                .param("answer", answer)
                .param("client", submission.client())
                .param("facility", submission.facility())
                .param("key", submission.key())
                .param("entry", submission.entry())
                .update();
    }

    /**
     * What the ledger keeps of a delivery.
     *
     * @param answer the response bundle as it was sent, JSON
     */
    record Receipt(String digest, String answer) {}
}
