package ml.keneya.export;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.io.IOException;
import ml.keneya.fhir.FhirContribution;
import org.springframework.stereotype.Component;

/** The addresses of {@code $sql-export} of SQL on FHIR 3.0.0-ballot. */
@Component
class AnswersRowsExports implements FhirContribution {

    private final BeginsRowsExports begins;
    private final ShowsRowsExports shows;
    private final SendsRows sends;

    AnswersRowsExports(BeginsRowsExports begins, ShowsRowsExports shows, SendsRows sends) {
        this.begins = begins;
        this.shows = shows;
        this.sends = sends;
    }

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerProvider(this);
    }

    /** Rows of one view or several, all as of one moment. */
    @Operation(
            name = "$sql-export",
            canonicalUrl = "http://hl7.org/fhir/uv/sql-on-fhir/OperationDefinition/SQLExport",
            manualRequest = true,
            manualResponse = true)
    public void export(ServletRequestDetails request) throws IOException {
        begins.begin(request);
    }

    /** Whether it has ended; DELETE cancels it. */
    @Operation(
            name = "$sql-export-status",
            idempotent = true,
            deleteEnabled = true,
            manualRequest = true,
            manualResponse = true)
    public void status(ServletRequestDetails request) {
        shows.status(request);
    }

    /** What it has, or why it failed. */
    @Operation(name = "$sql-export-result", idempotent = true, manualRequest = true, manualResponse = true)
    public void result(ServletRequestDetails request) throws IOException {
        shows.result(request);
    }

    /** One file of it. */
    @Operation(name = "$sql-export-file", idempotent = true, manualRequest = true, manualResponse = true)
    public void file(ServletRequestDetails request) throws IOException {
        sends.send(request);
    }
}
