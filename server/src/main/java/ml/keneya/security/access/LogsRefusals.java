package ml.keneya.security.access;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import ml.keneya.fhir.Caller.Role;
import ml.keneya.security.Decision;
import ml.keneya.security.WatchesDecisions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tells the operator why somebody was refused; the client hears less. */
@Component
class LogsRefusals implements WatchesDecisions {

    private static final Logger log = LoggerFactory.getLogger(LogsRefusals.class);

    /** Lines about those whom nobody knows; the trace counts the rest of them. */
    private final Bucket ofStrangers = Bucket.builder()
            .addLimit(limit -> limit.capacity(600).refillGreedy(120, Duration.ofMinutes(1)))
            .build();

    @Override
    public void decided(@Nullable RequestDetails request, Decision decision) {
        if (!decision.allowed() && (decision.caller().role() != Role.ANONYMOUS || ofStrangers.tryConsume(1))) {
            log.info(
                    "Refused {} ({}, {}): {}",
                    decision.caller().client(),
                    decision.caller().role(),
                    decision.interaction(),
                    decision.reason().code());
        }
    }
}
