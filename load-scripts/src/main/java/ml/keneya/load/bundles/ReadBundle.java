package ml.keneya.load.bundles;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/** Bytes that were read: a bundle that can be posted, or the reason why they are none. */
public sealed interface ReadBundle {
    /**
     * A transaction or batch.
     *
     * @param identified whether {@code Bundle.identifier} is there; a bundle without one is named by its content
     * @param replaces whether an entry replaces, changes or deletes a record: the order of such bundles matters
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared: it is handed to the sender and forgotten.
    record Ready(String name, byte[] content, boolean identified, boolean replaces) implements ReadBundle {
        /** The name of the content: the same bytes have the same, whatever their file is called. */
        public String digest() {
            return ContentDigest.of(content);
        }
    }

    /** Something else, with the reason in words. */
    record Unfit(Outcome.Unsent outcome) implements ReadBundle {}

    /** Reads the bytes of one file or line. */
    static ReadBundle of(String name, byte[] content) {
        byte[] bundle = withoutMark(content);
        BundleEnvelope envelope;
        try {
            envelope = BundleEnvelope.of(new ByteArrayInputStream(bundle));
        } catch (IOException unreadable) {
            return new Unfit(whyUnreadable(name, unreadable));
        }
        if (!envelope.canBePosted()) {
            return new Unfit(noBundle(name, envelope));
        }
        return new Ready(name, bundle, envelope.identified(), envelope.replaces());
    }

    private static Outcome.Unsent noBundle(String name, BundleEnvelope envelope) {
        return new Outcome.Unsent(
                name, "unreadable.no-bundle", (envelope.resourceType() + " " + envelope.type()).strip());
    }

    private static Outcome.Unsent whyUnreadable(String name, IOException unreadable) {
        if (unreadable instanceof CharacterCodingException) {
            return new Outcome.Unsent(name, "unreadable.encoding", "");
        }
        if (unreadable instanceof JsonProcessingException broken) {
            return new Outcome.Unsent(name, "unreadable.json", placeOf(broken));
        }
        return new Outcome.Unsent(name, "unreadable.json", String.valueOf(unreadable.getMessage()));
    }

    private static String placeOf(JsonProcessingException broken) {
        var place = broken.getLocation();
        return place == null ? "" : place.getLineNr() + ":" + place.getColumnNr();
    }

    // Some editors write it, and JSON forbids it.
    private static byte[] withoutMark(byte[] content) {
        byte[] mark = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
        boolean marked = content.length >= mark.length && Arrays.equals(content, 0, mark.length, mark, 0, mark.length);
        return marked ? Arrays.copyOfRange(content, mark.length, content.length) : content;
    }
}
