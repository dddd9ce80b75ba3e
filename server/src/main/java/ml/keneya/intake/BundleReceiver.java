package ml.keneya.intake;

import ca.uhn.fhir.rest.annotation.Transaction;
import ca.uhn.fhir.rest.annotation.TransactionParam;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import ml.keneya.fhir.FhirContribution;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.springframework.stereotype.Component;

/** The door: every bundle that is posted to the base comes in here. */
@Component
class BundleReceiver implements FhirContribution {

    private final BundleRules rules = new BundleRules(IntakeLimits.ENTRIES);
    private final TransactionDelivery transactions;
    private final BatchDelivery batches;

    BundleReceiver(TransactionDelivery transactions, BatchDelivery batches) {
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
    public Bundle receive(@TransactionParam Bundle bundle, ServletRequestDetails request) {
        rules.check(bundle);
        Submission submission = Submission.of(bundle, request);
        return bundle.getType() == BundleType.BATCH
                ? batches.deliver(bundle, submission, request)
                : transactions.deliver(bundle, submission, request);
    }
}
