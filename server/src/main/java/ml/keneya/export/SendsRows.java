package ml.keneya.export;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import ml.keneya.export.RowsExport.Subject;
import ml.keneya.fhir.StreamedAnswers;
import ml.keneya.views.ViewForExport;
import ml.keneya.views.ViewsForExport;
import org.springframework.stereotype.Component;

/**
 * Sends one file of rows. They are made while it is fetched, of the records as they were at the moment of the export,
 * so that all views of it agree and the same file is the same however often it is fetched.
 */
@Component
class SendsRows {

    static final String VIEW = "_view";
    static final String PART = "_part";

    private final ExportsOfCaller exports;
    private final RowsExports rows;
    private final StreamsParts streams;
    private final ViewsForExport views;
    private final StreamedAnswers answers;

    // Five collaborators: whose it is, which views, its records, their rows, and the way out.
    SendsRows(
            ExportsOfCaller exports,
            RowsExports rows,
            StreamsParts streams,
            ViewsForExport views,
            StreamedAnswers answers) {
        this.exports = exports;
        this.rows = rows;
        this.streams = streams;
        this.views = views;
        this.answers = answers;
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
        answers.send(request, stream -> {
            RowsOfFile file = new RowsOfFile(context, compiled, asked.format(), asked.header());
            if (part.isPresent()) {
                streams.writeRecords(job, part.get(), file, stream);
            }
            file.finish(stream);
        });
    }

    private Optional<ExportPart> part(ExportJob job, Subject subject, ServletRequestDetails request) {
        if (!request.getParameters().containsKey(PART)) {
            return Optional.empty();
        }
        String text = ExportsOfCaller.parameter(request, PART);
        ExportPart part = exports.part(job, text);
        if (part.deletions() || !part.resourceType().equals(subject.resource())) {
            throw ExportsOfCaller.unknown(text);
        }
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
