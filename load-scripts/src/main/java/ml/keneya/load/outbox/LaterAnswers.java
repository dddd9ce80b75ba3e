package ml.keneya.load.outbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import ml.keneya.load.exchange.Answer;
import ml.keneya.load.exchange.FhirBase;
import ml.keneya.load.exchange.Wire;

/**
 * Follows the files that the exchange has taken for later (202): it keeps them from then on, and says at an address of
 * its own what became of them. The address is noted beside the file before anything else happens, so that a program
 * that was killed asks there and does not send the file again.
 */
final class LaterAnswers {
    private static final int ACCEPTED = 202;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;
    private static final int MULTIPLE_CHOICES = 300;

    private final OutboxFolder folder;
    private final FhirBase base;
    private final Wire wire;
    private final ReadsAnswers answers;

    LaterAnswers(OutboxFolder folder, FhirBase base, Wire wire, ReadsAnswers answers) {
        this.folder = folder;
        this.base = base;
        this.wire = wire;
        this.answers = answers;
    }

    /**
     * Asks what became of a file that was taken for later.
     *
     * @param digest of its content: a note about another file of the same name says nothing of this one
     * @return nothing when it has to be sent
     * @throws IOException when the note cannot be read, or the thread was interrupted while it waited
     */
    Optional<Fate> ask(OutboxFolder.Waiting file, String digest) throws IOException {
        Optional<URI> address = folder.noted(file)
                .filter(note -> note.digest().equals(digest))
                .flatMap(note -> base.followed(note.status()));
        if (address.isEmpty()) {
            return Optional.empty();
        }
        Answer answer;
        try {
            answer = wire.get(address.get(), Map.of());
        } catch (IOException noAnswer) {
            return Optional.of(ReadsAnswers.noAnswer(noAnswer));
        }
        if (answer.status() == ACCEPTED) {
            return Optional.of(new Fate.Later(answers.asked(answer)));
        }
        boolean unknown = answer.status() == NOT_FOUND || answer.status() == GONE;
        if (unknown && answer.isA("OperationOutcome")) {
            // Another exchange, or one that has forgotten; it knows the file again should it have taken it.
            folder.forget(file);
            return Optional.empty();
        }
        return Optional.of(read(file, answer));
    }

    /**
     * Its own answer is wrapped into one entry: beside it where it is a success, as the outcome of the entry if not.
     */
    private Fate read(OutboxFolder.Waiting file, Answer answer) throws IOException {
        if (!answer.isSuccess()) {
            Fate fate = answers.read(file.name(), answer);
            // To be refused the outcome is not to be refused.
            return fate instanceof Fate.Refused
                    ? new Fate.Postponed(new Fate.Reason("setback.status", answer.status()), answers.asked(answer))
                    : fate;
        }
        JsonNode entry = answer.document().path("entry").path(0);
        int status = entry.path("response").path("status").asInt();
        if (!answer.isA("Bundle") || status == 0) {
            return new Fate.LinkDown(new Fate.Reason("setback.no-exchange", answer.status()), answers.asked(answer));
        }
        boolean success = status < MULTIPLE_CHOICES;
        JsonNode said =
                success ? entry.path("resource") : entry.path("response").path("outcome");
        Fate fate = answers.read(file.name(), new Answer(status, answer.headers(), said));
        if (!(fate instanceof Fate.Sent) && !(fate instanceof Fate.Refused)) {
            // The exchange has given it up without deciding: it is sent anew.
            folder.forget(file);
        }
        return fate;
    }

    /** Reads the answer to a file that has just been sent, and notes where the outcome will be when it is for later. */
    Fate read(OutboxFolder.Waiting file, String digest, Answer answer) throws IOException {
        Optional<String> status = answer.headers().firstValue("Content-Location");
        if (answer.status() != ACCEPTED || status.flatMap(base::followed).isEmpty()) {
            return answers.read(file.name(), answer);
        }
        folder.note(file, new OutboxFolder.Note(digest, status.get()));
        return new Fate.Later(answers.asked(answer));
    }
}
