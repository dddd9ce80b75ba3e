package ml.keneya.export.upload;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import ml.keneya.fhir.FhirContribution;
import ml.keneya.fhir.StreamedBodies;
import org.hl7.fhir.r4.model.Parameters;
import org.springframework.stereotype.Component;

/** {@code $import}: records as lines, sent in one request, or fetched from a list of addresses. */
@Component
class AnswersImports implements FhirContribution {

    private final TakesUploads uploads;
    private final BeginsImports begins;
    private final ShowsImports shows;
    private final FhirContext context;

    AnswersImports(TakesUploads uploads, BeginsImports begins, ShowsImports shows, FhirContext context) {
        this.uploads = uploads;
        this.begins = begins;
        this.shows = shows;
        this.context = context;
    }

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerProvider(this);
    }

    @Operation(name = "$import", manualRequest = true, manualResponse = true)
    public void take(ServletRequestDetails request) throws IOException {
        if (StreamedBodies.isExpectedIn(request.getServletRequest()) || !begins.isAskedBy(request)) {
            answer(uploads.take(request), request);
        } else {
            begins.begin(request);
        }
    }

    /** How far an import from addresses is; DELETE ends it. */
    @Operation(
            name = "$import-poll-status",
            idempotent = true,
            deleteEnabled = true,
            manualRequest = true,
            manualResponse = true)
    public void status(ServletRequestDetails request) throws IOException {
        shows.show(request);
    }

    private void answer(Parameters summary, ServletRequestDetails request) throws IOException {
        byte[] body = context.newJsonParser().encodeResourceToString(summary).getBytes(StandardCharsets.UTF_8);
        request.getServletResponse().setContentType("application/fhir+json;charset=UTF-8");
        request.getServletResponse().setContentLength(body.length);
        request.getServletResponse().getOutputStream().write(body);
    }
}
