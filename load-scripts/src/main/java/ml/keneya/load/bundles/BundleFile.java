package ml.keneya.load.bundles;

/** What was found where a bundle was looked for. */
public sealed interface BundleFile {
    /** The path, with the line where a file holds one bundle a line. */
    String name();

    /** Bytes that may be a bundle. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared: it is handed to the sender and forgotten.
    record Found(String name, byte[] content) implements BundleFile {}

    /**
     * A file or line that cannot be read.
     *
     * @param reason key of the message that says why
     */
    record Unreadable(String name, String reason, String detail) implements BundleFile {}
}
