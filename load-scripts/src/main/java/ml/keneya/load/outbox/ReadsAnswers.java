package ml.keneya.load.outbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import ml.keneya.load.bundles.BundleAnswer;
import ml.keneya.load.bundles.Outcome;
import ml.keneya.load.exchange.Answer;
import ml.keneya.load.tokens.TokenException;

/** Says what an answer to a file, or the lack of one, means for it. */
final class ReadsAnswers {
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int CONFLICT = 409;
    private static final int SERVER_FAULT = 500;

    private final Clock clock;

    ReadsAnswers(Clock clock) {
        this.clock = clock;
    }

    /**
     * @throws IOException when it was not the link: the file has gone, or the thread was interrupted while it waited
     */
    static Fate noAnswer(IOException failure) throws IOException {
        if (Thread.currentThread().isInterrupted() || failure.getCause() instanceof NoSuchFileException) {
            throw failure;
        }
        return new Fate.LinkDown(why(failure), Optional.empty());
    }

    private static Fate.Reason why(IOException failure) {
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

    /** How long the exchange asks us to wait. */
    Optional<Duration> asked(Answer answer) {
        return answer.retryAfter(clock.instant());
    }

    Fate read(String name, Answer answer) {
        Optional<Duration> asked = asked(answer);
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
        if (answer.status() >= SERVER_FAULT) {
            return new Fate.Postponed(status, asked);
        }
        // Among the refusals is one that says that it was taken long ago.
        String document = answer.document().toString();
        return BundleAnswer.read(name, answer) instanceof Outcome.Accepted
                ? new Fate.Sent(document)
                : new Fate.Refused(document);
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
}
