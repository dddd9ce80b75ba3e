package ml.keneya.intake;

import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Caller.Role;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as it was received, with what has become of it.
 *
 * @param caller who sent it
 * @param base the address it came in under
 * @param key its sender's name for it, as in {@link Submission}
 * @param headers those that matter when it is carried out
 * @param size of the bytes, inflated; null once erased
 * @param httpStatus of the answer, null while there is none
 * @param refusalCode the decisive code of a refusal
 * @param outcome the answer as it was or would have been sent, JSON
 * @param decidedBy who corrected, dismissed or erased it, and why ({@code reason})
 */
record KeptDelivery(
        UUID id,
        Caller caller,
        String base,
        String key,
        Map<String, String> headers,
        @Nullable Integer size,
        OffsetDateTime receivedAt,
        Status status,
        @Nullable Integer httpStatus,
        @Nullable String refusalCode,
        @Nullable String outcome,
        int attempts,
        @Nullable OffsetDateTime finishedAt,
        @Nullable String decidedBy,
        @Nullable String reason) {

    enum Status {
        /** Its turn has not come. */
        WAITING,
        /** A worker has it. */
        RUNNING,
        ACCEPTED,
        /** Somebody must do something about it. */
        REFUSED,
        /** Accepted after a correction, or as it was after a change of the rules. */
        CORRECTED,
        /** Nobody will do anything about it, for the reason that is noted. */
        DISMISSED,
        /** Nobody did anything about it while its bytes were kept. */
        FORGOTTEN
    }

    String facility() {
        return caller.facility() == null ? "" : caller.facility();
    }

    /** Whether this caller may see it: a site its own, the agency all (the sender's bytes hold names). */
    boolean isVisibleTo(Caller reader) {
        if (seesAll(reader)) {
            return true;
        }
        boolean site = reader.role() == Role.SITE || reader.role() == Role.EXPERT_HUB;
        String readersFacility = reader.facility() == null ? "" : reader.facility();
        return site
                && facility().equals(readersFacility)
                && (!readersFacility.isEmpty() || caller.client().equals(reader.client()));
    }

    /**
     * The sender, with the rights of who decides about the delivery. The agency has none to write records: what it
     * decides about is written as by the site or the expert hub that sent it, and never with more rights than theirs.
     *
     * @return nothing when the agency has no say: who sent it is neither
     */
    Optional<Caller> senderWithRightsOf(Caller decider) {
        boolean agency = decider.role() == Role.AGENCY;
        boolean hub = caller.role() == Role.EXPERT_HUB;
        if (agency && caller.role() != Role.SITE && !hub && !caller.role().isUnrestricted()) {
            return Optional.empty();
        }
        Role ofSender = hub ? Role.EXPERT_HUB : Role.SITE;
        return Optional.of(new Caller(
                caller.client(),
                caller.facility(),
                agency ? ofSender : decider.role(),
                agency ? Set.of() : decider.areas(),
                null));
    }

    static boolean seesAll(Caller reader) {
        return reader.role() == Role.AGENCY || reader.role() == Role.ADMINISTRATOR || reader.role() == Role.SYSTEM;
    }
}
