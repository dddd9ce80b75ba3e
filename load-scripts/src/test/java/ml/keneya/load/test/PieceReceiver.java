package ml.keneya.load.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/**
 * Takes bundles in pieces as the exchange does (tus 1.0.0): finds an open upload again by what was announced, keeps
 * what has arrived of a piece, and lets the link break where a test wants it.
 */
public final class PieceReceiver implements AutoCloseable {
    private static final String PLACE = "/fhir/$upload?id=7";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newSingleThreadExecutor();
    private final Map<String, ByteArrayOutputStream> uploads = new TreeMap<>();
    private ByteArrayOutputStream open = new ByteArrayOutputStream();
    private String announced = "";
    private String name;
    private long length;
    private long sent;
    private long untilItBreaks = Long.MAX_VALUE;
    private int refusal;
    private byte[] ofAnother = new byte[0];
    private byte[] whole = new byte[0];

    public PieceReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        name = "http://127.0.0.1:" + server.getAddress().getPort();
        server.createContext("/fhir/$upload", this::handle);
        server.createContext("/fhir", this::takeWhole);
        server.setExecutor(threads);
        server.start();
    }

    public String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/fhir";
    }

    public String outcome() {
        return name + "/fhir/$delivery-status?id=8";
    }

    /** After so many more bytes of pieces the connection is closed without an answer, once. */
    public void breakAfter(long bytes) {
        untilItBreaks = bytes;
    }

    public void refuseWith(int status) {
        refusal = status;
    }

    /** As a server behind a proxy does that knows itself by another name. */
    public void pretendToBe(String otherName) {
        name = otherName;
    }

    /** When the first piece comes, somebody else has brought the beginning. */
    public void letAnotherSend(byte[] bundle, int bytes) {
        ofAnother = java.util.Arrays.copyOf(bundle, bytes);
    }

    public byte[] received() {
        return open.toByteArray();
    }

    /** How many bytes arrived, those that came twice counted twice. */
    public long bytesSent() {
        return sent;
    }

    public int uploads() {
        return uploads.size();
    }

    /** What the last upload said of itself. */
    public String announced() {
        return announced;
    }

    /** The bundle that was sent whole; empty when none was. */
    public byte[] whole() {
        return whole;
    }

    private void takeWhole(HttpExchange http) throws IOException {
        try (http;
                InputStream inflated = new GZIPInputStream(http.getRequestBody())) {
            whole = inflated.readAllBytes();
            byte[] answer = "{\"resourceType\":\"Bundle\",\"type\":\"transaction-response\"}".getBytes(UTF_8);
            http.sendResponseHeaders(200, answer.length);
            http.getResponseBody().write(answer);
        }
    }

    private void handle(HttpExchange http) throws IOException {
        try (http) {
            if (refusal != 0) {
                http.sendResponseHeaders(refusal, -1);
                return;
            }
            switch (http.getRequestMethod()) {
                case "POST" -> begin(http);
                case "HEAD" -> tell(http, 200);
                default -> append(http);
            }
        }
    }

    private void begin(HttpExchange http) throws IOException {
        var headers = http.getRequestHeaders();
        announced = headers.getFirst("Upload-Metadata") + " facility " + headers.getFirst("Keneya-Facility") + " key "
                + headers.getFirst("Idempotency-Key") + " length " + headers.getFirst("Upload-Length") + " "
                + headers.keySet();
        length = Long.parseLong(headers.getFirst("Upload-Length"));
        open = uploads.computeIfAbsent(headers.getFirst("Upload-Metadata"), metadata -> new ByteArrayOutputStream());
        http.getResponseHeaders().add("Location", name + PLACE);
        tell(http, 201);
    }

    private void append(HttpExchange http) throws IOException {
        if (ofAnother.length > 0) {
            open.writeBytes(ofAnother);
            ofAnother = new byte[0];
        }
        if (Long.parseLong(http.getRequestHeaders().getFirst("Upload-Offset")) != open.size()) {
            tell(http, 409);
            return;
        }
        InputStream body = http.getRequestBody();
        for (int next = body.read(); next >= 0; next = body.read()) {
            open.write(next);
            sent++;
            if (--untilItBreaks == 0) {
                untilItBreaks = Long.MAX_VALUE;
                return;
            }
        }
        if (open.size() == length) {
            http.getResponseHeaders().add("Content-Location", outcome());
        }
        tell(http, 204);
    }

    private void tell(HttpExchange http, int status) throws IOException {
        http.getResponseHeaders().add("Upload-Offset", Integer.toString(open.size()));
        http.sendResponseHeaders(status, -1);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
