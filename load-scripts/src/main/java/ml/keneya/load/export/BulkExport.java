package ml.keneya.load.export;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import ml.keneya.load.exchange.Answer;
import ml.keneya.load.exchange.Exchange;
import ml.keneya.load.exchange.RefusedException;
import ml.keneya.load.exchange.Timing;
import ml.keneya.load.exchange.UnreachableException;
import ml.keneya.load.exchange.Wire;
import ml.keneya.load.terminal.Terminal;

/** Speaks Bulk Data Access with an exchange. */
final class BulkExport {
    private static final int ACCEPTED = 202;
    private static final Duration USUAL_WAIT = Duration.ofSeconds(2);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);
    private static final String NDJSON = "application/fhir+ndjson";

    private final Exchange exchange;
    private final Timing timing;
    private final Terminal terminal;

    BulkExport(Exchange exchange, Timing timing, Terminal terminal) {
        this.exchange = exchange;
        this.timing = timing;
        this.terminal = terminal;
    }

    /** @return where to ask how far it is */
    String begin(String pathAndQuery) {
        URI address = exchange.base().under(pathAndQuery);
        Answer answer = exchange.get(address, Map.of("Prefer", "respond-async"));
        return answer.headers()
                .firstValue("Content-Location")
                .orElseThrow(() -> RefusedException.leadsElsewhere("Content-Location"));
    }

    /** Waits until the exchange has found out what is in the files. */
    JsonNode manifest(String status) {
        URI address = followed(status);
        while (true) {
            Answer answer = exchange.get(address, Map.of("Accept", "application/json"));
            if (answer.status() != ACCEPTED) {
                return answer.document();
            }
            terminal.status(
                    "export.prepared", answer.headers().firstValue("X-Progress").orElse("…"));
            pause(answer);
        }
    }

    private void pause(Answer answer) {
        Duration asked = answer.retryAfter(timing.clock().instant()).orElse(USUAL_WAIT);
        try {
            timing.pause().lasting(asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw UnreachableException.stopped(stopped);
        }
    }

    void fetch(ExportedFile file, Wire.Receiver receiver) {
        exchange.download(followed(file.url()), NDJSON, receiver);
    }

    /** As it is, not compressed: for a measurement of the exchange and not of the compression. */
    void fetchPlain(ExportedFile file, Wire.Receiver receiver) {
        exchange.download(followed(file.url()), Map.of("Accept", NDJSON, "Accept-Encoding", "identity"), receiver);
    }

    void cancel(String status) {
        exchange.cancel(followed(status));
    }

    private URI followed(String link) {
        return exchange.base().followed(link).orElseThrow(() -> RefusedException.leadsElsewhere(link));
    }
}
