package ml.keneya.security.access;

import ca.uhn.fhir.rest.api.server.RequestDetails;
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

    @Override
    public void decided(@Nullable RequestDetails request, Decision decision) {
        if (!decision.allowed()) {
            log.info(
                    "Refused {} ({}, {}): {}",
                    decision.caller().client(),
                    decision.caller().role(),
                    decision.interaction(),
                    decision.reason().code());
        }
    }
}
