package ml.keneya.intake;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.UUID;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.FhirContribution;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.fhir.StreamedBodies;
import ml.keneya.intake.Uploads.Arriving;
import org.springframework.stereotype.Component;

/**
 * Takes large bundles in pieces, as tus 1.0.0 says (core, creation, expiration, termination): POST to {@code $upload}
 * begins, PATCH adds what follows, HEAD tells how much is there, DELETE gives up. Of a piece whose link breaks what has
 * arrived counts. The last piece is answered with the address of the delivery's outcome.
 *
 * <p>HAPI knows no operations with these methods, so they are answered before it chooses one.
 */
@Interceptor(order = 2000)
@Component
class ReceivesUploads implements FhirContribution {

    private static final String OPERATION = "$upload";
    private static final String VERSION = "1.0.0";
    private static final int BUFFER = 8 * 1024;

    private final Uploads uploads;
    private final WorksOffDeliveries worker;
    private final StreamedBodies bodies;

    ReceivesUploads(Uploads uploads, WorksOffDeliveries worker, StreamedBodies bodies) {
        this.uploads = uploads;
        this.worker = worker;
        this.bodies = bodies;
    }

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerInterceptor(this);
    }

    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
    boolean answer(RequestDetails details) throws IOException {
        if (!(details instanceof ServletRequestDetails request)
                || !OPERATION.equals(request.getOperation())
                || request.getResourceName() != null) {
            return true;
        }
        HttpServletResponse response = request.getServletResponse();
        response.setHeader("Tus-Resumable", VERSION);
        switch (request.getRequestType()) {
            case OPTIONS -> describe(response);
            case POST -> begin(understood(request), response);
            case HEAD -> {
                response.setHeader("Cache-Control", "no-store");
                tell(uploads.find(id(understood(request)), Caller.of(request)), response);
            }
            case PATCH -> append(understood(request), response);
            case DELETE -> end(understood(request), response);
            default ->
                throw new RefusedException(
                        Refusal.of(RefusalCode.METHOD_NOT_ALLOWED, "POST, HEAD, PATCH, DELETE, OPTIONS"));
        }
        return false;
    }

    private void describe(HttpServletResponse response) {
        response.setHeader("Tus-Version", VERSION);
        response.setHeader("Tus-Extension", "creation,expiration,termination");
        response.setHeader("Tus-Max-Size", String.valueOf(bodies.largestWhole()));
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    private void begin(ServletRequestDetails request, HttpServletResponse response) {
        UploadMetadata metadata = UploadMetadata.read(request.getHeader("Upload-Metadata"));
        long length = number(request, "Upload-Length");
        if (length == 0) {
            throw new RefusedException(Refusal.of(RefusalCode.UNREADABLE, ""));
        }
        if (length > bodies.largestWhole()) {
            throw new RefusedException(
                    Refusal.of(RefusalCode.TOO_LARGE, bodies.largestWhole() / (1024 * 1024) + " Mo"));
        }
        Map<String, String> headers = Arrival.keptHeaders(request);
        headers.put("Content-Type", metadata.contentType());
        UploadRow upload = uploads.begin(new Arriving(
                Caller.of(request),
                request.getFhirServerBase(),
                headers,
                length,
                metadata.isZipped(),
                metadata.digest()));
        tell(upload, response);
        response.setHeader("Location", request.getFhirServerBase() + "/" + OPERATION + "?id=" + upload.id());
        response.setStatus(HttpServletResponse.SC_CREATED);
    }

    private void append(ServletRequestDetails request, HttpServletResponse response) throws IOException {
        String contentType = String.valueOf(request.getServletRequest().getContentType());
        if (!contentType.equals(StreamedBodies.PIECE)) {
            throw new RefusedException(
                    Refusal.of(RefusalCode.UNSUPPORTED_MEDIA_TYPE, contentType.replaceAll("[^\\w/+*.;=, -]", "")));
        }
        long offset = number(request, "Upload-Offset");
        UploadRow upload = uploads.find(id(request), Caller.of(request));
        Piece piece = Piece.read(request.getServletRequest().getInputStream(), upload.length() - upload.received() + 1);
        UploadRow grown = uploads.append(upload.id(), Caller.of(request), offset, piece.bytes());
        if (grown.delivery() != null) {
            worker.wake();
        }
        if (piece.whole()) {
            tell(grown, response);
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        }
    }

    private void end(ServletRequestDetails request, HttpServletResponse response) {
        UUID id = id(request);
        if (!uploads.delete(id, Caller.of(request))) {
            throw new RefusedException(Refusal.of(RefusalCode.UNKNOWN_UPLOAD, id));
        }
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    private static void tell(UploadRow upload, HttpServletResponse response) {
        response.setHeader("Upload-Offset", String.valueOf(upload.received()));
        response.setHeader("Upload-Length", String.valueOf(upload.length()));
        response.setHeader(
                "Upload-Expires",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(upload.expiresAt().withOffsetSameInstant(ZoneOffset.UTC)));
        if (upload.delivery() != null) {
            response.setHeader("Content-Location", AcceptsForLater.statusOf(upload.delivery(), upload.base()));
            response.setHeader("Retry-After", AcceptsForLater.SECONDS_TO_WAIT);
        }
    }

    private static ServletRequestDetails understood(ServletRequestDetails request) {
        if (!VERSION.equals(request.getHeader("Tus-Resumable"))) {
            request.getServletResponse().setHeader("Tus-Version", VERSION);
            throw new RefusedException(Refusal.of(RefusalCode.PRECONDITION_FAILED, "Tus-Resumable: " + VERSION));
        }
        return request;
    }

    private static UUID id(ServletRequestDetails request) {
        String[] ids = request.getParameters().getOrDefault("id", new String[0]);
        if (ids.length != 1) {
            throw new RefusedException(Refusal.of(RefusalCode.MISSING_PARAMETER, "id"));
        }
        try {
            return UUID.fromString(ids[0]);
        } catch (IllegalArgumentException none) {
            throw new RefusedException(Refusal.of(RefusalCode.UNKNOWN_UPLOAD, ids[0].replaceAll("[^\\w.:-]", "?")));
        }
    }

    private static long number(ServletRequestDetails request, String header) {
        String value = String.valueOf(request.getHeader(header));
        if (!value.matches("\\d{1,15}")) {
            throw new RefusedException(Refusal.of(RefusalCode.BAD_HEADER, header));
        }
        return Long.parseLong(value);
    }

    /**
     * What has arrived of a piece.
     *
     * @param whole false when the link broke before its end
     */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
    private record Piece(byte[] bytes, boolean whole) {

        static Piece read(InputStream body, long most) {
            ByteArrayOutputStream arrived = new ByteArrayOutputStream();
            byte[] buffer = new byte[BUFFER];
            try {
                int read = body.read(buffer);
                while (read >= 0 && arrived.size() < most) {
                    arrived.write(buffer, 0, read);
                    read = body.read(buffer);
                }
                return new Piece(arrived.toByteArray(), true);
            } catch (IOException broken) {
                return new Piece(arrived.toByteArray(), false);
            }
        }
    }
}
