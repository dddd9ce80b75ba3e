package ml.keneya.load.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A small exchange: takes transactions once, answers the searches this program makes, and can be told to misbehave. */
public final class InMemoryExchange implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    static {
        // Otherwise each answer waits 40 ms for an acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final StoredResources stored = new StoredResources();
    private final Map<String, JsonNode> receipts = new HashMap<>();
    private final List<String> requests = new ArrayList<>();
    private final Set<String> lost = new HashSet<>();
    private boolean remembersBundles = true;
    private boolean includesTargets = true;
    private String internalAddress = "";

    public InMemoryExchange() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/fhir", this::handle);
        server.start();
    }

    public String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/fhir";
    }

    /** Takes a bundle that was sent before for a new one. */
    public InMemoryExchange forgettingBundles() {
        remembersBundles = false;
        return this;
    }

    /** Acknowledges resources of a type and does not keep them. */
    public InMemoryExchange losing(String type) {
        lost.add(type);
        return this;
    }

    /** Ignores {@code _include}, as servers may. */
    public InMemoryExchange includingNothing() {
        includesTargets = false;
        return this;
    }

    /** Writes another host into its links, as a server behind a proxy does. */
    public InMemoryExchange knowingItselfAs(String address) {
        internalAddress = address;
        return this;
    }

    public StoredResources stored() {
        return stored;
    }

    /** Every request as method and address, in order. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    private void handle(HttpExchange exchange) throws IOException {
        URI address = exchange.getRequestURI();
        requests.add(exchange.getRequestMethod() + " " + address);
        if (exchange.getRequestMethod().equals("POST")) {
            post(exchange);
            return;
        }
        String[] path = address.getPath().substring("/fhir".length()).split("/", -1);
        if (path.length == 3) {
            read(exchange, path[1], path[2]);
        } else {
            respond(exchange, 200, search(address));
        }
    }

    private void post(HttpExchange exchange) throws IOException {
        JsonNode bundle = JSON.readTree(exchange.getRequestBody());
        String key = bundle.path("identifier").path("value").asText();
        JsonNode before = receipts.get(key);
        if (before != null && remembersBundles) {
            exchange.getResponseHeaders().add("Keneya-Replayed", "true");
            respond(exchange, 200, before);
            return;
        }
        ObjectNode answer = stored.take(bundle, lost);
        receipts.put(key, answer);
        respond(exchange, 200, answer);
    }

    private void read(HttpExchange exchange, String type, String id) throws IOException {
        ObjectNode resource = stored.find(type + "/" + id);
        if (resource == null) {
            respond(exchange, 404, JSON.createObjectNode().put("resourceType", "OperationOutcome"));
        } else {
            respond(exchange, 200, resource);
        }
    }

    private ObjectNode search(URI address) {
        var query = new SearchQuery(address);
        List<ObjectNode> all = stored.matching(query);
        List<ObjectNode> page =
                all.stream().skip(query.offset()).limit(query.count()).toList();
        ObjectNode bundle =
                JSON.createObjectNode().put("resourceType", "Bundle").put("type", "searchset");
        if (query.offset() + page.size() < all.size()) {
            String root = internalAddress.isEmpty() ? base() : internalAddress;
            bundle.putArray("link").addObject().put("relation", "next").put("url", query.next(root));
        }
        ArrayNode entries = bundle.putArray("entry");
        page.forEach(resource -> addEntry(entries, resource, "match"));
        if (includesTargets) {
            stored.companions(page, query).forEach(resource -> addEntry(entries, resource, "include"));
        }
        return bundle;
    }

    private static void addEntry(ArrayNode entries, ObjectNode resource, String mode) {
        ObjectNode entry = entries.addObject();
        entry.set("resource", resource);
        entry.putObject("search").put("mode", mode);
    }

    private static void respond(HttpExchange exchange, int status, JsonNode document) throws IOException {
        byte[] body = JSON.writeValueAsBytes(document);
        exchange.getResponseHeaders().add("Content-Type", "application/fhir+json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
