package ml.keneya.load.outbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import ml.keneya.load.bundles.BundleAnswer;
import ml.keneya.load.bundles.BundleScan;
import ml.keneya.load.bundles.BundleStream;
import ml.keneya.load.bundles.Outcome;
import ml.keneya.load.exchange.Answer;
import ml.keneya.load.exchange.FhirBase;
import ml.keneya.load.exchange.Json;
import ml.keneya.load.exchange.Wire;
import ml.keneya.load.terminal.Messages;
import ml.keneya.load.tokens.TokenException;
import org.jspecify.annotations.Nullable;

/** Offers one file to the exchange, once, and reads the answer. */
final class Courier {
    // A file that cannot be read as a bundle may still be being written by a program that does not rename.
    private static final Duration SETTLED = Duration.ofMinutes(1);
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int CONFLICT = 409;
    private static final int SERVER_FAULT = 500;

    private final FhirBase base;
    private final Wire wire;
    private final Clock clock;
    private final @Nullable String facility;
    private final Messages words;

    Courier(FhirBase base, Wire wire, Clock clock, @Nullable String facility, Messages words) {
        this.base = base;
        this.wire = wire;
        this.clock = clock;
        this.facility = facility;
        this.words = words;
    }

    /** @throws IOException when the file cannot be read, or the thread was interrupted while it waited */
    Fate offer(OutboxFolder.Waiting waiting) throws IOException {
        BundleScan scan;
        long length;
        try (InputStream text = text(waiting.file())) {
            scan = BundleScan.of(waiting.name(), text);
        }
        Optional<Outcome.Unsent> fault = scan.fault();
        if (fault.isPresent()) {
            return isSettled(waiting) ? new Fate.Refused(explained(fault.get())) : new Fate.Unfinished();
        }
        try (InputStream text = text(waiting.file())) {
            length = GzipBody.length(text);
        }
        Answer answer;
        try {
            answer = wire.post(base.uri(), body(waiting.file(), length), headers(scan));
        } catch (IOException noAnswer) {
            return new Fate.LinkDown(whyNoAnswer(noAnswer), Optional.empty());
        }
        return read(waiting.name(), answer);
    }

    private static InputStream text(Path file) throws IOException {
        return BundleStream.of(Files.newInputStream(file));
    }

    // By the difference, either way: whoever has set the clock back must not wait for a year.
    private boolean isSettled(OutboxFolder.Waiting waiting) {
        Duration age = Duration.between(waiting.written().toInstant(), clock.instant());
        return age.abs().compareTo(SETTLED) >= 0;
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

    private static Fate.Reason whyNoAnswer(IOException failure) throws IOException {
        if (Thread.currentThread().isInterrupted() || failure.getCause() instanceof NoSuchFileException) {
            throw failure;
        }
        if (failure instanceof TokenException) {
            return new Fate.Reason("setback.token", String.valueOf(failure.getMessage()));
        }
        if (failure instanceof SSLHandshakeException) {
            return new Fate.Reason("setback.certificate", String.valueOf(failure.getMessage()));
        }
        if (failure instanceof HttpTimeoutException) {
            return new Fate.Reason("setback.timeout", "");
        }
        return new Fate.Reason(failure instanceof ConnectException ? "setback.connect" : "setback.broken", "");
    }

    private Fate read(String name, Answer answer) {
        Optional<Duration> asked = answer.retryAfter(clock.instant());
        var status = new Fate.Reason("setback.status", answer.status());
        if (answer.status() == CONFLICT && asked.isPresent()) {
            return new Fate.Postponed(status, asked);
        }
        if (answer.asksToComeBack()) {
            return new Fate.LinkDown(status, asked);
        }
        if (answer.isSuccess()) {
            return readSuccess(name, answer, asked);
        }
        if (answer.status() == UNAUTHORIZED) {
            return new Fate.LinkDown(new Fate.Reason("setback.unauthorized", answer.status()), asked);
        }
        // What is no outcome was written by something on the way: a captive portal, a proxy, another server.
        boolean elsewhere = answer.status() == NOT_FOUND || answer.status() == METHOD_NOT_ALLOWED;
        if (elsewhere || !answer.isA("OperationOutcome")) {
            return new Fate.LinkDown(new Fate.Reason("setback.no-exchange", answer.status()), asked);
        }
        return answer.status() >= SERVER_FAULT
                ? new Fate.Postponed(status, asked)
                : new Fate.Refused(answer.document().toString());
    }

    private static Fate readSuccess(String name, Answer answer, Optional<Duration> asked) {
        if (!answer.isA("Bundle")) {
            return new Fate.LinkDown(new Fate.Reason("setback.no-exchange", answer.status()), asked);
        }
        String document = answer.document().toString();
        Outcome outcome = BundleAnswer.read(name, answer);
        if (outcome instanceof Outcome.Accepted) {
            return new Fate.Sent(document);
        }
        // Sent again, a batch finishes what was not taken for the moment and repeats nothing.
        for (JsonNode entry : answer.document().path("entry")) {
            String status = entry.path("response").path("status").asText();
            if (status.startsWith("5") || status.startsWith("429")) {
                return new Fate.Postponed(new Fate.Reason("setback.status", status), asked);
            }
        }
        return new Fate.Refused(document);
    }

    /** An outcome in our own words, for what never reached the exchange. */
    private String explained(Outcome.Unsent fault) {
        ObjectNode outcome = Json.object().put("resourceType", "OperationOutcome");
        outcome.putArray("issue")
                .addObject()
                .put("severity", "error")
                .put("code", "structure")
                .put("diagnostics", words.text("outbox.unfit", words.text(fault.reason(), fault.detail())));
        return outcome.toString();
    }
}
