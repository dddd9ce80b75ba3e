package ml.keneya.export;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import ml.keneya.export.RowsExport.Subject;
import ml.keneya.views.ViewForExport;
import ml.keneya.views.ViewsForExport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Sends one file of rows. They are made while it is fetched, of the records as they were at the moment of the export,
 * so that all views of it agree and the same file is the same however often it is fetched.
 */
@Component
class SendsRows {

    static final String VIEW = "_view";
    static final String PART = "_part";

    private static final Logger log = LoggerFactory.getLogger(SendsRows.class);

    private final ExportsOfCaller exports;
    private final RowsExports rows;
    private final ExportParts parts;
    private final StreamsParts streams;
    private final ViewsForExport views;

    // Five collaborators: whose it is, which views, which file, its records, and their rows.
    SendsRows(
            ExportsOfCaller exports, RowsExports rows, ExportParts parts, StreamsParts streams, ViewsForExport views) {
        this.exports = exports;
        this.rows = rows;
        this.parts = parts;
        this.streams = streams;
        this.views = views;
    }

    void send(ServletRequestDetails request) throws IOException {
        ExportJob job = exports.find(request);
        RowsExport asked = rows.find(job.id())
                .orElseThrow(() -> ExportsOfCaller.unknown(job.id().toString()));
        int view = number(
                ExportsOfCaller.parameter(request, VIEW), asked.subjects().size());
        Subject subject = asked.subjects().get(view);
        Optional<ExportPart> part = part(job, subject, request);
        HttpServletResponse response = request.getServletResponse();
        response.setContentType(ViewsForExport.mediaType(asked.format()).orElseThrow());
        response.setCharacterEncoding("UTF-8");
        FhirContext context = request.getFhirContext();
        ViewForExport compiled = views.again(subject.definition(), subject.strict());
        try {
            OutputStream stream = response.getOutputStream();
            RowsOfFile file = new RowsOfFile(context, compiled, asked.format(), asked.header());
            if (part.isPresent()) {
                streams.writeRecords(job, part.get(), file, stream);
            }
            file.finish(stream);
            stream.flush();
        } catch (IOException | RuntimeException failed) {
            if (!response.isCommitted()) {
                response.reset();
                throw failed;
            }
            log.warn(
                    "A file of export {} was broken off: {}",
                    job.id(),
                    failed.getClass().getSimpleName());
            BreaksOffFiles.because(request.getServletRequest(), failed);
        }
    }

    private Optional<ExportPart> part(ExportJob job, Subject subject, ServletRequestDetails request) {
        if (!request.getParameters().containsKey(PART)) {
            return Optional.empty();
        }
        String text = ExportsOfCaller.parameter(request, PART);
        ExportPart part = parts.find(job.id(), number(text, Integer.MAX_VALUE))
                .filter(found -> !found.deletions() && found.resourceType().equals(subject.resource()))
                .orElseThrow(() -> ExportsOfCaller.unknown(text));
        return Optional.of(part);
    }

    private static int number(String text, int below) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 0 && number < below) {
                return number;
            }
        } catch (NumberFormatException notOurs) {
            // Refused below.
        }
        throw ExportsOfCaller.unknown(text);
    }
}
