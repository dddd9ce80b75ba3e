package ml.keneya.intake;

/**
 * A bundle was stored and its receipt written. Published inside the transaction, just before it commits.
 *
 * @param key of the submission, as its receipt keeps it
 * @param records how many records the bundle wrote
 */
public record BundleAccepted(String client, String facility, String key, int records) {}
