package ml.keneya.intake;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ml.keneya.fhir.InnerRequests;
import org.hl7.fhir.r4.model.Bundle;

/**
 * How long a sender waits for the answer to its delivery. When the time is over, and nothing of what is under way is
 * written yet, the delivery is kept and carried out later.
 *
 * @param deadline as {@link System#nanoTime()} counts
 */
record TimeBudget(long deadline) {

    private static final Pattern WAIT =
            Pattern.compile("(?:^|[,;\\s])wait\\s*=\\s*(\\d{1,6})", Pattern.CASE_INSENSITIVE);
    private static final String ATTRIBUTE = TimeBudget.class.getName();

    /** More than anybody lives. */
    static final TimeBudget ENDLESS = of(Duration.ofDays(36_500));

    static TimeBudget of(Duration time) {
        return new TimeBudget(System.nanoTime() + time.toNanos());
    }

    /**
     * Begins to count for a delivery.
     *
     * @param usual for a sender that does not say how long it waits ({@code Prefer: wait}, RFC 7240)
     */
    static void begin(Bundle bundle, ServletRequestDetails request, Duration usual) {
        // Later nobody knows any more what the token of the sender may read.
        boolean reads = bundle.getEntry().stream().anyMatch(ReadEntries::isRead);
        TimeBudget budget = reads || InnerRequests.isInner(request.getServletRequest())
                ? ENDLESS
                : of(wait(String.join(",", request.getHeaders("Prefer")), usual));
        request.getUserData().put(ATTRIBUTE, budget);
    }

    static TimeBudget of(ServletRequestDetails request) {
        return request.getUserData().get(ATTRIBUTE) instanceof TimeBudget budget ? budget : ENDLESS;
    }

    /** Whether a preference names how long its sender waits, and that is not nothing. */
    static boolean isWaitedFor(String prefer) {
        return wait(prefer, Duration.ZERO).compareTo(Duration.ZERO) > 0;
    }

    private static Duration wait(String prefer, Duration usual) {
        Matcher wait = WAIT.matcher(prefer);
        return wait.find() ? Duration.ofSeconds(Integer.parseInt(wait.group(1))) : usual;
    }

    /** Nothing when it is spent. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    /** @throws Spent when the time is over; to be called only where nothing would be half done */
    void check() {
        if (left().isZero()) {
            throw new Spent();
        }
    }

    /**
     * The time is over. Nobody's answer; of this kind only because HAPI would take any other for a fault of its own.
     */
    static final class Spent extends BaseServerResponseException {

        private static final long serialVersionUID = 1L;

        private Spent() {
            super(202, "The time for this delivery is over.");
        }
    }
}
