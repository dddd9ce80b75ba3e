package ml.keneya.security.client;

import java.util.Set;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Caller.Role;
import org.jspecify.annotations.Nullable;

/**
 * A system that may call.
 *
 * @param id what it calls itself when it asks for a token
 * @param name for people; never in a log
 * @param facility code of the facility or authority it acts for
 * @param areas codes of the administrative divisions it is limited to
 * @param scopes what its tokens may hold at most
 * @param keys by which its signature is checked
 */
public record Client(
        String id,
        String name,
        Role role,
        @Nullable String facility,
        Set<String> areas,
        String scopes,
        ClientKeys keys,
        boolean revoked) {

    public Client {
        areas = Set.copyOf(areas);
    }

    /** @param purpose why it reads (HL7 v3 PurposeOfUse), absent when it states none */
    public Caller asCaller(@Nullable String purpose) {
        return new Caller(id, facility, role, areas, purpose);
    }
}
