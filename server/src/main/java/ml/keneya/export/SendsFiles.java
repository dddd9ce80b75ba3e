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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Sends one file of an export, the same bytes however often it is fetched. */
@Component
class SendsFiles {

    private static final Logger log = LoggerFactory.getLogger(SendsFiles.class);
    private static final int BUFFER = 1 << 16;

    private final ExportsOfCaller exports;
    private final ExportParts parts;
    private final StreamsParts streams;
    private final FhirContext context;

    SendsFiles(ExportsOfCaller exports, ExportParts parts, StreamsParts streams, FhirContext context) {
        this.exports = exports;
        this.parts = parts;
        this.streams = streams;
        this.context = context;
    }

    void send(ServletRequestDetails request) throws IOException {
        ExportJob job = exports.findReadable(request);
        String number = ExportsOfCaller.parameter(request, "_part");
        HttpServletResponse response = request.getServletResponse();
        if (WithheldTypes.areIn(job) && String.valueOf(WithheldTypes.PART).equals(number)) {
            sendWithheld(job, request);
            return;
        }
        ExportPart part = find(job, number);
        response.setContentType("application/fhir+ndjson");
        response.setHeader("Vary", "Accept-Encoding");
        boolean zipped = String.join(",", request.getHeaders("Accept-Encoding"))
                .toLowerCase(Locale.ROOT)
                .contains("gzip");
        if (zipped) {
            response.setHeader("Content-Encoding", "gzip");
        }
        try {
            OutputStream stream = response.getOutputStream();
            OutputStream lines = zipped ? new FastGzip(stream) : stream;
            streams.write(job, part, lines);
            if (zipped) {
                ((FastGzip) lines).finish();
            }
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

    private void sendWithheld(ExportJob job, ServletRequestDetails request) throws IOException {
        HttpServletResponse response = request.getServletResponse();
        byte[] line = WithheldTypes.line(job, Language.accepted(request.getHeader("Accept-Language")), context);
        response.setContentType("application/fhir+ndjson");
        response.setHeader("Vary", "Accept-Language");
        response.setContentLength(line.length);
        response.getOutputStream().write(line);
    }

    private ExportPart find(ExportJob job, String number) {
        try {
            return parts.find(job.id(), Long.parseLong(number)).orElseThrow(() -> ExportsOfCaller.unknown(number));
        } catch (NumberFormatException notOurs) {
            throw ExportsOfCaller.unknown(number);
        }
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
