package ml.keneya.security.people;

import java.util.Set;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Caller.Role;
import org.jspecify.annotations.Nullable;

/**
 * A person who may call.
 *
 * @param id for logs and the trace; says nothing about who it is
 * @param login what the person types; never in a log
 * @param name for people; never in a log
 * @param facility code of the facility or authority the person works for
 * @param areas codes of the administrative divisions the person is limited to
 * @param language {@code fr} or {@code en}
 * @param practitioner the person's own record, as {@code Practitioner/} and an id
 * @param activated whether the person has chosen a password
 */
public record Account(
        String id,
        String login,
        String name,
        Role role,
        @Nullable String facility,
        Set<String> areas,
        String language,
        @Nullable String practitioner,
        boolean activated,
        boolean revoked) {

    public Account {
        areas = Set.copyOf(areas);
    }

    /** @param purpose why the person reads (HL7 v3 PurposeOfUse), absent when none is stated */
    public Caller asCaller(@Nullable String purpose) {
        return new Caller(id, facility, role, areas, purpose);
    }
}
