package ml.keneya.store;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.interceptor.model.RequestPartitionId;
import ca.uhn.fhir.jpa.search.cache.ISearchCacheSvc;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import ml.keneya.fhir.FhirContribution;
import ml.keneya.fhir.Language;
import ml.keneya.fhir.Outcomes;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Says on the last page of a search that there is more than a search brings. HAPI ends its pages there without a word,
 * and says how many it has found as if it were how many there are, which is left out.
 */
@Interceptor
@Component
class TellsCutOffSearches implements FhirContribution {

    private final ISearchCacheSvc searches;
    private final int longest;

    TellsCutOffSearches(ISearchCacheSvc searches, ReadingSettings settings) {
        this.searches = searches;
        this.longest = settings.longestSearch();
    }

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerInterceptor(this);
    }

    @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
    void tell(RequestDetails request, @Nullable IBaseResource answer) {
        String[] search = request.getParameters().get(Constants.PARAM_PAGINGACTION);
        // Before its end HAPI knows no total, and what fits into one page is far from the limit.
        if (!(answer instanceof Bundle page) || search == null || !page.hasTotal() || !isCutOff(search[0])) {
            return;
        }
        page.setTotalElement(null);
        if (page.getLink(Bundle.LINK_NEXT) == null) {
            Language language = Language.accepted(request.getHeader("Accept-Language"));
            OperationOutcome outcome = new OperationOutcome();
            outcome.addIssue()
                    .setSeverity(IssueSeverity.WARNING)
                    .setCode(IssueType.INCOMPLETE)
                    .setDiagnostics(Outcomes.message("search.cut-off", language, longest));
            page.addEntry().setResource(outcome).getSearch().setMode(SearchEntryMode.OUTCOME);
        }
    }

    private boolean isCutOff(String search) {
        return searches.fetchByUuid(search, RequestPartitionId.allPartitions())
                .filter(found -> found.getNumFound() > longest)
                .isPresent();
    }
}
