package ml.keneya.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import ml.keneya.fhir.Caller;
import ml.keneya.intake.KeptDeliveries.Outcome;
import ml.keneya.intake.KeptDelivery.Status;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows of {@code keneya.delivery}, which no class but this and its two callers touches. */
@Component
class DeliveryRows {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** All but the bytes, which are read only when they are used. */
    static final String COLUMNS = """
            id, client, facility, role, areas, base, key, headers, octet_length(body) as size, received_at, status,
            http_status, refusal_code, outcome, attempts, finished_at, decided_by, reason
            """;

    private final JdbcClient jdbc;

    DeliveryRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One broken program must not fill the disk. */
    boolean hasRoom(Caller sender, Set<Status> statuses) {
        return jdbc.sql("""
                        select count(*) filter (where facility = :facility) < :most
                           and coalesce(sum(octet_length(body)) filter (where facility = :facility), 0) < :mostBytes
                           and coalesce(sum(octet_length(body)), 0) < :mostBytesOfClient
                        from keneya.delivery
                        where client = :client and status = any (:statuses)
                        """)
                .param("client", sender.client())
                .param("facility", Objects.requireNonNullElse(sender.facility(), ""))
                .param("statuses", names(statuses))
                .param("most", IntakeLimits.KEPT_DELIVERIES)
                .param("mostBytes", IntakeLimits.KEPT_BYTES)
                .param("mostBytesOfClient", IntakeLimits.KEPT_BYTES_OF_CLIENT)
                .query(Boolean.class)
                .single();
    }

    private static String[] names(Set<Status> statuses) {
        return statuses.stream().map(Status::name).toArray(String[]::new);
    }

    UUID insert(Arrival arrival, Status status, @Nullable Outcome outcome) {
        return jdbc.sql("""
                        insert into keneya.delivery
                            (client, facility, role, areas, base, key, digest, headers, body, status,
                             http_status, refusal_code, outcome, finished_at)
                        values (:client, :facility, :role, :areas::text[], :base, :key, :digest, :headers::jsonb, :body,
                                :status, :httpStatus, :code, :outcome,
                                case when :status = 'REFUSED' then now() end)
                        returning id
                        """)
                .param("client", arrival.caller().client())
                .param("facility", arrival.facility())
                .param("role", arrival.caller().role().name())
                .param("areas", arrival.caller().areas().toArray(String[]::new))
                .param("base", arrival.base())
                .param("key", arrival.key())
                .param("digest", arrival.digest())
                .param("headers", json(arrival.headers()))
                .param("body", arrival.body())
                .param("status", status.name())
                .param("httpStatus", outcome == null ? null : outcome.httpStatus())
                .param("code", outcome == null ? null : outcome.refusalCode())
                .param("outcome", outcome == null ? null : outcome.json())
                .query(UUID.class)
                .single();
    }

    /** Whoever sent it, with the rights it had then. */
    static Caller caller(ResultSet row) throws SQLException {
        String facility = row.getString("facility");
        return new Caller(
                row.getString("client"),
                facility.isEmpty() ? null : facility,
                Caller.Role.valueOf(row.getString("role")),
                Set.copyOf(Arrays.asList((String[]) row.getArray("areas").getArray())),
                null);
    }

    static KeptDelivery read(ResultSet row, int number) throws SQLException {
        return new KeptDelivery(
                row.getObject("id", UUID.class),
                caller(row),
                row.getString("base"),
                row.getString("key"),
                headers(row.getString("headers")),
                row.getObject("size", Integer.class),
                row.getObject("received_at", OffsetDateTime.class),
                Status.valueOf(row.getString("status")),
                row.getObject("http_status", Integer.class),
                row.getString("refusal_code"),
                row.getString("outcome"),
                row.getInt("attempts"),
                row.getObject("finished_at", OffsetDateTime.class),
                row.getString("decided_by"),
                row.getString("reason"));
    }

    static String json(Map<String, String> headers) {
        try {
            return JSON.writeValueAsString(headers);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static Map<String, String> headers(String json) {
        try {
            return JSON.readValue(json, new TypeReference<>() {});
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
