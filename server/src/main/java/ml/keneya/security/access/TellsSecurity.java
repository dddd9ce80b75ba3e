package ml.keneya.security.access;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ml.keneya.security.Sandbox;
import ml.keneya.security.limits.PagesFromElsewhere;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestSecurityComponent;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.UriType;
import org.springframework.stereotype.Component;

/** Says in the CapabilityStatement how clients show who they are. */
@Interceptor(order = 100)
@Component
class TellsSecurity {

    private static final String SERVICES = "http://terminology.hl7.org/CodeSystem/restful-security-service";
    private static final String ADDRESSES = "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris";

    private static final String SANDBOX =
            "Bac à sable : pour essayer, aucun dossier réel. / Sandbox: for trying out, no real records.";

    private final Sandbox sandbox;
    private final PagesFromElsewhere otherOrigins;

    TellsSecurity(Sandbox sandbox, PagesFromElsewhere otherOrigins) {
        this.sandbox = sandbox;
        this.otherOrigins = otherOrigins;
    }

    @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
    void tell(RequestDetails request, ResponseDetails response) {
        if (response.getResponseResource() instanceof CapabilityStatement statement
                && request.getRestOperationType() == RestOperationTypeEnum.METADATA) {
            // The statement is kept and shown again, so this must come out the same however often it is done.
            if (sandbox.isOn()) {
                statement.getImplementation().setDescription(SANDBOX);
            }
            statement.getRestFirstRep().setSecurity(security(request.getFhirServerBase()));
        }
    }

    private CapabilityStatementRestSecurityComponent security(String base) {
        CapabilityStatementRestSecurityComponent security = new CapabilityStatementRestSecurityComponent();
        security.setCors(otherOrigins.mayRead());
        security.addService().addCoding().setSystem(SERVICES).setCode("SMART-on-FHIR");
        security.setDescription("SMART Backend Services 2.2, SMART App Launch 2.2 (launch-standalone) : " + base
                + "/.well-known/smart-configuration");
        String root = base.replaceFirst("/fhir$", "") + "/oauth2/";
        Extension addresses = security.addExtension().setUrl(ADDRESSES);
        addresses.addExtension("authorize", new UriType(root + "authorize"));
        addresses.addExtension("token", new UriType(root + "token"));
        addresses.addExtension("revoke", new UriType(root + "revoke"));
        return security;
    }
}
