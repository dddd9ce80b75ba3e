package ml.keneya.security.access;

import java.util.Set;
import ml.keneya.fhir.Caller.Role;

/**
 * Who may call an operation.
 *
 * @param type that it reads or writes, {@code *} for all
 * @param letters that the scopes must hold on that type
 */
record OperationRule(Set<Role> roles, String type, String letters) {

    boolean isCoveredBy(Scopes scopes) {
        return letters.chars().allMatch(letter -> scopes.allow(type, (char) letter));
    }
}
