package ml.keneya.store;

import ca.uhn.fhir.jpa.model.entity.ResourceTable;
import ca.uhn.fhir.jpa.term.TermCodeSystemStorageSvcImpl;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import org.hl7.fhir.r4.model.CodeSystem;
import org.springframework.stereotype.Component;

/**
 * Keeps a stored CodeSystem as a record only. HAPI would also spread its concepts over tables of its own, in background
 * jobs, to answer what we answer from memory (decision 23).
 */
@Component("keepsNoConcepts")
class KeepsNoConcepts extends TermCodeSystemStorageSvcImpl {

    @Override
    public void storeNewCodeSystemVersionIfNeeded(CodeSystem codeSystem, ResourceTable record, RequestDetails request) {
        // The record itself is all that is kept.
    }
}
