package ml.keneya.fhir;

import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Sends what is made while it is sent: whole, or visibly broken off, and only to who may still call. */
@Component
public class StreamedAnswers {

    private static final Logger log = LoggerFactory.getLogger(StreamedAnswers.class);

    private final KnowsCallers callers;

    StreamedAnswers(KnowsCallers callers) {
        this.callers = callers;
    }

    /** Writes an answer. */
    @FunctionalInterface
    public interface Writing {

        void write(OutputStream stream) throws IOException;
    }

    /**
     * After the first bytes have left, a failure breaks the connection; before, it is thrown and the answer is as if
     * nothing had been written to it.
     *
     * @throws RefusedException when the right of the caller was withdrawn before anything left
     */
    public void send(ServletRequestDetails request, Writing writing) throws IOException {
        HttpServletResponse response = request.getServletResponse();
        Caller caller = Caller.of(request);
        try {
            OutputStream stream = new RevocableStream(
                    response.getOutputStream(), () -> callers.mayStillCall(caller), System::nanoTime);
            writing.write(stream);
        } catch (IOException | RuntimeException | Error failed) {
            if (!response.isCommitted()) {
                response.reset();
                throw failed;
            }
            log.warn(
                    "The answer to request {} ({}) was broken off: {}",
                    request.getRequestId(),
                    request.getOperation(),
                    failed instanceof RefusedException refused
                            ? refused.getMessage()
                            : failed.getClass().getSimpleName());
            BreaksOffAnswers.because(request.getServletRequest(), failed);
        }
    }
}
