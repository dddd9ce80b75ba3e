package ml.keneya.load.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/**
 * An exchange that takes bundles from many workers at once: answers each entry with a place, gives a bundle that it
 * knows its earlier answer, and lets a test answer first. A read finds what was sent, any other GET something.
 */
public final class ReceivingExchange implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    static {
        // Otherwise each answer waits 40 ms for an acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** A bundle as it arrived. */
    public record Delivery(
            String path, String key, String facility, String authorization, JsonNode bundle, String text) {}

    /** Answers in place of the exchange, or leaves it to it by returning false. */
    @FunctionalInterface
    public interface Objection {
        boolean answered(HttpExchange exchange, Delivery delivery) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    private final Map<String, ObjectNode> receipts = new ConcurrentHashMap<>();
    private final Map<String, JsonNode> records = new ConcurrentHashMap<>();
    private volatile Objection objection = (exchange, delivery) -> false;

    public ReceivingExchange() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/fhir", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** For a test that adds to what this server answers. */
    public HttpServer server() {
        return server;
    }

    public String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/fhir";
    }

    public ReceivingExchange objecting(Objection other) {
        objection = other;
        return this;
    }

    public Objection objection() {
        return objection;
    }

    /** Every bundle that arrived, also again. */
    public List<Delivery> deliveries() {
        return List.copyOf(deliveries);
    }

    /** How many different bundles are kept. */
    public int kept() {
        return receipts.size();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("POST")) {
                JsonNode record = records.get(exchange.getRequestURI().getPath().replaceFirst("^/fhir/", ""));
                if (record != null) {
                    answer(exchange, 200, record.toString());
                    return;
                }
                answer(exchange, 200, "{\"resourceType\":\"Bundle\",\"entry\":[{\"fullUrl\":\"urn:x\"}]}");
                return;
            }
            if (exchange.getRequestURI().getPath().endsWith("$upload")) {
                // Takes no pieces: the whole bundle is sent instead.
                answer(exchange, 404, "{\"resourceType\":\"OperationOutcome\"}");
                return;
            }
            Delivery delivery = received(exchange);
            deliveries.add(delivery);
            if (!objection.answered(exchange, delivery)) {
                take(exchange, delivery);
            }
        }
    }

    private static Delivery received(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
            try (InputStream inflated = new GZIPInputStream(new ByteArrayInputStream(body))) {
                body = inflated.readAllBytes();
            }
        }
        JsonNode bundle = JSON.readTree(body);
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        return new Delivery(
                exchange.getRequestURI().getPath(),
                key == null ? bundle.path("identifier").path("value").asText() : key,
                exchange.getRequestHeaders().getFirst("Keneya-Facility"),
                exchange.getRequestHeaders().getFirst("Authorization"),
                bundle,
                new String(body, StandardCharsets.UTF_8));
    }

    /** Keeps a bundle, as a server does whose answer is then lost. */
    public void keep(Delivery delivery) {
        receipts.putIfAbsent(name(delivery), acknowledged(delivery.bundle()));
    }

    /** Keeps a bundle and answers. */
    public void take(HttpExchange exchange, Delivery delivery) throws IOException {
        if (delivery.path().endsWith("$validate")) {
            answer(exchange, 200, "{\"resourceType\":\"OperationOutcome\"}");
            return;
        }
        ObjectNode before = receipts.putIfAbsent(name(delivery), acknowledged(delivery.bundle()));
        if (before != null) {
            exchange.getResponseHeaders().add("Keneya-Replayed", "true");
        }
        answer(exchange, 200, String.valueOf(receipts.get(name(delivery))));
    }

    // Its content tells a delivery without a name from others.
    private static String name(Delivery delivery) {
        return delivery.key().isEmpty() ? delivery.text() : delivery.key();
    }

    private ObjectNode acknowledged(JsonNode bundle) {
        ObjectNode answer =
                JSON.createObjectNode().put("resourceType", "Bundle").put("type", "transaction-response");
        ArrayNode entries = answer.putArray("entry");
        for (JsonNode entry : bundle.path("entry")) {
            String type = entry.path("resource").path("resourceType").asText();
            String address = type + "/" + UUID.randomUUID();
            records.put(address, entry.path("resource"));
            entries.addObject()
                    .putObject("response")
                    .put("status", "201 Created")
                    .put("location", address + "/_history/1");
        }
        return answer;
    }

    /** @param headers names and values in turn */
    public static void answer(HttpExchange exchange, int status, String body, String... headers) throws IOException {
        for (int index = 0; index < headers.length; index += 2) {
            exchange.getResponseHeaders().add(headers[index], headers[index + 1]);
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        // Otherwise the server does not look at what comes next on the same connection.
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
