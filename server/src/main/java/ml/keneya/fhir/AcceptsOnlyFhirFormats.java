package ml.keneya.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import ca.uhn.fhir.rest.server.RestfulServerUtils.ResponseEncoding;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Answers 406 to a client that accepts none of the formats we write (RFC 9110, section 12.5.1). HAPI falls back to JSON
 * instead, which a client that asked for plain text cannot tell from a success.
 */
@Interceptor
class AcceptsOnlyFhirFormats {

    private static final String ACCEPT = "Accept";
    private static final String FORMAT = "_format";
    private static final String TURTLE = "text/turtle";

    private static final Set<String> WRITTEN = Set.of(
            "application/fhir+json",
            "application/json+fhir",
            "application/json",
            "text/json",
            "application/fhir+xml",
            "application/xml+fhir",
            "application/xml",
            "text/xml",
            "application/fhir+ndjson",
            "application/ndjson",
            "application/*",
            "text/html",
            "*/*",
            "*");

    private static final Set<String> OPERATIONS_WITH_ROWS = Set.of(
            "$viewdefinition-run",
            "$sql-run",
            "$export-file",
            "$idsr-weekly",
            "$idsr-rates",
            "$idsr-series",
            "$rates",
            "$figures",
            "$report-versions",
            "$idsr-publishable",
            "$line-list",
            "$incomplete-cases");

    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
    void refuseOthers(RequestDetails request) {
        if (answersOtherFormats(request)) {
            return;
        }
        String accept = String.join(",", request.getHeaders(ACCEPT));
        if (wouldBeTurtle(request)) {
            boolean isAskedForByName = request.getParameters().containsKey(FORMAT);
            answerInJson(request);
            if (isAskedForByName) {
                throw refused(TURTLE);
            }
        }
        if (accept.isBlank() || Arrays.stream(accept.split(",")).anyMatch(AcceptsOnlyFhirFormats::isWritten)) {
            return;
        }
        throw refused(accept);
    }

    /** HAPI would begin a refusal in Turtle too, find its library missing, and break off the answer. */
    @Hook(Pointcut.SERVER_PRE_PROCESS_OUTGOING_EXCEPTION)
    void refuseInJson(RequestDetails request) {
        if (wouldBeTurtle(request)) {
            answerInJson(request);
        }
    }

    private static boolean wouldBeTurtle(RequestDetails request) {
        ResponseEncoding encoding = RestfulServerUtils.determineResponseEncodingNoDefault(
                request, request.getServer().getDefaultResponseEncoding());
        return encoding != null && encoding.getEncoding() == EncodingEnum.RDF;
    }

    private static void answerInJson(RequestDetails request) {
        request.removeParameter(FORMAT);
        request.setHeaders(ACCEPT, List.of("application/fhir+json"));
    }

    private static RefusedException refused(String format) {
        return new RefusedException(Refusal.of(RefusalCode.NOT_ACCEPTABLE, format.replaceAll("[^\\w/+*.;=, -]", "")));
    }

    /** A file as it was kept, rows of views and reports, which are tables (decision 24), and lines of exports. */
    private static boolean answersOtherFormats(RequestDetails request) {
        return "Binary".equals(request.getResourceName())
                || "ViewDefinition".equals(request.getResourceName())
                || OPERATIONS_WITH_ROWS.contains(String.valueOf(request.getOperation()));
    }

    private static boolean isWritten(String range) {
        String mediaType = range.replaceAll(";.*", "").strip().toLowerCase(Locale.ROOT);
        return WRITTEN.contains(mediaType);
    }
}
