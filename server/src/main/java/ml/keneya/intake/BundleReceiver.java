package ml.keneya.intake;

import ca.uhn.fhir.rest.annotation.Transaction;
import ca.uhn.fhir.rest.annotation.TransactionParam;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import ml.keneya.fhir.FhirContribution;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.store.NumbersInSearches;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The door: every bundle that is posted to the base comes in here. */
@Component
class BundleReceiver implements FhirContribution {

    private final BundleRules rules = new BundleRules(IntakeLimits.ENTRIES);
    private final TransactionDelivery transactions;
    private final BatchDelivery batches;
    private final NumbersInSearches searches;
    private final Turnstile turnstile;
    private final AcceptsForLater later;

    BundleReceiver(
            TransactionDelivery transactions,
            BatchDelivery batches,
            NumbersInSearches searches,
            Turnstile turnstile,
            AcceptsForLater later) {
        this.later = later;
        this.searches = searches;
        this.turnstile = turnstile;
        this.transactions = transactions;
        this.batches = batches;
    }

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerProvider(this);
        server.registerInterceptor(new RefusesParkedTransactions());
        server.registerInterceptor(new LeavesAnswersWithoutAddress());
    }

    @Transaction
    public Bundle receive(@TransactionParam @Nullable Bundle bundle, ServletRequestDetails request) {
        if (bundle == null) {
            throw new RefusedException(Refusal.of(RefusalCode.UNREADABLE, ""));
        }
        rules.check(bundle);
        for (BundleEntryComponent entry : bundle.getEntry()) {
            searches.check(entry.getRequest().getUrl());
            searches.check(entry.getRequest().getIfNoneExist());
        }
        Submission submission = Submission.of(bundle, request);
        later.beginBudget(bundle, request);
        try {
            return turnstile.pass(
                    submission,
                    () -> bundle.getType() == BundleType.BATCH
                            ? batches.deliver(bundle, submission, request)
                            : transactions.deliver(bundle, submission, request));
        } catch (TimeBudget.Spent spent) {
            throw later.moved(request);
        }
    }
}
