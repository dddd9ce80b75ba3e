package ml.keneya.store;

import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.provider.BaseJpaResourceProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import java.util.Collection;
import ml.keneya.fhir.FhirContribution;
import org.hl7.fhir.r4.model.OperationDefinition;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Puts the records on the HTTP face: one provider a resource type in use, paging, and the CapabilityStatement. */
@Component
@Order(0)
class StoreContribution implements FhirContribution {

    private final RecordProviders providers;
    private final DatabaseBackedPagingProvider paging;
    private final ISearchParamRegistry searchParameters;
    private final KeptSearchParameters kept;
    private final IValidationSupport support;

    StoreContribution(
            RecordProviders providers,
            DatabaseBackedPagingProvider paging,
            ISearchParamRegistry searchParameters,
            KeptSearchParameters kept,
            IValidationSupport support) {
        this.providers = providers;
        this.paging = paging;
        this.searchParameters = searchParameters;
        this.kept = kept;
        this.support = support;
    }

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerInterceptor(new OffersOnlyWhatIsUsed());
        Collection<?> records = providers.create();
        server.registerProviders(records);
        server.setPagingProvider(paging);
        server.setServerConformanceProvider(
                new DescribesTheExchange(server, searchParameters, kept, support, operationsAmong(records)));
    }

    private static IFhirResourceDao<?> operationsAmong(Collection<?> records) {
        return records.stream()
                .filter(BaseJpaResourceProvider.class::isInstance)
                .map(BaseJpaResourceProvider.class::cast)
                .filter(provider -> provider.getResourceType().equals(OperationDefinition.class))
                .findFirst()
                .orElseThrow()
                .getDao();
    }
}
