package ml.keneya.security.client;

import java.util.Set;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Caller.Role;
import org.jspecify.annotations.Nullable;

/**
 * Somebody whom another issuer vouches for, a system or a person.
 *
 * @param id ours, for logs and the trace; says nothing about who it is
 * @param subject what its issuer calls it; never in a log
 * @param role that of its last good token; absent before the first
 * @param facility code of the facility or authority that the last good token named
 * @param areas codes of the administrative divisions that the last good token named
 */
public record Outsider(
        String id,
        String issuer,
        String subject,
        @Nullable Role role,
        @Nullable String facility,
        Set<String> areas,
        boolean revoked) {

    public Outsider {
        areas = Set.copyOf(areas);
    }

    /** As its token places it. */
    public Outsider placed(Role newRole, @Nullable String newFacility, Set<String> newAreas) {
        return new Outsider(id, issuer, subject, newRole, newFacility, newAreas, revoked);
    }

    /** With no right, so that a refusal can say whom it concerns. */
    public Caller asNobody() {
        return new Caller(id, null, Role.ANONYMOUS, Set.of(), null);
    }

    /** @param purpose why it reads (HL7 v3 PurposeOfUse), absent when none is stated */
    public Caller asCaller(@Nullable String purpose) {
        return role == null ? asNobody() : new Caller(id, facility, role, areas, purpose);
    }
}
