package ml.keneya.security.trace;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One access: who did what, when, why and with which outcome. Queries and ids in it are person data; they stand in the
 * table of the trace and never in a log.
 *
 * @param at when the request came in; the database keeps microseconds
 * @param request the id of the request, as the log and the answer name it
 */
public record TraceEvent(Instant at, @Nullable String request, Who who, What what, Result result) {

    public TraceEvent {
        at = at.truncatedTo(ChronoUnit.MICROS);
        request = storable(request);
    }

    /**
     * @param client the system or person that called
     * @param facility for which facility it acts
     * @param purpose a code of HL7 v3 PurposeOfUse
     * @param address the IP address it called from
     */
    public record Who(
            String client,
            @Nullable String facility,
            String role,
            @Nullable String purpose,
            @Nullable String address) {

        public Who {
            client = required(client);
            facility = storable(facility);
            role = required(role);
            purpose = storable(purpose);
            address = storable(address);
        }
    }

    /**
     * @param interaction FHIR's code ({@code read}, {@code search-type}), or the name of an operation
     * @param patients ids of the people whose records were shown or written
     * @param query what was searched for, as it was sent
     */
    public record What(
            String interaction,
            @Nullable String type,
            @Nullable String id,
            List<String> patients,
            @Nullable String query) {

        public What {
            interaction = required(interaction);
            type = storable(type);
            id = storable(id);
            patients = patients.stream().map(TraceEvent::required).toList();
            query = storable(query);
        }
    }

    /**
     * @param status of HTTP
     * @param reason the code of the refusal
     * @param matches how many records were shown or written
     * @param decision why the access was allowed or not ({@code Reason}); absent in rows that were written before it
     *     was kept, and where nobody decided
     */
    public record Result(
            int status,
            @Nullable String reason,
            @Nullable Integer matches,
            @Nullable String decision) {

        public Result {
            reason = storable(reason);
            decision = storable(decision);
        }

        public Result(int status, @Nullable String reason, @Nullable Integer matches) {
            this(status, reason, matches, null);
        }
    }

    private static String required(String text) {
        return Objects.requireNonNull(storable(text));
    }

    /** What no database stores (NUL, half a character) is replaced: it must not keep an access from being traced. */
    private static @Nullable String storable(@Nullable String text) {
        if (text == null || isPlain(text)) {
            return text;
        }
        byte[] encoded = text.replace('\u0000', '?').getBytes(StandardCharsets.UTF_8);
        return new String(encoded, StandardCharsets.UTF_8);
    }

    private static boolean isPlain(String text) {
        for (int index = 0; index < text.length(); index++) {
            char each = text.charAt(index);
            if (each == 0 || Character.isSurrogate(each)) {
                return false;
            }
        }
        return true;
    }
}
