package ml.keneya.security.limits;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import java.util.Map;
import java.util.stream.Stream;
import ml.keneya.fhir.FhirContribution;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleEntryRequestComponent;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Refuses searches beyond the budget before anybody carries them out, whether they come alone, as a form or in a
 * bundle. Runs after access control, so that whoever may not search at all learns no more than that.
 */
@Interceptor(order = 1600)
@Component
class KeepsSearchesSmall implements FhirContribution {

    private final SearchBudget budget;

    KeepsSearchesSmall(SearchLimitsSettings limits) {
        this.budget = new SearchBudget(limits);
    }

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerInterceptor(this);
    }

    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
    void check(RequestDetails request) {
        @Nullable Map<String, String[]> parameters = request.getParameters();
        if (parameters != null) {
            budget.check(parameters);
        }
        String condition = request.getHeader("If-None-Exist");
        if (condition != null) {
            budget.check(condition);
        }
    }

    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED)
    void checkEntries(RequestDetails request) {
        if (request.getResource() instanceof Bundle bundle) {
            bundle.getEntry().stream()
                    .map(BundleEntryComponent::getRequest)
                    .flatMap(KeepsSearchesSmall::searches)
                    .forEach(budget::check);
        }
    }

    private static Stream<String> searches(BundleEntryRequestComponent entry) {
        return Stream.concat(
                Stream.ofNullable(entry.getUrl()),
                Stream.ofNullable(entry.getIfNoneExist())
                        .map(condition -> condition.contains("?") ? condition : "?" + condition));
    }
}
