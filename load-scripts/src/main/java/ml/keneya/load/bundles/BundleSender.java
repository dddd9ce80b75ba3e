package ml.keneya.load.bundles;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import ml.keneya.load.exchange.Exchange;
import org.jspecify.annotations.Nullable;

/** Sends one bundle and tells what became of it. */
public final class BundleSender {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final Exchange exchange;

    public BundleSender(Exchange exchange) {
        this.exchange = exchange;
    }

    /**
     * Sends it, trying again while that can help.
     *
     * @param facility the code of the site that sends, for an exchange without access control
     * @throws ml.keneya.load.exchange.UnreachableException when the exchange cannot be spoken to; what was sent before
     *     is kept
     */
    public Outcome send(String name, byte[] content, @Nullable String facility) {
        byte[] bundle = withoutMark(content);
        BundleEnvelope envelope;
        try {
            envelope = BundleEnvelope.of(bundle);
        } catch (CharacterCodingException wrongBytes) {
            return new Outcome.Unsent(name, "unreadable.encoding", "");
        } catch (JsonProcessingException broken) {
            return new Outcome.Unsent(name, "unreadable.json", placeOf(broken));
        } catch (IOException unreadable) {
            return new Outcome.Unsent(name, "unreadable.json", String.valueOf(unreadable.getMessage()));
        }
        if (!envelope.canBePosted()) {
            return new Outcome.Unsent(
                    name, "unreadable.no-bundle", (envelope.resourceType() + " " + envelope.type()).strip());
        }
        return BundleAnswer.read(name, exchange.post(bundle, headers(bundle, envelope, facility)));
    }

    private static Map<String, String> headers(byte[] bundle, BundleEnvelope envelope, @Nullable String facility) {
        var headers = new HashMap<String, String>();
        if (!envelope.identified()) {
            headers.put("Idempotency-Key", ContentDigest.of(bundle));
        }
        if (facility != null) {
            headers.put("Keneya-Facility", facility);
        }
        return headers;
    }

    private static String placeOf(JsonProcessingException broken) {
        var place = broken.getLocation();
        return place == null ? "" : place.getLineNr() + ":" + place.getColumnNr();
    }

    // Some editors write it, and JSON forbids it.
    private static byte[] withoutMark(byte[] content) {
        int length = BYTE_ORDER_MARK.length;
        boolean marked = content.length >= length && Arrays.equals(content, 0, length, BYTE_ORDER_MARK, 0, length);
        return marked ? Arrays.copyOfRange(content, length, content.length) : content;
    }
}
