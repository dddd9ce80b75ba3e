package ml.keneya.load.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the exchange answered, read to its end. */
public record Answer(int status, HttpHeaders headers, JsonNode document) {
    private static final int CONFLICT = 409;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int BAD_GATEWAY = 502;
    private static final int UNAVAILABLE = 503;
    private static final int GATEWAY_TIMEOUT = 504;

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    public boolean isA(String resourceType) {
        return resourceType.equals(document.path("resourceType").asText());
    }

    public boolean isReplay() {
        return headers.firstValue("Keneya-Replayed")
                .map("true"::equalsIgnoreCase)
                .orElse(false);
    }

    /**
     * Whether the same request may succeed later. A 409 counts only when the exchange names a time: it does so while
     * the first try of the same submission still runs.
     */
    public boolean asksToComeBack() {
        return switch (status) {
            case TOO_MANY_REQUESTS, BAD_GATEWAY, UNAVAILABLE, GATEWAY_TIMEOUT -> true;
            case CONFLICT -> headers.firstValue(RetryAfter.HEADER).isPresent();
            default -> false;
        };
    }

    /**
     * How long the exchange asks us to wait. A date is read against the exchange's own clock where the answer tells it,
     * because ours may be wrong.
     *
     * @param now by our clock
     */
    public Optional<Duration> retryAfter(Instant now) {
        Instant told = headers.firstValue("Date").flatMap(RetryAfter::instant).orElse(now);
        return headers.firstValue(RetryAfter.HEADER).flatMap(text -> RetryAfter.read(text, told));
    }
}
