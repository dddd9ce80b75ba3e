package ml.keneya.security.trace;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.IPreResourceShowDetails;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ml.keneya.fhir.PeopleShown;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.fhir.StorageRule;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.AuditEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Notes whose records leave the storage and whose are written, whichever way: also through includes, pages,
 * compartments and the entries of bundles. Last in line, so that what somebody hides from the caller is not noted as
 * shown.
 */
@Interceptor(order = Integer.MAX_VALUE)
@Component
class NotesRecords implements StorageRule {

    @Hook(Pointcut.STORAGE_PRESHOW_RESOURCES)
    void shown(IPreResourceShowDetails shown, RequestDetails request) {
        Access.of(request)
                .ifPresent(
                        access -> shown.getAllResources().forEach(record -> access.shows(PatientsOf.record(record))));
    }

    /** Lists that are counted from views pass the storage by. */
    @EventListener
    void listed(PeopleShown shown) {
        Access.of(shown.request()).ifPresent(access -> access.shows(shown.patients()));
    }

    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED)
    void created(IBaseResource record, RequestDetails request) {
        written(record, request);
    }

    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED)
    void updated(IBaseResource before, IBaseResource after, RequestDetails request) {
        written(before, request);
        written(after, request);
    }

    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_DELETED)
    void deleted(IBaseResource record, RequestDetails request) {
        written(record, request);
    }

    private static void written(IBaseResource record, RequestDetails request) {
        Access.of(request)
                .ifPresent(access -> access.writes(record.getIdElement().getIdPart(), PatientsOf.record(record)));
    }

    /** The exchange alone says who had access; a trace that clients write would be worth nothing. */
    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
    void refuseForged(IBaseResource record) {
        if (record instanceof AuditEvent) {
            throw new RefusedException(Refusal.of(RefusalCode.TRACE_IS_OURS));
        }
    }
}
