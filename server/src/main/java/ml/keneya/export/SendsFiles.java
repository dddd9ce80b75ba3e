package ml.keneya.export;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import ml.keneya.fhir.Language;
import ml.keneya.fhir.StreamedAnswers;
import org.springframework.stereotype.Component;

/** Sends one file of an export, the same bytes however often it is fetched. */
@Component
class SendsFiles {

    private static final int BUFFER = 1 << 16;

    private final ExportsOfCaller exports;
    private final StreamsParts streams;
    private final FhirContext context;
    private final StreamedAnswers answers;

    SendsFiles(ExportsOfCaller exports, StreamsParts streams, FhirContext context, StreamedAnswers answers) {
        this.exports = exports;
        this.streams = streams;
        this.context = context;
        this.answers = answers;
    }

    void send(ServletRequestDetails request) throws IOException {
        ExportJob job = exports.findReadable(request);
        String number = ExportsOfCaller.parameter(request, "_part");
        HttpServletResponse response = request.getServletResponse();
        if (WithheldTypes.areIn(job) && String.valueOf(WithheldTypes.PART).equals(number)) {
            sendWithheld(job, request);
            return;
        }
        ExportPart part = exports.part(job, number);
        response.setContentType("application/fhir+ndjson");
        response.setHeader("Vary", "Accept-Encoding");
        boolean zipped = String.join(",", request.getHeaders("Accept-Encoding"))
                .toLowerCase(Locale.ROOT)
                .contains("gzip");
        if (zipped) {
            response.setHeader("Content-Encoding", "gzip");
        }
        answers.send(request, stream -> {
            OutputStream lines = zipped ? new FastGzip(stream) : stream;
            streams.write(job, part, lines);
            if (zipped) {
                ((FastGzip) lines).finish();
            }
        });
    }

    private void sendWithheld(ExportJob job, ServletRequestDetails request) throws IOException {
        HttpServletResponse response = request.getServletResponse();
        byte[] line = WithheldTypes.line(job, Language.accepted(request.getHeader("Accept-Language")), context);
        response.setContentType("application/fhir+ndjson");
        response.setHeader("Vary", "Accept-Language");
        response.setContentLength(line.length);
        response.getOutputStream().write(line);
    }

    /** Compresses with little effort: on a fast network the processor is what is scarce, on a slow one it is enough. */
    private static final class FastGzip extends GZIPOutputStream {

        FastGzip(OutputStream stream) throws IOException {
            super(new BufferedOutputStream(stream, BUFFER), BUFFER);
            def.setLevel(Deflater.BEST_SPEED);
        }

        @Override
        public void finish() throws IOException {
            super.finish();
            out.flush();
        }
    }
}
