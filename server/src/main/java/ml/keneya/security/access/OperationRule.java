package ml.keneya.security.access;

import java.util.Set;
import ml.keneya.fhir.Caller.Role;

/**
 * Who may call an operation.
 *
 * @param letters that the scopes must hold on every type
 */
record OperationRule(Set<Role> roles, String letters) {}
