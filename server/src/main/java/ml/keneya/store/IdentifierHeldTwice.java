package ml.keneya.store;

import java.util.Set;

/**
 * A Patient was stored with a number that another one holds: linked to it, and for a person to decide. Published inside
 * the transaction that stores it.
 *
 * @param patient id of the record that came later
 * @param holders ids of the records that hold its numbers
 */
public record IdentifierHeldTwice(String patient, Set<String> holders) {

    public IdentifierHeldTwice {
        holders = Set.copyOf(holders);
    }
}
