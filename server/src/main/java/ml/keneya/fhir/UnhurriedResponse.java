package ml.keneya.fhir;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is written as text when a buffer is full or the writer is closed, and not before: HAPI's JSON writer
 * flushes after each number, and each flush went to the socket as a piece of its own, thousands in a report.
 */
class UnhurriedResponse extends HttpServletResponseWrapper {

    private @Nullable PrintWriter writer;

    UnhurriedResponse(HttpServletResponse response) {
        super(response);
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (writer == null) {
            writer = new Unhurried(super.getWriter());
        }
        return writer;
    }

    private static final class Unhurried extends PrintWriter {

        Unhurried(Writer out) {
            super(out);
        }

        @Override
        public void flush() {
            // What is below has a buffer of its own.
        }
    }
}
