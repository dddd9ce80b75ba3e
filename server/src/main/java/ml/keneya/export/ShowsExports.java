package ml.keneya.export;

import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import ml.keneya.export.Manifest.Listed;
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

    private static final String PAGE = "_page";

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
        if (!job.ready() && job.attempts() >= PreparesExports.MOST_ATTEMPTS) {
            throw new RefusedException(Refusal.of(RefusalCode.EXPORT_FAILED));
        }
        if (!job.ready()) {
            sayHowFar(job, request);
        }
        if (job.request().partial()) {
            showPage(job, request);
        } else if (job.ready()) {
            show(job, new Listed(parts.list(job.id()), parts.leftOut(job.id()), true, null), request);
        }
    }

    private void sayHowFar(ExportJob job, ServletRequestDetails request) {
        Set<String> planned = parts.plannedTypes(job.id());
        List<String> types = job.request().types();
        Language language = Language.accepted(request.getHeader("Accept-Language"));
        HttpServletResponse response = request.getServletResponse();
        response.setStatus(HttpServletResponse.SC_ACCEPTED);
        response.setHeader(
                "X-Progress",
                Outcomes.message(
                        "export.progress",
                        language,
                        types.stream().filter(planned::contains).count(),
                        types.size()));
        response.setHeader("Retry-After", "1");
    }

    /** A page that was shown once lists the same files for ever; only the link to the next one is added. */
    private void showPage(ExportJob job, ServletRequestDetails request) throws IOException {
        // After it was read whether all files are known, so that the last page lists the last ones.
        int pages = parts.fillPages(job.id());
        String asked = page(request);
        if (pages == 0 && !job.ready() && asked.equals("1")) {
            return;
        }
        int page = IntStream.rangeClosed(1, Math.max(1, pages))
                .filter(each -> String.valueOf(each).equals(asked))
                .findFirst()
                .orElseThrow(() -> ExportsOfCaller.unknown(asked));
        String next = request.getFhirServerBase() + "/$export-poll-status?" + ExportsOfCaller.JOB + "=" + job.id() + "&"
                + PAGE + "=" + (page + 1);
        show(job, new Listed(parts.list(job.id(), page), null, page == 1, page < pages ? next : null), request);
    }

    private static String page(ServletRequestDetails request) {
        String[] values = request.getParameters().get(PAGE);
        return values == null || values.length == 0 ? "1" : values[0].strip();
    }

    private static void show(ExportJob job, Listed listed, ServletRequestDetails request) throws IOException {
        byte[] manifest = Manifest.of(job, listed, request.getFhirServerBase(), ExportsOfCaller.needsToken(request));
        HttpServletResponse response = request.getServletResponse();
        response.setContentType("application/json");
        response.setHeader(
                "Expires",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(job.expires().atOffset(ZoneOffset.UTC)));
        response.setContentLength(manifest.length);
        response.getOutputStream().write(manifest);
    }
}
