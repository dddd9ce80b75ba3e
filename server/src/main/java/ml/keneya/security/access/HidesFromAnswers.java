package ml.keneya.security.access;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import ml.keneya.fhir.Caller;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleLinkComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/**
 * Looks over every answer once more: what a search brought along, and what a write gave back, are shown only to whom
 * could have read them. Whoever may write need not be able to read.
 */
@Interceptor(order = 15_000)
@Component
class HidesFromAnswers {

    private static final Set<String> ALWAYS =
            Set.of("OperationOutcome", "CapabilityStatement", "TerminologyCapabilities");

    private static final Set<BundleType> ANSWERS = EnumSet.of(
            BundleType.SEARCHSET, BundleType.HISTORY, BundleType.TRANSACTIONRESPONSE, BundleType.BATCHRESPONSE);

    private static final Pattern PLAIN_SEARCH = Pattern.compile("[^?]*/[A-Z][A-Za-z]*/?(\\?.*)?");

    private final AccessTable table;

    HidesFromAnswers(AccessTable table) {
        this.table = table;
    }

    @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
    void hide(RequestDetails request, ResponseDetails response) {
        Caller caller = Caller.of(request);
        Wish wish = DecidesRequests.wishOf(request);
        if (caller.role().isUnrestricted() || !(response.getResponseResource() instanceof Resource answer)) {
            return;
        }
        boolean everything = wish != null && "$everything".equals(wish.operation());
        if (wish != null && wish.interaction() == Interaction.OPERATION && !everything) {
            // Its rule says who may see what it answers.
            return;
        }
        Scopes scopes = DecidesRequests.scopesOf(request);
        boolean stored = wish != null
                && ("Bundle".equals(wish.type())
                        && wish.interaction() != Interaction.SEARCH_TYPE
                        && wish.interaction() != Interaction.HISTORY_INSTANCE);
        hideSources(answer, caller);
        if (answer instanceof Bundle bundle && !stored) {
            hide(bundle, caller, scopes);
            if (everything || (wish != null && wish.interaction() == Interaction.PAGE)) {
                // It counts the records of others too, and of a page nobody knows which search it belongs to.
                bundle.setTotalElement(null);
            }
        } else if (!ALWAYS.contains(answer.fhirType()) && !table.mayShow(caller, scopes, answer.fhirType())) {
            response.setResponseResource(nothingToShow());
        }
    }

    /** A person is one record for all; by which other site a version of it came is nobody's business there. */
    private static void hideSources(Resource answer, Caller caller) {
        if (answer instanceof Bundle bundle) {
            // What somebody keeps as a bundle is as it was sent.
            (ANSWERS.contains(bundle.getType()) ? bundle.getEntry() : List.<BundleEntryComponent>of())
                    .stream()
                            .filter(BundleEntryComponent::hasResource)
                            .forEach(entry -> hideSources(entry.getResource(), caller));
        } else if (answer instanceof Patient person
                && person.getMeta().hasSource()
                && !person.getMeta().getSource().endsWith("/" + caller.facility())) {
            person.getMeta().setSource(null);
        }
    }

    private void hide(Bundle bundle, Caller caller, Scopes scopes) {
        if (bundle.getType() == Bundle.BundleType.TRANSACTIONRESPONSE
                || bundle.getType() == Bundle.BundleType.BATCHRESPONSE) {
            for (BundleEntryComponent entry : bundle.getEntry()) {
                if (entry.getResource() instanceof Bundle answer) {
                    hide(answer, caller, scopes);
                    if (!isCounted(answer)) {
                        answer.setTotalElement(null);
                    }
                } else if (isHidden(entry, caller, scopes)) {
                    entry.setResource(null);
                }
            }
        } else {
            bundle.getEntry().removeIf(entry -> isHidden(entry, caller, scopes));
        }
    }

    /** A search in one type counts what its caller sees; whatever else a bundle was asked for may count more. */
    private static boolean isCounted(Bundle answer) {
        BundleLinkComponent self = answer.getLink(Bundle.LINK_SELF);
        return self != null && PLAIN_SEARCH.matcher(self.getUrl()).matches();
    }

    private boolean isHidden(BundleEntryComponent entry, Caller caller, Scopes scopes) {
        return entry.hasResource()
                && !ALWAYS.contains(entry.getResource().fhirType())
                && !table.mayShow(caller, scopes, entry.getResource().fhirType());
    }

    private static OperationOutcome nothingToShow() {
        OperationOutcome outcome = new OperationOutcome();
        outcome.addIssue().setSeverity(IssueSeverity.INFORMATION).setCode(IssueType.SUPPRESSED);
        return outcome;
    }
}
