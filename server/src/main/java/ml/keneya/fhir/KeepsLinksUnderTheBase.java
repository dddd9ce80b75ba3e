package ml.keneya.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.util.UrlUtil;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleLinkComponent;
import org.jspecify.annotations.Nullable;

/**
 * Gives the links between pages their resource type. HAPI 8.8.0 writes {@code [base]?_getpages=…}, which lies beside
 * the base and not under it: a proxy that forwards {@code /fhir/} loses it, and with it what the page was asked to
 * show.
 */
@Interceptor(order = 10_000)
class KeepsLinksUnderTheBase {

    private static final String PAGE = "_getpages";
    private static final String TYPE = KeepsLinksUnderTheBase.class.getName();

    /** What shapes a page and is not part of the stored search. HAPI carries some of them, never all. */
    private static final List<String> CARRIED = List.of("_summary", "_elements", "_elements:exclude", "_since");

    private final ServedTypes served;

    KeepsLinksUnderTheBase(ServedTypes served) {
        this.served = served;
    }

    /** HAPI finds the handler of pages at the base only, so the type steps aside while it looks. */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
    void takeTypeAway(RequestDetails request) {
        String type = request.getResourceName();
        boolean page = request.getParameters().containsKey(PAGE)
                && request.getRequestType() == RequestTypeEnum.GET
                && request.getId() == null
                && request.getOperation() == null;
        if (page && type != null && served.names().contains(type)) {
            request.getUserData().put(TYPE, type);
            request.setResourceName(null);
        }
    }

    /** The handler is chosen; what shapes the page ({@code _elements}) needs the type. */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED)
    void giveTypeBack(RequestDetails request) {
        if (request.getUserData().get(TYPE) instanceof String type) {
            request.setResourceName(type);
        }
    }

    @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
    void rewrite(RequestDetails request, ResponseDetails response) {
        if (!(response.getResponseResource() instanceof Bundle bundle)) {
            return;
        }
        rewrite(bundle, request.getFhirServerBase(), request.getResourceName(), request.getParameters());
        for (BundleEntryComponent entry : bundle.getEntry()) {
            // The answer to a search that was itself an entry of a bundle.
            if (entry.hasResponse() && entry.getResource() instanceof Bundle answer && answer.hasLink()) {
                rewriteNested(answer, request.getFhirServerBase());
            }
        }
    }

    private static void rewriteNested(Bundle answer, String base) {
        String self =
                answer.getLink("self") == null ? "" : answer.getLink("self").getUrl();
        String path = self.startsWith(base + "/") ? self.substring(base.length() + 1) : "";
        String type = path.replaceFirst("[/?].*", "");
        int query = path.indexOf('?');
        Map<String, String[]> asked = query < 0 ? Map.of() : UrlUtil.parseQueryString(path.substring(query + 1));
        rewrite(answer, base, type.isEmpty() ? null : type, asked);
    }

    private static void rewrite(Bundle bundle, String base, @Nullable String type, Map<String, String[]> asked) {
        for (BundleLinkComponent link : bundle.getLink()) {
            String url = link.getUrl();
            if (url != null && url.startsWith(base + "?") && url.contains(PAGE + "=")) {
                link.setUrl(
                        base + "/" + (type == null ? "" : type) + url.substring(base.length()) + missing(url, asked));
            }
        }
    }

    private static String missing(String url, Map<String, String[]> asked) {
        StringBuilder added = new StringBuilder();
        Map<String, String[]> carriedAlready =
                new TreeMap<>(UrlUtil.parseQueryString(url.substring(url.indexOf('?') + 1)));
        for (String name : CARRIED) {
            if (!carriedAlready.containsKey(name)) {
                for (String value : asked.getOrDefault(name, new String[0])) {
                    added.append('&')
                            .append(UrlUtil.escapeUrlParam(name))
                            .append('=')
                            .append(UrlUtil.escapeUrlParam(value));
                }
            }
        }
        return added.toString();
    }
}
