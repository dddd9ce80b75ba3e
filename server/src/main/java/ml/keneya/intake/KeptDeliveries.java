package ml.keneya.intake;

import ca.uhn.fhir.util.UrlUtil;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import ml.keneya.fhir.Caller;
import ml.keneya.intake.KeptDelivery.Status;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Refused deliveries, and what people decide about them. Each method is a transaction of its own.
 *
 * @see WaitingDeliveries
 */
@Component
class KeptDeliveries {

    private final JdbcClient jdbc;
    private final DeliveryRows rows;

    KeptDeliveries(JdbcClient jdbc, DeliveryRows rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    /**
     * Keeps a delivery that was refused; the same bytes refused again only renew the outcome.
     *
     * @return nothing when the sender has too many refused ones already
     */
    Optional<UUID> keepRefused(Arrival arrival, Outcome outcome) {
        Optional<UUID> same = sameRefused(arrival);
        if (same.isPresent()) {
            renew(same.get(), outcome);
            return same;
        }
        return rows.hasRoom(arrival.caller(), Set.of(Status.REFUSED))
                ? Optional.of(rows.insert(arrival, Status.REFUSED, outcome))
                : Optional.empty();
    }

    /** The same was refused again, perhaps for another reason. */
    void renew(UUID id, Outcome outcome) {
        jdbc.sql("""
                        update keneya.delivery set http_status = :httpStatus, refusal_code = :code, outcome = :outcome,
                               finished_at = now()
                        where id = :id and status = 'REFUSED'
                        """)
                .param("id", id)
                .param("httpStatus", outcome.httpStatus())
                .param("code", outcome.refusalCode())
                .param("outcome", outcome.json())
                .update();
    }

    /** What somebody has decided about a refused delivery. */
    boolean settle(UUID id, Status status, Caller by, @Nullable String reason) {
        return jdbc.sql("""
                        update keneya.delivery set status = :status, decided_by = :by, reason = :reason, finished_at = now()
                        where id = :id and status = 'REFUSED'
                        """)
                        .param("id", id)
                        .param("status", status.name())
                        .param("by", by.client())
                        .param("reason", reason)
                        .update()
                == 1;
    }

    /**
     * Takes back a delivery before its turn has come; its bytes stay for their time.
     *
     * @param outcome what its sender is told who asks for it
     * @return false when it no longer waits
     */
    boolean withdraw(UUID id, Outcome outcome, Caller by, String reason) {
        return jdbc.sql("""
                        update keneya.delivery set status = 'DISMISSED', decided_by = :by, reason = :reason,
                               http_status = :httpStatus, refusal_code = :code, outcome = :outcome, lease_until = null,
                               finished_at = now()
                        where id = :id and status = 'WAITING'
                        """)
                        .param("id", id)
                        .param("by", by.client())
                        .param("reason", reason)
                        .param("httpStatus", outcome.httpStatus())
                        .param("code", outcome.refusalCode())
                        .param("outcome", outcome.json())
                        .update()
                == 1;
    }

    /**
     * Settles the batches that their sender has corrected and sent again under the same name; transactions are settled
     * with their receipt.
     *
     * @param except the one that was just delivered, when it was a kept one: whoever delivered it settles it
     */
    void settleCorrected(Submission accepted, @Nullable UUID except) {
        jdbc.sql("""
                        update keneya.delivery set status = 'CORRECTED', decided_by = :client, finished_at = now()
                        where client = :client and facility = :facility and key = :key and status = 'REFUSED'
                          and (cast(:except as uuid) is null or id <> :except)
                        """)
                .param("except", except)
                .param("client", accepted.client())
                .param("facility", accepted.facility())
                .param("key", accepted.key())
                .update();
    }

    /** The name under which a delivery turned out to be sent, once it had been read. */
    void name(UUID id, String key) {
        jdbc.sql("update keneya.delivery set key = :key where id = :id and key <> :key")
                .param("id", id)
                .param("key", key)
                .update();
    }

    /**
     * Empties bytes and outcome, which quotes from them; the row stays, as a trace.
     *
     * @return false when the delivery still waits for its turn
     */
    boolean erase(UUID id, Caller by, String reason) {
        return jdbc.sql("""
                        update keneya.delivery set body = null, outcome = null, decided_by = :by, reason = :reason,
                               status = case status when 'REFUSED' then 'DISMISSED' else status end
                        where id = :id and status not in ('WAITING', 'RUNNING')
                        """)
                        .param("id", id)
                        .param("by", by.client())
                        .param("reason", reason)
                        .update()
                == 1;
    }

    Optional<KeptDelivery> find(UUID id) {
        return jdbc.sql("select " + DeliveryRows.COLUMNS + " from keneya.delivery where id = :id")
                .param("id", id)
                .query(DeliveryRows::read)
                .optional();
    }

    /** The bytes as they were sent, inflated; nothing once they are erased. */
    Optional<byte[]> bytesOf(UUID id) {
        return jdbc.sql("select body from keneya.delivery where id = :id and body is not null")
                .param("id", id)
                .query(byte[].class)
                .optional();
    }

    /** Refused deliveries that still need somebody, and those that have waited in vain for an hour; newest first. */
    List<KeptDelivery> refused(Wanted wanted, int most) {
        return jdbc.sql("select " + DeliveryRows.COLUMNS + """
                        from keneya.delivery
                        where (status = 'REFUSED' or status = 'WAITING' and received_at < now() - interval '1 hour')
                          and (cast(:facility as text) is null or facility = :facility)
                          and (cast(:client as text) is null or client = :client)
                          and (cast(:code as text) is null or refusal_code = :code)
                          and (cast(:before as uuid) is null
                               or seq < (select seq from keneya.delivery where id = :before))
                        order by seq desc limit :most
                        """)
                .param("facility", wanted.facility())
                .param("client", wanted.client())
                .param("code", wanted.code())
                .param("before", wanted.before())
                .param("most", most)
                .query(DeliveryRows::read)
                .list();
    }

    /** How many of a facility's deliveries of the last days still need somebody, by code. */
    Map<String, Integer> refusedByCode(String facility, int days) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        jdbc.sql("""
                        select coalesce(refusal_code, 'unknown') as code, count(*) as count from keneya.delivery
                        where facility = :facility and status = 'REFUSED'
                          and received_at > now() - make_interval(days => :days)
                        group by 1 order by 2 desc, 1
                        """)
                .param("facility", facility)
                .param("days", days)
                .query((row, number) -> counts.put(row.getString("code"), row.getInt("count")))
                .list();
        return counts;
    }

    /** Empties what has been kept for its time; what waits is never emptied. */
    int forgetBodiesOlderThan(Duration age) {
        return jdbc.sql("""
                        update keneya.delivery set body = null, outcome = null,
                               status = case status when 'REFUSED' then 'FORGOTTEN' else status end
                        where (body is not null or outcome is not null)
                          and received_at < now() - make_interval(secs => :seconds)
                          and status not in ('WAITING', 'RUNNING')
                        """).param("seconds", age.toSeconds()).update();
    }

    private Optional<UUID> sameRefused(Arrival arrival) {
        return jdbc.sql("""
                        select id from keneya.delivery
                        where client = :client and facility = :facility and key = :key and digest = :digest
                          and status = 'REFUSED' and body is not null
                        order by seq limit 1
                        """)
                .param("client", arrival.caller().client())
                .param("facility", arrival.facility())
                .param("key", arrival.key())
                .param("digest", arrival.digest())
                .query(UUID.class)
                .optional();
    }

    /**
     * Which refused deliveries.
     *
     * @param facility null for all of them
     * @param client null for all of them
     * @param code null for all of them
     * @param before only what was received before this one
     */
    record Wanted(
            @Nullable String facility,
            @Nullable String client,
            @Nullable String code,
            @Nullable UUID before) {

        /** A site cannot ask for another's; who sees all may ask for one. */
        Wanted asFarAsSeenBy(Caller caller) {
            if (KeptDelivery.seesAll(caller)) {
                return this;
            }
            String own = caller.facility() == null ? "" : caller.facility();
            boolean nobody = caller.role() == Caller.Role.AREA;
            return new Wanted(nobody ? "-" : own, own.isEmpty() ? caller.client() : null, code, before);
        }

        /** The address of the next page, under the base. */
        String asSearchBefore(UUID last) {
            StringBuilder search = new StringBuilder("$quarantine?before=").append(last);
            if (facility != null) {
                search.append("&facility=").append(UrlUtil.escapeUrlParam(facility));
            }
            if (code != null) {
                search.append("&code=").append(UrlUtil.escapeUrlParam(code));
            }
            return search.toString();
        }
    }

    /**
     * What became of a delivery.
     *
     * @param json the answer
     */
    record Outcome(int httpStatus, @Nullable String refusalCode, String json) {}
}
