package ml.keneya.store;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ml.keneya.fhir.Caller;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/**
 * Writes a record from inside: alerts, reports, the conformance resources. It passes the same checks and the same
 * change log as a clinic's, and joins the transaction that is open.
 */
@Component
public class RecordWriter {

    private final DaoRegistry records;
    private final IHapiTransactionService transactions;
    private final Flushing flushing;

    RecordWriter(DaoRegistry records, IHapiTransactionService transactions, Flushing flushing) {
        this.records = records;
        this.transactions = transactions;
        this.flushing = flushing;
    }

    /**
     * Creates the record, or updates the one that has its id.
     *
     * @return the id with the version that is now current; unchanged content makes no new version
     */
    public IIdType write(Resource resource) {
        return write(resource, Caller.system());
    }

    @SuppressWarnings("unchecked")
    IIdType write(Resource resource, Caller caller) {
        SystemRequestDetails request = new SystemRequestDetails();
        caller.attachTo(request);
        IFhirResourceDao<Resource> dao = records.getResourceDao((Class<Resource>) resource.getClass());
        return transactions.withRequest(request).execute(() -> {
            // What was written before must have its version by now, in case this writes the same record.
            flushing.now();
            flushing.onlyAtCommit();
            return resource.getIdElement().hasIdPart()
                    ? dao.update(resource, request).getId()
                    : dao.create(resource, request).getId();
        });
    }
}
