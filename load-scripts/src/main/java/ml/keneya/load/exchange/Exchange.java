package ml.keneya.load.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The health information exchange, as seen from outside. */
public final class Exchange {
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;

    private final FhirBase base;
    private final Wire wire;
    private final Retries retries;

    public Exchange(FhirBase base, Wire wire, Retries retries) {
        this.base = base;
        this.wire = wire;
        this.retries = retries;
    }

    public FhirBase base() {
        return base;
    }

    public Answer post(byte[] bundle, Map<String, String> headers) {
        return retries.untilAnswered(() -> wire.post(base.uri(), bundle, headers));
    }

    /**
     * What was answered to something that was sent.
     *
     * @param again whether an earlier try may have arrived as well; nobody knows what became of that one
     */
    public record Submission(Answer answer, boolean again) {}

    /** Any answer to what is sent to an address, be it a refusal; to be used where sending twice does no harm. */
    public Submission submit(URI address, byte[] body, Map<String, String> headers) {
        AtomicInteger tries = new AtomicInteger();
        Answer answer = retries.untilAnswered(() -> {
            tries.incrementAndGet();
            return wire.post(address, body, headers);
        });
        return new Submission(answer, tries.get() > 1);
    }

    /** The page of a search. */
    public JsonNode search(URI address) {
        Answer answer = retries.untilAnswered(() -> wire.get(address));
        if (!answer.isSuccess() || !answer.isA("Bundle")) {
            throw RefusedException.of(answer, address);
        }
        return answer.document();
    }

    /** What an operation that changes nothing answers. */
    public JsonNode ask(URI address) {
        return parameters(retries.untilAnswered(() -> wire.get(address)), address);
    }

    /** What an operation answers that may be ordered again without harm. */
    public JsonNode order(URI address) {
        return order(address, new byte[0]);
    }

    /** The same, with what the operation is to know. */
    public JsonNode order(URI address, byte[] parameters) {
        return parameters(retries.untilAnswered(() -> wire.post(address, parameters, Map.of())), address);
    }

    /** What an operation answers to lines that it recognises when they come again. */
    public JsonNode upload(URI address, byte[] lines, Map<String, String> headers) {
        return parameters(retries.untilAnswered(() -> wire.post(address, lines, headers)), address);
    }

    private static JsonNode parameters(Answer answer, URI address) {
        if (!answer.isSuccess() || !answer.isA("Parameters")) {
            throw RefusedException.of(answer, address);
        }
        return answer.document();
    }

    /**
     * What the exchange answers to a reader, of whatever kind and in however many turns.
     *
     * @throws RefusedException when it does not answer with success
     */
    public Answer get(URI address, Map<String, String> headers) {
        return successful(retries.untilAnswered(() -> wire.get(address, headers)), address);
    }

    /** Takes back what was asked for; whether it was there does not matter. */
    public void cancel(URI address) {
        retries.untilAnswered(() -> wire.delete(address));
    }

    /** @param receiver is called again from the beginning when the link breaks */
    public void download(URI address, String accept, Wire.Receiver receiver) {
        download(address, Map.of("Accept", accept), receiver);
    }

    /** The same with headers that say how, for example without compression. */
    public void download(URI address, Map<String, String> headers, Wire.Receiver receiver) {
        successful(retries.untilAnswered(() -> wire.download(address, headers, receiver)), address);
    }

    private static Answer successful(Answer answer, URI address) {
        if (!answer.isSuccess()) {
            throw RefusedException.of(answer, address);
        }
        return answer;
    }

    /** One resource, or nothing where there is none (any more) for us to see. */
    public Optional<JsonNode> read(String type, String id) {
        URI address = base.under(type + "/" + id);
        Answer answer = retries.untilAnswered(() -> wire.get(address));
        if (answer.status() == NOT_FOUND || answer.status() == GONE) {
            return Optional.empty();
        }
        if (!answer.isSuccess() || !answer.isA(type)) {
            throw RefusedException.of(answer, address);
        }
        return Optional.of(answer.document());
    }
}
