package ml.keneya.load.bundles;

import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Bytes that were read: a bundle that can be posted, or the reason why they are none. */
public sealed interface ReadBundle {
    /**
     * A transaction or batch.
     *
     * @param identified whether {@code Bundle.identifier} is there; a bundle without one is named by its content
     * @param replaces whether an entry replaces, changes or deletes a record: the order of such bundles matters
     * @param facility the code of the site that numbered the bundle (Bundle.identifier.assigner), or empty
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared: it is handed to the sender and forgotten.
    record Ready(String name, byte[] content, boolean identified, boolean replaces, String facility)
            implements ReadBundle {
        /** The name of the content: the same bytes have the same, whatever their file is called. */
        public String digest() {
            return ContentDigest.of(content);
        }
    }

    /** Something else, with the reason in words. */
    record Unfit(Outcome.Unsent outcome) implements ReadBundle {}

    /** Reads the bytes of one file or line. */
    static ReadBundle of(String name, byte[] content) {
        byte[] bundle = BundleStream.withoutMark(content);
        BundleEnvelope envelope;
        try {
            envelope = BundleEnvelope.of(new ByteArrayInputStream(bundle));
        } catch (IOException unreadable) {
            return new Unfit(WhyUnfit.unreadable(name, unreadable));
        }
        if (!envelope.canBePosted()) {
            return new Unfit(WhyUnfit.noBundle(name, envelope));
        }
        return new Ready(name, bundle, envelope.identified(), envelope.replaces(), envelope.facility());
    }
}
