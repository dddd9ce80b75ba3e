package ml.keneya.load.outbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import ml.keneya.load.bundles.BundleScan;
import ml.keneya.load.bundles.BundleStream;
import ml.keneya.load.exchange.Answer;
import ml.keneya.load.exchange.FhirBase;
import ml.keneya.load.exchange.SendsInPieces;
import ml.keneya.load.exchange.SendsInPieces.Whole;
import ml.keneya.load.exchange.Wire;
import org.jspecify.annotations.Nullable;

/**
 * Posts one file, compressed while it is read; a large one in pieces, where the exchange takes them.
 *
 * @param facility as which site; where it is not given, as the one that the bundle names
 */
record Post(FhirBase base, Wire wire, @Nullable String facility) {

    /** In bytes, compressed. */
    static final long LARGE = 512 * 1024;

    private static final int UNAUTHORIZED = 401;
    private static final int SERVER_ERROR = 500;
    private static final int NOT_IMPLEMENTED = 501;

    Answer send(Path file, BundleScan scan) throws IOException {
        long length;
        try (InputStream text = text(file)) {
            length = GzipBody.length(text);
        }
        if (length >= LARGE) {
            Answer answer = inPieces(file, length, scan);
            if (isTakenOrComesBack(answer)) {
                return answer;
            }
        }
        return wire.post(base.uri(), body(file, length), headers(scan));
    }

    /** Over 2G a minute or more: it would seldom arrive at one go, and each time begin again. */
    private Answer inPieces(Path file, long length, BundleScan scan) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream bytes = new DigestInputStream(GzipBody.of(text(file)), digest)) {
            bytes.transferTo(OutputStream.nullOutputStream());
        }
        String named = HexFormat.of().formatHex(digest.digest());
        Whole whole = new Whole(() -> GzipBody.of(text(file)), length, named, headers(scan));
        return new SendsInPieces(base, wire, SendsInPieces.USUAL_PIECE).send(whole);
    }

    /**
     * Anything else says only that this exchange, or something in front of it, does not take pieces of this sender: the
     * bundle itself has not been looked at, so it is sent whole before anybody calls it refused.
     */
    private static boolean isTakenOrComesBack(Answer answer) {
        return answer.isSuccess()
                || answer.asksToComeBack()
                || answer.status() == UNAUTHORIZED
                || (answer.status() >= SERVER_ERROR && answer.status() != NOT_IMPLEMENTED);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
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
