package ml.keneya.export;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.io.IOException;
import ml.keneya.export.ExportRequest.Scope;
import ml.keneya.fhir.FhirContribution;
import org.hl7.fhir.r4.model.IdType;
import org.springframework.stereotype.Component;

/** The addresses of Bulk Data Access 3.0, and {@code $bulk-publish} of the 4.0 ballot. */
@Component
class AnswersExports implements FhirContribution {

    private static final String DEFINITION = "http://hl7.org/fhir/uv/bulkdata/OperationDefinition/";

    private final BeginsExports begins;
    private final ShowsExports shows;
    private final SendsFiles sends;
    private final ShowsPublication publication;

    AnswersExports(BeginsExports begins, ShowsExports shows, SendsFiles sends, ShowsPublication publication) {
        this.begins = begins;
        this.shows = shows;
        this.sends = sends;
        this.publication = publication;
    }

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerProvider(this);
    }

    /** Everybody's records, and those that are nobody's. */
    @Operation(
            name = "$export",
            canonicalUrl = DEFINITION + "export",
            idempotent = true,
            manualRequest = true,
            manualResponse = true)
    public void export(ServletRequestDetails request) throws IOException {
        begins.begin(Scope.SYSTEM, null, request);
    }

    /** The records of all people, or of those that are named. */
    @Operation(
            name = "$export",
            typeName = "Patient",
            canonicalUrl = DEFINITION + "patient-export",
            idempotent = true,
            manualRequest = true,
            manualResponse = true)
    public void exportPatients(ServletRequestDetails request) throws IOException {
        begins.begin(Scope.PATIENT, null, request);
    }

    /** The records of those who are in a group. */
    @Operation(
            name = "$export",
            typeName = "Group",
            canonicalUrl = DEFINITION + "group-export",
            idempotent = true,
            manualRequest = true,
            manualResponse = true)
    public void exportGroup(@IdParam IdType id, ServletRequestDetails request) throws IOException {
        begins.begin(Scope.GROUP, id.getIdPart(), request);
    }

    /** How far it is; DELETE cancels it. */
    @Operation(
            name = "$export-poll-status",
            idempotent = true,
            deleteEnabled = true,
            manualRequest = true,
            manualResponse = true)
    public void status(ServletRequestDetails request) throws IOException {
        shows.show(request);
    }

    /** One file of it. */
    @Operation(name = "$export-file", idempotent = true, manualRequest = true, manualResponse = true)
    public void file(ServletRequestDetails request) throws IOException {
        sends.send(request);
    }

    /** What is published without being asked for. */
    @Operation(
            name = "$bulk-publish",
            canonicalUrl = DEFINITION + "bulk-publish",
            idempotent = true,
            manualRequest = true,
            manualResponse = true)
    public void publication(ServletRequestDetails request) throws IOException {
        publication.show(request);
    }
}
