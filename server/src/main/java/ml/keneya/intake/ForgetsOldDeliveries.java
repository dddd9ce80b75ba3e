package ml.keneya.intake;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Empties, once an hour, what has been kept for its time. Safe to run on every server copy. */
@Component
class ForgetsOldDeliveries {

    private static final Logger log = LoggerFactory.getLogger(ForgetsOldDeliveries.class);

    private final ReceiptLedger ledger;
    private final RememberedEntries remembered;
    private final KeptDeliveries deliveries;
    private final Uploads uploads;
    private final IntakeSettings settings;

    ForgetsOldDeliveries(
            ReceiptLedger ledger,
            RememberedEntries remembered,
            KeptDeliveries deliveries,
            Uploads uploads,
            IntakeSettings settings) {
        this.uploads = uploads;
        this.deliveries = deliveries;
        this.ledger = ledger;
        this.remembered = remembered;
        this.settings = settings;
    }

    @Scheduled(initialDelayString = "PT5M", fixedDelayString = "PT1H")
    void forget() {
        int answers = ledger.forgetAnswersOlderThan(settings.answersKept());
        int entries = remembered.forgetOlderThan(settings.answersKept());
        int bodies = deliveries.forgetBodiesOlderThan(settings.refusedKept());
        int abandoned = uploads.forgetExpired();
        if (answers + entries + bodies + abandoned > 0) {
            log.info(
                    "Forgot {} answers, {} entries and {} contents of old deliveries, and {} uploads.",
                    answers,
                    entries,
                    bodies,
                    abandoned);
        }
    }
}
