package ml.keneya.export;

import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Language;
import ml.keneya.fhir.Outcomes;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.springframework.stereotype.Component;

/** Says how far an export is, then what it has, and cancels it. */
@Component
class ShowsExports {

    /** A client that asks waits here rather than asking ten times. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ExportsOfCaller exports;
    private final ExportJobs jobs;
    private final ExportParts parts;
    private final PreparesExports prepares;

    ShowsExports(ExportsOfCaller exports, ExportJobs jobs, ExportParts parts, PreparesExports prepares) {
        this.exports = exports;
        this.jobs = jobs;
        this.parts = parts;
        this.prepares = prepares;
    }

    void show(ServletRequestDetails request) throws IOException {
        ExportJob job = exports.find(request);
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
        if (job.ready()) {
            showFiles(job, request);
        } else if (job.attempts() >= PreparesExports.MOST_ATTEMPTS) {
            throw new RefusedException(Refusal.of(RefusalCode.EXPORT_FAILED));
        } else {
            Language language = Language.accepted(request.getHeader("Accept-Language"));
            response.setStatus(HttpServletResponse.SC_ACCEPTED);
            response.setHeader(
                    "X-Progress",
                    Outcomes.message(
                            "export.progress",
                            language,
                            parts.plannedTypes(job.id()).size(),
                            job.request().types().size()));
            response.setHeader("Retry-After", "1");
        }
    }

    private void showFiles(ExportJob job, ServletRequestDetails request) throws IOException {
        boolean requiresAccessToken =
                !Caller.local().client().equals(Caller.of(request).client());
        byte[] manifest = Manifest.of(job, parts.list(job.id()), request.getFhirServerBase(), requiresAccessToken);
        HttpServletResponse response = request.getServletResponse();
        response.setContentType("application/json");
        response.setHeader(
                "Expires",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(job.expires().atOffset(ZoneOffset.UTC)));
        response.setContentLength(manifest.length);
        response.getOutputStream().write(manifest);
    }
}
