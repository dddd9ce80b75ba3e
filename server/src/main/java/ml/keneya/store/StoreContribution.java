package ml.keneya.store;

import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.provider.JpaCapabilityStatementProvider;
import ca.uhn.fhir.jpa.provider.ValueSetOperationProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import ml.keneya.fhir.FhirContribution;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Puts the records on the HTTP face: one provider a resource type in use, paging, and the CapabilityStatement. */
@Component
@Order(0)
class StoreContribution implements FhirContribution {

    private final ResourceProviderFactory providers;
    private final DatabaseBackedPagingProvider paging;
    private final ValueSetOperationProvider valueSets;
    private final IFhirSystemDao<?, ?> systemDao;
    private final JpaStorageSettings settings;
    private final ISearchParamRegistry searchParameters;
    private final IValidationSupport support;

    // More than five collaborators: HAPI's capability statement alone asks for four of them.
    StoreContribution(
            @Qualifier("myResourceProvidersR4") ResourceProviderFactory providers,
            DatabaseBackedPagingProvider paging,
            ValueSetOperationProvider valueSets,
            IFhirSystemDao<?, ?> systemDao,
            JpaStorageSettings settings,
            ISearchParamRegistry searchParameters,
            IValidationSupport support) {
        this.providers = providers;
        this.paging = paging;
        this.valueSets = valueSets;
        this.systemDao = systemDao;
        this.settings = settings;
        this.searchParameters = searchParameters;
        this.support = support;
    }

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerProviders(providers.createProviders());
        server.registerProvider(valueSets);
        server.setPagingProvider(paging);
        server.setServerConformanceProvider(
                new JpaCapabilityStatementProvider(server, systemDao, settings, searchParameters, support));
    }
}
