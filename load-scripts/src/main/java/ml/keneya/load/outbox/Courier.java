package ml.keneya.load.outbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import ml.keneya.load.bundles.BundleScan;
import ml.keneya.load.bundles.Outcome;
import ml.keneya.load.exchange.Answer;
import ml.keneya.load.exchange.Json;
import ml.keneya.load.terminal.Messages;

/** Offers one file to the exchange, once, or asks what became of it, and reads the answer. */
final class Courier {
    // A file that cannot be read as a bundle may still be being written by a program that does not rename.
    private static final Duration SETTLED = Duration.ofMinutes(1);

    private final Post post;
    private final LaterAnswers later;
    private final Clock clock;
    private final Messages words;

    Courier(Post post, LaterAnswers later, Clock clock, Messages words) {
        this.post = post;
        this.later = later;
        this.clock = clock;
        this.words = words;
    }

    /** @throws IOException when the file cannot be read, or the thread was interrupted while it waited */
    Fate offer(OutboxFolder.Waiting waiting) throws IOException {
        BundleScan scan;
        try (InputStream text = Post.text(waiting.file())) {
            scan = BundleScan.of(waiting.name(), text);
        }
        Optional<Outcome.Unsent> fault = scan.fault();
        if (fault.isPresent()) {
            return isSettled(waiting) ? new Fate.Refused(explained(fault.get())) : new Fate.Unfinished();
        }
        Optional<Fate> known = later.ask(waiting, scan.digest());
        return known.isPresent() ? known.get() : post(waiting, scan);
    }

    private Fate post(OutboxFolder.Waiting waiting, BundleScan scan) throws IOException {
        Answer answer;
        try {
            answer = post.send(waiting.file(), scan);
        } catch (IOException noAnswer) {
            return ReadsAnswers.noAnswer(noAnswer);
        }
        return later.read(waiting, scan.digest(), answer);
    }

    // By the difference, either way: whoever has set the clock back must not wait for a year.
    private boolean isSettled(OutboxFolder.Waiting waiting) {
        Duration age = Duration.between(waiting.written().toInstant(), clock.instant());
        return age.abs().compareTo(SETTLED) >= 0;
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
