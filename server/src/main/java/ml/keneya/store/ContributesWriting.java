package ml.keneya.store;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.server.RestfulServer;
import ml.keneya.fhir.FhirContribution;
import ml.keneya.fhir.ServedTypes;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/** Offers the writing of single records of every type in use. */
@Component
class ContributesWriting implements FhirContribution {

    private final FhirContext context;
    private final DaoRegistry records;
    private final ServedTypes served;
    private final WriteTransactions transactions;

    ContributesWriting(FhirContext context, DaoRegistry records, ServedTypes served, WriteTransactions transactions) {
        this.context = context;
        this.records = records;
        this.served = served;
        this.transactions = transactions;
    }

    @Override
    public void contributeTo(RestfulServer server) {
        for (String name : served.names()) {
            server.registerProvider(providerFor(
                    context.getResourceDefinition(name).getImplementingClass().asSubclass(Resource.class)));
        }
    }

    private <T extends Resource> WritesSingleRecords<T> providerFor(Class<T> type) {
        return new WritesSingleRecords<>(type, records.getResourceDao(type), transactions);
    }
}
