package ml.keneya.intake;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import ml.keneya.intake.KeptDeliveries.Outcome;
import ml.keneya.intake.KeptDelivery.Status;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

/**
 * Deliveries that wait for their turn. A worker has one as long as its lease, which it may renew. Each method is a
 * transaction of its own.
 */
@Component
class WaitingDeliveries {

    /** Longer than it takes to make room on a disk, also over a holiday. */
    private static final int DAYS_WITHOUT_COUNT = 7;

    private final JdbcClient jdbc;
    private final DeliveryRows rows;

    WaitingDeliveries(JdbcClient jdbc, DeliveryRows rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    /**
     * Keeps a delivery until its turn comes; one that the sender has just sent is not kept twice. An older one may be
     * meant again: A, then B, then A.
     *
     * @return nothing when the sender has too many waiting
     */
    Optional<UUID> enqueue(Arrival arrival) {
        Optional<UUID> same = jdbc.sql("""
                        select id from (
                            select id, key, digest from keneya.delivery
                            where client = :client and facility = :facility and status in ('WAITING', 'RUNNING')
                            order by seq desc limit 1) newest
                        where key = :key and digest = :digest
                        """)
                .param("client", arrival.caller().client())
                .param("facility", arrival.facility())
                .param("key", arrival.key())
                .param("digest", arrival.digest())
                .query(UUID.class)
                .optional();
        if (same.isPresent()) {
            return same;
        }
        return rows.hasRoom(arrival.caller(), Set.of(Status.WAITING, Status.RUNNING))
                ? Optional.of(rows.insert(arrival, Status.WAITING, null))
                : Optional.empty();
    }

    /**
     * Takes the next delivery for a while. A site's deliveries are taken in the order of their arrival, whichever of
     * its clients sent them: only the oldest unfinished one of a site can be taken. One that has failed and waits for
     * its next try holds up its own client only. Who acts for no site has an order of its own.
     */
    Optional<KeptDelivery> lease(Duration time) {
        return jdbc.sql("""
                        update keneya.delivery set status = 'RUNNING', attempts = attempts + 1,
                               lease_until = now() + make_interval(secs => :seconds)
                        where seq = (
                            select head.seq from keneya.delivery head
                            where head.status in ('WAITING', 'RUNNING')
                              and (head.lease_until is null or head.lease_until < now())
                              and not exists (
                                  select from keneya.delivery earlier
                                  where earlier.facility = head.facility
                                    and (earlier.client = head.client
                                         or head.facility <> ''
                                            and not (earlier.status = 'WAITING' and earlier.attempts > 0))
                                    and earlier.status in ('WAITING', 'RUNNING') and earlier.seq < head.seq)
                            order by head.seq limit 1
                            for update skip locked)
                        returning
                        """ + DeliveryRows.COLUMNS)
                .param("seconds", time.toSeconds())
                .query(DeliveryRows::read)
                .optional();
    }

    /** Keeps a lease that would run out while the work goes on. */
    void renewLease(KeptDelivery leased, Duration time) {
        ofLease("update keneya.delivery set lease_until = now() + make_interval(secs => :seconds)", leased)
                .param("seconds", time.toSeconds())
                .update();
    }

    /** Gives a delivery back for a later try. */
    void release(KeptDelivery leased, Duration pause) {
        ofLease("""
                        update keneya.delivery
                        set status = 'WAITING', lease_until = now() + make_interval(secs => :seconds)
                        """, leased).param("seconds", pause.toSeconds()).update();
    }

    /**
     * Gives a delivery back as if it had not been taken: it was not its fault that the try failed. Not for ever,
     * because others wait behind it.
     *
     * @return false when it is too old for that, or no longer leased
     */
    boolean giveBack(KeptDelivery leased, Duration pause) {
        // Who leases it next has the same number again; nobody else can still have it.
        return jdbc.sql("""
                        update keneya.delivery
                        set status = 'WAITING', attempts = attempts - 1,
                            lease_until = now() + make_interval(secs => :seconds)
                        where id = :id and status = 'RUNNING' and attempts = :attempts
                          and received_at > now() - make_interval(days => :days)
                        """)
                        .param("seconds", pause.toSeconds())
                        .param("id", leased.id())
                        .param("attempts", leased.attempts())
                        .param("days", DAYS_WITHOUT_COUNT)
                        .update()
                == 1;
    }

    /**
     * Notes what became of a delivery that was leased. The bytes of an accepted one are in its records; those of a
     * refused one are kept as far as its sender has room for them, once.
     */
    void finish(KeptDelivery leased, Status status, Outcome outcome) {
        boolean refused = status == Status.REFUSED;
        if (refused) {
            forgetSameRefused(leased);
        }
        boolean kept = refused && rows.hasRoom(leased.caller(), Set.of(Status.REFUSED));
        ofLease("""
                        update keneya.delivery set status = :status, http_status = :httpStatus,
                               refusal_code = :code, outcome = :outcome, lease_until = null, finished_at = now(),
                               body = case when :kept then body end
                        """, leased)
                .param("status", refused && !kept ? Status.FORGOTTEN.name() : status.name())
                .param("httpStatus", outcome.httpStatus())
                .param("code", outcome.refusalCode())
                .param("outcome", outcome.json())
                .param("kept", kept)
                .update();
    }

    /** Whoever sends refused bytes again has them on the list once. */
    private void forgetSameRefused(KeptDelivery delivery) {
        jdbc.sql("""
                        update keneya.delivery earlier
                        set status = 'DISMISSED', decided_by = earlier.client, body = null, outcome = null
                        from keneya.delivery later
                        where later.id = :id and earlier.id <> later.id and earlier.status = 'REFUSED'
                          and earlier.client = later.client and earlier.facility = later.facility
                          and earlier.key = later.key and earlier.digest = later.digest
                        """).param("id", delivery.id()).update();
    }

    /** Only who has the lease: a worker that was thought dead must not change what another is doing. */
    private StatementSpec ofLease(String update, KeptDelivery leased) {
        return jdbc.sql(update + " where id = :id and status = 'RUNNING' and attempts = :attempts")
                .param("id", leased.id())
                .param("attempts", leased.attempts());
    }

    int count(String facility) {
        return jdbc.sql("""
                        select count(*) from keneya.delivery
                        where facility = :facility and status in ('WAITING', 'RUNNING')
                        """).param("facility", facility).query(Integer.class).single();
    }
}
