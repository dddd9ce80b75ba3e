package ml.keneya.intake;

import ca.uhn.fhir.context.FhirContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import ml.keneya.fhir.KnowsCallers;
import ml.keneya.fhir.Language;
import ml.keneya.fhir.Outcomes;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.WorksInBackground;
import ml.keneya.intake.KeptDeliveries.Outcome;
import ml.keneya.intake.KeptDelivery.Status;
import ml.keneya.intake.Redelivery.Result;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Carries out deliveries that were accepted for later, each site's in the order of their arrival. A delivery is leased
 * in the database; when this server dies, another one, or this one after its restart, takes it up once the lease has
 * run out, and finds by the receipt whether it was done.
 */
@Component
class WorksOffDeliveries extends WorksInBackground {

    /** Renewed while the work goes on. A repetition would harm nothing, only cost time. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    /** With the growing pauses between them some ten minutes; then somebody should look at it. */
    private static final int MOST_ATTEMPTS = 12;

    private static final int LONGEST_PAUSE_SECONDS = 60;

    /** While the database is away, busy or full. */
    private static final Duration UNTIL_THE_SERVER_CAN = Duration.ofSeconds(10);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final FhirContext context;
    private final WaitingDeliveries waiting;
    private final KeptDeliveries deliveries;
    private final Redelivery redelivery;
    private final KnowsCallers callers;
    private volatile @Nullable KeptDelivery leased;
    /** Taken when the database went away; of the worker alone. */
    private @Nullable KeptDelivery interrupted;

    WorksOffDeliveries(
            FhirContext context,
            WaitingDeliveries waiting,
            KeptDeliveries deliveries,
            Redelivery redelivery,
            KnowsCallers callers) {
        super("deliveries", BETWEEN_LOOKS);
        this.context = context;
        this.waiting = waiting;
        this.deliveries = deliveries;
        this.redelivery = redelivery;
        this.callers = callers;
    }

    @Override
    protected boolean workOffOne() {
        giveBackInterrupted();
        Optional<KeptDelivery> next = waiting.lease(LEASE);
        next.ifPresent(this::take);
        return next.isPresent();
    }

    private void giveBackInterrupted() {
        KeptDelivery delivery = interrupted;
        if (delivery != null) {
            waiting.giveBack(delivery, Duration.ZERO);
            interrupted = null;
        }
    }

    private void take(KeptDelivery delivery) {
        try {
            carryOut(delivery);
        } catch (DataAccessResourceFailureException
                | TransientDataAccessException
                | CannotCreateTransactionException away) {
            interrupted = delivery;
            throw away;
        }
    }

    private void carryOut(KeptDelivery delivery) {
        if (delivery.attempts() > MOST_ATTEMPTS) {
            // None of its tries came to an answer, and others wait behind it.
            waiting.finish(
                    delivery,
                    Status.REFUSED,
                    refused(
                            delivery,
                            Refusal.of(RefusalCode.INTERNAL, delivery.id().toString())));
            return;
        }
        if (!callers.mayStillCall(delivery.caller())) {
            // Its rights ended before its turn came. The bytes stay, for somebody who has rights of their own.
            waiting.finish(delivery, Status.REFUSED, refused(delivery, Refusal.of(RefusalCode.SENDER_REVOKED)));
            return;
        }
        leased = delivery;
        try {
            byte[] body = deliveries.bytesOf(delivery.id()).orElseThrow();
            Result result = redelivery.deliver(delivery, body, delivery.headers(), delivery.caller());
            if (result.ofTheServer() && waiting.giveBack(delivery, UNTIL_THE_SERVER_CAN)) {
                return;
            }
            if (result.momentary() && delivery.attempts() < MOST_ATTEMPTS) {
                long pause = Math.min(LONGEST_PAUSE_SECONDS, 1L << Math.min(delivery.attempts(), 10));
                waiting.release(delivery, Duration.ofSeconds(pause));
            } else {
                waiting.finish(delivery, result.status(), result.outcome());
            }
        } finally {
            leased = null;
        }
    }

    private Outcome refused(KeptDelivery delivery, Refusal refusal) {
        OperationOutcome outcome = Outcomes.of(
                List.of(refusal), Language.accepted(delivery.headers().get("Accept-Language")));
        return new Outcome(
                refusal.code().status(),
                refusal.code().id(),
                context.newJsonParser().encodeResourceToString(outcome));
    }

    /** A large batch may take longer than a lease. */
    @Scheduled(fixedDelayString = "PT30S")
    void renewLease() {
        KeptDelivery current = leased;
        if (current != null) {
            waiting.renewLease(current, LEASE);
        }
    }
}
