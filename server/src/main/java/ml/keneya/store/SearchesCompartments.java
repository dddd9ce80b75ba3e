package ml.keneya.store;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ml.keneya.fhir.FhirContribution;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.fhir.ServedTypes;
import org.hl7.fhir.r4.model.Bundle;
import org.springframework.stereotype.Component;

/**
 * Answers {@code GET Patient/{id}/Observation} as the search in Observation that it stands for. HAPI's storage knows no
 * compartment search, so the request is rewritten before a handler is chosen; everything after that is an ordinary
 * search.
 */
@Interceptor(order = 10)
@Component
public class SearchesCompartments implements FhirContribution {

    private static final String REWRITTEN = SearchesCompartments.class.getName();

    private static final Pattern ADDRESS =
            Pattern.compile("/?([A-Z][A-Za-z]{1,63})/([A-Za-z0-9.-]{1,64})/([A-Z][A-Za-z]{1,63})(?:\\?(.*))?");

    private final Compartments compartments;
    private final ServedTypes served;

    SearchesCompartments(KeptSearchParameters searchParameters, ServedTypes served) {
        this.compartments = searchParameters.compartments();
        this.served = served;
    }

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerInterceptor(this);
    }

    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
    void rewrite(RequestDetails request) {
        String compartment = request.getResourceName();
        String type = request.getCompartmentName();
        if (type == null || compartment == null || request.getId() == null || !isSearch(request)) {
            return;
        }
        if (type.equals("*") && compartment.equals("Patient")) {
            request.setOperation("$everything");
            request.setCompartmentName(null);
            return;
        }
        become(
                request,
                type,
                parameter(compartment, type),
                compartment + "/" + request.getId().getIdPart());
    }

    /** The address of the search that a compartment search stands for; every other address as it is. */
    public String asSearch(String address) {
        Matcher matcher = ADDRESS.matcher(address);
        if (!matcher.matches()) {
            return address;
        }
        String parameter = parameter(matcher.group(1), matcher.group(3));
        String further = matcher.group(4) == null ? "" : "&" + matcher.group(4);
        return matcher.group(3) + "?" + parameter + "=" + matcher.group(1) + "/" + matcher.group(2) + further;
    }

    private String parameter(String compartment, String type) {
        if (!Compartments.isCompartment(compartment) || !served.names().contains(type)) {
            throw new RefusedException(Refusal.of(RefusalCode.UNKNOWN_RESOURCE_TYPE, type, served.inWords()));
        }
        return compartments
                .parameter(compartment, type)
                .orElseThrow(() -> new RefusedException(Refusal.of(RefusalCode.NOT_IN_COMPARTMENT, type, compartment)));
    }

    /** What the client asked for, not what it was turned into. */
    @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
    void restoreSelf(RequestDetails request, ResponseDetails response) {
        if (request.getUserData().containsKey(REWRITTEN)
                && response.getResponseResource() instanceof Bundle bundle
                && bundle.getLink(Bundle.LINK_SELF) != null) {
            String url = request.getCompleteUrl();
            int query = request.getRequestType() == RequestTypeEnum.GET ? url.indexOf('?') : -1;
            bundle.getLink(Bundle.LINK_SELF)
                    .setUrl(request.getFhirServerBase() + "/"
                            + request.getRequestPath().replaceFirst("/_search$", "")
                            + (query < 0 ? "" : url.substring(query)));
        }
    }

    private static boolean isSearch(RequestDetails request) {
        return request.getRequestType() == RequestTypeEnum.GET
                ? request.getOperation() == null
                : request.getRequestType() == RequestTypeEnum.POST && "_search".equals(request.getOperation());
    }

    private static void become(RequestDetails request, String type, String parameter, String centre) {
        Map<String, String[]> parameters = new HashMap<>(request.getParameters());
        // A value beside it that is already there narrows further, as every repeated parameter does.
        parameters.merge(parameter, new String[] {centre}, SearchesCompartments::both);
        request.setParameters(parameters);
        request.setResourceName(type);
        request.setCompartmentName(null);
        request.setId(null);
        request.getUserData().put(REWRITTEN, Boolean.TRUE);
    }

    private static String[] both(String[] asked, String[] centre) {
        String[] both = new String[asked.length + 1];
        System.arraycopy(asked, 0, both, 0, asked.length);
        both[asked.length] = centre[0];
        return both;
    }
}
