package ml.keneya.store;

/**
 * A record was created, updated or deleted. Published inside the transaction that did it, just before it commits, in
 * the order of the change log; a listener that fails undoes the write.
 */
public record RecordStored(String resourceType, String id, long version, Operation operation) {

    /** What happened to the record; the code is what the change log keeps. */
    public enum Operation {
        CREATE,
        UPDATE,
        DELETE
    }
}
