package ml.keneya.export;

import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import ml.keneya.export.RowsExport.Subject;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.UriType;
import org.springframework.stereotype.Component;

/** Says whether an export of rows has ended, and what came of it ("Asynchronous Delivery" of SQL on FHIR 3.0). */
@Component
class ShowsRowsExports {

    /** A client that asks waits here rather than asking ten times. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ExportsOfCaller exports;
    private final RowsExports rows;
    private final ExportJobs jobs;
    private final ExportParts parts;
    private final PreparesExports prepares;

    // Five collaborators: whose it is, what is made of it, the job, its files, and who prepares them.
    ShowsRowsExports(
            ExportsOfCaller exports, RowsExports rows, ExportJobs jobs, ExportParts parts, PreparesExports prepares) {
        this.exports = exports;
        this.rows = rows;
        this.jobs = jobs;
        this.parts = parts;
        this.prepares = prepares;
    }

    void status(ServletRequestDetails request) {
        ExportJob job = exports.find(request);
        ofRows(job);
        HttpServletResponse response = request.getServletResponse();
        if (request.getRequestType() == RequestTypeEnum.DELETE) {
            jobs.remove(job.id());
            response.setStatus(HttpServletResponse.SC_ACCEPTED);
            return;
        }
        if (!job.ready()) {
            prepares.prepare(job.id(), PATIENCE);
            job = exports.find(request);
        }
        if (job.ready() || hasFailed(job)) {
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader("Location", address(request, "$sql-export-result", job));
            return;
        }
        response.setStatus(HttpServletResponse.SC_ACCEPTED);
        response.setHeader("Retry-After", "1");
    }

    void result(ServletRequestDetails request) throws IOException {
        ExportJob job = exports.find(request);
        RowsExport asked = ofRows(job);
        if (hasFailed(job)) {
            throw new RefusedException(Refusal.of(RefusalCode.EXPORT_FAILED));
        }
        if (!job.ready()) {
            throw ExportsOfCaller.unknown(job.id().toString());
        }
        Parameters manifest = new Parameters();
        manifest.addParameter()
                .setName("exportId")
                .setValue(new StringType(job.id().toString()));
        if (asked.tracking() != null) {
            manifest.addParameter().setName("clientTrackingId").setValue(new StringType(asked.tracking()));
        }
        manifest.addParameter().setName("status").setValue(new CodeType("completed"));
        manifest.addParameter().setName("_format").setValue(new CodeType(asked.format()));
        manifest.addParameter()
                .setName("exportStartTime")
                .setValue(new InstantType(job.at().taken().toString()));
        List<ExportPart> files = parts.list(job.id());
        for (int number = 0; number < asked.subjects().size(); number++) {
            Subject subject = asked.subjects().get(number);
            ParametersParameterComponent output = manifest.addParameter().setName("output");
            output.addPart().setName("name").setValue(new StringType(subject.name()));
            String view = address(request, "$sql-export-file", job) + "&" + SendsRows.VIEW + "=" + number;
            List<String> ofView = files.stream()
                    .filter(file -> !file.deletions() && file.resourceType().equals(subject.resource()))
                    .map(file -> view + "&" + SendsRows.PART + "=" + file.number())
                    .toList();
            // A view without rows has a file too, so that its columns are seen.
            (ofView.isEmpty() ? List.of(view) : ofView)
                    .forEach(each -> output.addPart().setName("location").setValue(new UriType(each)));
        }
        request.getServletResponse()
                .setHeader(
                        "Expires",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                job.expires().atOffset(ZoneOffset.UTC)));
        write(request, manifest);
    }

    /** An export of records has its own addresses. */
    private RowsExport ofRows(ExportJob job) {
        return rows.find(job.id())
                .orElseThrow(() -> ExportsOfCaller.unknown(job.id().toString()));
    }

    private static boolean hasFailed(ExportJob job) {
        return !job.ready() && job.attempts() >= PreparesExports.MOST_ATTEMPTS;
    }

    private static String address(ServletRequestDetails request, String operation, ExportJob job) {
        return request.getFhirServerBase() + "/" + operation + "?" + ExportsOfCaller.JOB + "=" + job.id();
    }

    static void write(ServletRequestDetails request, Parameters parameters) throws IOException {
        byte[] body = request.getFhirContext()
                .newJsonParser()
                .encodeResourceToString(parameters)
                .getBytes(StandardCharsets.UTF_8);
        HttpServletResponse response = request.getServletResponse();
        response.setContentType("application/fhir+json;charset=UTF-8");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
