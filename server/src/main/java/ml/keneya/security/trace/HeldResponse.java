package ml.keneya.security.trace;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Asks before its first byte whether the answer may leave. If not, everything written to it is dropped. */
class HeldResponse extends HttpServletResponseWrapper {

    private final IntPredicate mayLeave;
    private @Nullable Boolean released;
    private @Nullable ServletOutputStream stream;
    private @Nullable PrintWriter writer;
    private boolean closed;

    /** @param mayLeave is asked once, with the status of the answer */
    HeldResponse(HttpServletResponse response, IntPredicate mayLeave) {
        super(response);
        this.mayLeave = mayLeave;
    }

    /** @return whether the answer may leave, or has left */
    boolean release(int status) {
        if (released == null) {
            released = mayLeave.test(status);
        }
        if (released && writer != null && !closed) {
            writer.flush();
        }
        return released;
    }

    private boolean isReleased() {
        if (released == null) {
            released = mayLeave.test(getStatus());
        }
        return released;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (stream == null) {
            stream = new HeldStream(super.getOutputStream());
        }
        return stream;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (writer == null) {
            writer = new PrintWriter(new BufferedWriter(new HeldWriter(below())));
        }
        return writer;
    }

    /** What is said after something was sent as bytes goes the same way: of the failure of a file, for example. */
    private Writer below() throws IOException {
        return stream == null ? super.getWriter() : new OutputStreamWriter(stream, getCharacterEncoding());
    }

    @Override
    public void flushBuffer() throws IOException {
        if (isReleased()) {
            super.flushBuffer();
        }
    }

    @Override
    public void sendError(int status) throws IOException {
        if (release(status)) {
            super.sendError(status);
        }
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        if (release(status)) {
            super.sendError(status, message);
        }
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        if (release(SC_FOUND)) {
            super.sendRedirect(location);
        }
    }

    /** Before the container's own, which knows how long an answer is when it is closed without having been flushed. */
    private final class HeldWriter extends Writer {

        private final Writer out;

        HeldWriter(Writer out) {
            this.out = out;
        }

        @Override
        public void write(char[] text, int offset, int length) throws IOException {
            if (isReleased()) {
                out.write(text, offset, length);
            }
        }

        @Override
        public void flush() throws IOException {
            if (isReleased()) {
                out.flush();
            }
        }

        @Override
        public void close() throws IOException {
            closed = true;
            if (isReleased()) {
                out.close();
            }
        }
    }

    private final class HeldStream extends ServletOutputStream {

        private final ServletOutputStream out;

        HeldStream(ServletOutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int single) throws IOException {
            if (isReleased()) {
                out.write(single);
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (isReleased()) {
                out.write(bytes, offset, length);
            }
        }

        @Override
        public void flush() throws IOException {
            if (isReleased()) {
                out.flush();
            }
        }

        @Override
        public void close() throws IOException {
            if (isReleased()) {
                out.close();
            }
        }

        @Override
        public boolean isReady() {
            return out.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new IllegalStateException("Answers are written by the thread that makes them.");
        }
    }
}
