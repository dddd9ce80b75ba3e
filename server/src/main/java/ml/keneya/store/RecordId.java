package ml.keneya.store;

/** What a relative reference names: a resource type and the id of one of its records. */
public record RecordId(String type, String id) {}
