package ml.keneya.intake;

import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.List;
import ml.keneya.fhir.FailureTrace;
import ml.keneya.fhir.Language;
import ml.keneya.fhir.Outcomes;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusalsOfHapi;
import ml.keneya.store.SearchesCompartments;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleEntryRequestComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Meta;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Answers the reads of a bundle, after its writes are committed: a failed read must not undo an acknowledged write. */
@Component
class ReadEntries {

    private static final Logger log = LoggerFactory.getLogger(ReadEntries.class);

    private final IFhirSystemDao<Bundle, Meta> systemDao;
    private final RefusalsOfHapi refusals;
    private final SearchesCompartments compartments;

    ReadEntries(IFhirSystemDao<Bundle, Meta> systemDao, RefusalsOfHapi refusals, SearchesCompartments compartments) {
        this.compartments = compartments;
        this.systemDao = systemDao;
        this.refusals = refusals;
    }

    static boolean isRead(BundleEntryComponent entry) {
        HTTPVerb verb = entry.getRequest().getMethod();
        return verb == HTTPVerb.GET || verb == HTTPVerb.HEAD;
    }

    BundleEntryComponent answer(BundleEntryComponent read, ServletRequestDetails request) {
        Bundle alone = new Bundle().setType(BundleType.TRANSACTION);
        alone.addEntry(read.copy());
        try {
            BundleEntryRequestComponent address = alone.getEntryFirstRep().getRequest();
            address.setUrl(compartments.asSearch(address.getUrl()));
            return systemDao.transaction(request, alone).getEntryFirstRep();
        } catch (RuntimeException failure) {
            return refusal(failure, request);
        }
    }

    /** What stands in the answer for an entry that was refused. */
    BundleEntryComponent refusal(RuntimeException failure, ServletRequestDetails request) {
        List<Refusal> read = refusals.read(failure, request);
        int status = read.get(0).code().status();
        if (read.get(0).code() == RefusalCode.INTERNAL) {
            log.error("Entry of request {} failed: {}", request.getRequestId(), FailureTrace.of(failure));
        }
        BundleEntryComponent entry = new BundleEntryComponent();
        entry.getResponse().setStatus(String.valueOf(status));
        entry.getResponse().setOutcome(Outcomes.of(read, Language.accepted(request.getHeader("Accept-Language"))));
        return entry;
    }
}
