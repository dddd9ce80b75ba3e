package ml.keneya.load.outbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import ml.keneya.load.bundles.BundleScan;
import ml.keneya.load.bundles.BundleStream;
import ml.keneya.load.exchange.Answer;
import ml.keneya.load.exchange.FhirBase;
import ml.keneya.load.exchange.Wire;
import org.jspecify.annotations.Nullable;

/**
 * Posts one file, compressed while it is read.
 *
 * @param facility as which site; where it is not given, as the one that the bundle names
 */
record Post(FhirBase base, Wire wire, @Nullable String facility) {
    Answer send(Path file, BundleScan scan) throws IOException {
        long length;
        try (InputStream text = text(file)) {
            length = GzipBody.length(text);
        }
        return wire.post(base.uri(), body(file, length), headers(scan));
    }

    static InputStream text(Path file) throws IOException {
        return BundleStream.of(Files.newInputStream(file));
    }

    // With its length, because proxies and servers are happier with it than with a stream without end.
    private static BodyPublisher body(Path file, long length) {
        BodyPublisher stream = BodyPublishers.ofInputStream(() -> {
            try {
                return GzipBody.of(text(file));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        });
        return BodyPublishers.fromPublisher(stream, length);
    }

    private Map<String, String> headers(BundleScan scan) {
        var headers = new HashMap<String, String>();
        headers.put("Content-Encoding", "gzip");
        if (!scan.isIdentified()) {
            headers.put("Idempotency-Key", scan.digest());
        }
        String site = facility == null ? scan.facility() : facility;
        if (!site.isEmpty()) {
            headers.put("Keneya-Facility", site);
        }
        return headers;
    }
}
