package ml.keneya.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;

/**
 * Adds {@code Location} to the answer of a PUT that created its record (R4, section 3.1.0.4.1), a conditional one and
 * one that brings a deleted record back included. HAPI 8.8.0 names it after a POST only.
 */
@Interceptor
class LocatesWhatPutCreated {

    private static final String STORED = LocatesWhatPutCreated.class.getName();

    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED)
    void created(IBaseResource resource, RequestDetails request) {
        note(resource, request);
    }

    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED)
    void broughtBack(IBaseResource before, IBaseResource after, RequestDetails request) {
        note(after, request);
    }

    @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
    void locate(RequestDetails request, ResponseDetails response) {
        boolean created = request.getRequestType() == RequestTypeEnum.PUT && response.getResponseCode() == 201;
        if (created && request.getUserData().get(STORED) instanceof IIdType id) {
            String location = id.withServerBase(request.getFhirServerBase(), id.getResourceType())
                    .getValue();
            request.getResponse().addHeader("Location", location);
        }
    }

    private static void note(IBaseResource resource, RequestDetails request) {
        if (request != null && request.getRequestType() == RequestTypeEnum.PUT) {
            request.getUserData().put(STORED, resource.getIdElement().toUnqualified());
        }
    }
}
