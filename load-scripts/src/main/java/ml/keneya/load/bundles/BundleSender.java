package ml.keneya.load.bundles;

import java.util.HashMap;
import java.util.Map;
import ml.keneya.load.exchange.Exchange;
import org.jspecify.annotations.Nullable;

/** Sends one bundle and tells what became of it. */
public final class BundleSender {
    private final Exchange exchange;

    public BundleSender(Exchange exchange) {
        this.exchange = exchange;
    }

    /**
     * Sends it, trying again while that can help.
     *
     * @param facility the code of the site that sends, for an exchange without access control; where it is not given,
     *     the one that the bundle itself names, so that one folder may hold bundles of many sites
     * @throws ml.keneya.load.exchange.UnreachableException when the exchange cannot be spoken to; what was sent before
     *     is kept
     */
    public Outcome send(String name, byte[] content, @Nullable String facility) {
        ReadBundle read = ReadBundle.of(name, content);
        return read instanceof ReadBundle.Unfit unfit ? unfit.outcome() : send((ReadBundle.Ready) read, facility);
    }

    /** The same for a bundle that has been read already. */
    public Outcome send(ReadBundle.Ready bundle, @Nullable String facility) {
        return BundleAnswer.read(bundle.name(), exchange.post(bundle.content(), headers(bundle, facility)));
    }

    /**
     * Sends a bundle that says how records are to stand, without a name: the exchange takes the same content for a
     * repetition only while the records are as it left them, so that an older list can be put back.
     */
    public Outcome sendUnnamed(String name, byte[] content, String facility) {
        return BundleAnswer.read(name, exchange.post(content, Map.of("Keneya-Facility", facility)));
    }

    private static Map<String, String> headers(ReadBundle.Ready bundle, @Nullable String facility) {
        var headers = new HashMap<String, String>();
        if (!bundle.identified()) {
            headers.put("Idempotency-Key", bundle.digest());
        }
        String site = facility == null ? bundle.facility() : facility;
        if (!site.isEmpty()) {
            headers.put("Keneya-Facility", site);
        }
        return headers;
    }
}
