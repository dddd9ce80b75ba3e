package ml.keneya.export;

import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.apache.commons.codec.digest.DigestUtils;
import org.springframework.stereotype.Component;

/**
 * {@code $bulk-publish} of Bulk Data Access 4.0 (ballot): the manifest of what is published, for all who may export.
 */
@Component
class ShowsPublication {

    private final Publications publications;
    private final ExportJobs jobs;
    private final ExportParts parts;
    private final ExportSettings settings;

    ShowsPublication(Publications publications, ExportJobs jobs, ExportParts parts, ExportSettings settings) {
        this.publications = publications;
        this.jobs = jobs;
        this.parts = parts;
        this.settings = settings;
    }

    void show(ServletRequestDetails request) throws IOException {
        Caller caller = ExportsOfCaller.mayExportEverything(request);
        UUID newest = publications
                .newestReady()
                .orElseThrow(() -> new RefusedException(Refusal.of(RefusalCode.EXPORT_NOTHING_PUBLISHED)));
        ExportJob job = jobs.findReadable(newest, caller).orElseThrow(() -> ExportsOfCaller.unknown(newest.toString()));
        HttpServletResponse response = request.getServletResponse();
        byte[] manifest = Manifest.published(
                job,
                parts.list(newest),
                settings.publishedEvery(),
                request.getFhirServerBase(),
                ExportsOfCaller.needsToken(request));
        String tag = "\"" + DigestUtils.sha256Hex(manifest) + "\"";
        response.setHeader("ETag", tag);
        if (isKnown(request.getHeaders("If-None-Match"), tag)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType("application/json");
        response.setContentLength(manifest.length);
        response.getOutputStream().write(manifest);
    }

    private static boolean isKnown(List<String> headers, String tag) {
        return headers.stream()
                .flatMap(header -> List.of(header.split(",")).stream())
                .map(known -> known.strip().replaceFirst("^W/", ""))
                .anyMatch(known -> known.equals(tag) || known.equals("*"));
    }
}
