package ml.keneya.fhir;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ml.keneya.fhir.InnerRequests.InnerAnswer;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.jspecify.annotations.Nullable;

/** Collects what the FHIR server answers to an {@link InnerRequest}. */
final class InnerResponse {

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final PrintWriter writer = new PrintWriter(new OutputStreamWriter(body, StandardCharsets.UTF_8));
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private int status = 200;

    HttpServletResponse asServletResponse() {
        return (HttpServletResponse) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpServletResponse.class}, (proxy, method, arguments) -> {
                    Object answer = answer(method.getName(), arguments == null ? new Object[0] : arguments);
                    return answer == null ? nothingOf(method.getReturnType()) : answer;
                });
    }

    InnerAnswer answer(@Nullable OperationOutcome refusedEntries) {
        writer.flush();
        return new InnerAnswer(status, headers, body.toString(StandardCharsets.UTF_8), refusedEntries);
    }

    private @Nullable Object answer(String method, Object[] arguments) {
        return switch (method) {
            case "setStatus", "sendError" -> {
                status = (Integer) arguments[0];
                yield null;
            }
            case "setHeader", "addHeader" -> headers.put(String.valueOf(arguments[0]), String.valueOf(arguments[1]));
            case "getStatus" -> status;
            case "getOutputStream" -> new Collected(body);
            case "getWriter" -> writer;
            case "getHeaderNames", "getHeaders" -> List.of();
            case "getCharacterEncoding" -> "UTF-8";
            case "toString" -> "inner response";
            default -> null;
        };
    }

    /** What a method that is not needed here returns. */
    static @Nullable Object nothingOf(Class<?> type) {
        if (type == boolean.class) {
            return false;
        }
        if (type == int.class) {
            return 0;
        }
        return type == long.class ? (Object) 0L : null;
    }

    private static final class Collected extends ServletOutputStream {

        private final ByteArrayOutputStream bytes;

        Collected(ByteArrayOutputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public void write(int value) {
            bytes.write(value);
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            bytes.write(source, offset, length);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new IllegalStateException("Nothing waits for memory.");
        }
    }
}
