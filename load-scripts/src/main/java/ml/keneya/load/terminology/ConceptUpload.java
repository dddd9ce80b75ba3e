package ml.keneya.load.terminology;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPOutputStream;
import ml.keneya.load.exchange.Exchange;

/**
 * Sends facts in pieces that are cut always in the same places. The exchange says how many it has; those are read again
 * and not sent.
 */
final class ConceptUpload implements FactSink {
    static final int FACTS_OF_A_PIECE = 5_000;

    private static final Map<String, String> HEADERS =
            Map.of("Content-Type", "application/fhir+ndjson", "Content-Encoding", "gzip");

    private final Exchange exchange;
    private final Heading heading;
    private final String digest;
    private final LoadProgress progress;
    private final BooleanSupplier stopped;
    private final StringBuilder piece = new StringBuilder();
    private int factsInPiece;
    private int pieces;
    private int known;

    ConceptUpload(Exchange exchange, Heading heading, String digest, LoadProgress progress, BooleanSupplier stopped) {
        this.exchange = exchange;
        this.heading = heading;
        this.digest = digest;
        this.progress = progress;
        this.stopped = stopped;
    }

    /** Ends reading in the middle of a file. */
    static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** @return whether there is anything left to send */
    boolean begin() {
        JsonNode state = send("&piece=0", "");
        known = parameter(state, "pieces").asInt();
        return !parameter(state, "whole").asBoolean();
    }

    /** How many pieces were in before. */
    int known() {
        return known;
    }

    @Override
    public void take(ObjectNode fact) {
        piece.append(fact).append('\n');
        factsInPiece++;
        if (factsInPiece == FACTS_OF_A_PIECE) {
            flush();
        }
    }

    private void flush() {
        if (factsInPiece == 0) {
            return;
        }
        if (stopped.getAsBoolean()) {
            throw new StoppedException();
        }
        pieces++;
        if (pieces > known) {
            send("&piece=" + pieces, piece.toString());
            progress.sent(factsInPiece);
        }
        piece.setLength(0);
        factsInPiece = 0;
    }

    /** @return how many concepts there are now */
    long complete() {
        flush();
        return parameter(send("&piece=" + pieces + "&complete=true", ""), "concepts")
                .asLong();
    }

    private JsonNode send(String more, String facts) {
        String path = "CodeSystem/$load-concepts?system=" + encoded(heading.system()) + "&version="
                + encoded(heading.version()) + "&title=" + encoded(heading.title()) + "&language="
                + encoded(heading.language()) + "&digest=" + encoded(digest)
                + (heading.copyright() == null ? "" : "&copyright=" + encoded(heading.copyright())) + more;
        URI address = exchange.base().under(path);
        return exchange.upload(address, zipped(facts), HEADERS);
    }

    static JsonNode parameter(JsonNode parameters, String name) {
        for (JsonNode each : parameters.path("parameter")) {
            if (each.path("name").asText().equals(name)) {
                for (String value : new String[] {"valueInteger", "valueBoolean", "valueString", "valueUri"}) {
                    if (each.has(value)) {
                        return each.get(value);
                    }
                }
            }
        }
        return MissingNode.getInstance();
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static byte[] zipped(String text) {
        var bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
