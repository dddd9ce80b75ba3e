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
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import ml.keneya.load.test.Dhis2Metadata.Key;

/**
 * Stands in for the import of data values of DHIS2. Written from its public documentation (docs.dhis2.org, Developer,
 * Web API, "Data": sections "Sending data values", "Sending bulks of data values", "Import parameters", "Identifier
 * schemes", "Reading data values"; "Personal Access Token": section "Using PAT to authenticate"), and, for what that
 * leaves open, from what its published source does in versions 2.38 to 2.41: the order of the checks, the codes E76xx
 * and their words, what is counted as imported, updated, deleted and ignored, which places are among the rejected, and
 * that a summary with conflicts comes with status 409.
 *
 * <p>What it has not: sharing and authorities, approval, attribute options, other formats than JSON, asynchronous jobs,
 * and Tracker. Value types are those of numbers.
 */
public final class Dhis2StandIn implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A request that came, and with which parameters. */
    public record Request(Map<String, String> parameters, JsonNode body, Map<String, List<String>> headers) {
        public boolean isDryRun() {
            return "true".equals(parameters.get("dryRun"));
        }

        public int values() {
            return body.path("dataValues").size();
        }
    }

    /** Answers a request in place of DHIS2, before anything is stored. */
    @FunctionalInterface
    public interface Reply {
        /** @return whether the request is answered */
        boolean to(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String token;
    private final String dataSet;
    private final Dhis2Metadata metadata;
    private final Map<Key, String> stored = new TreeMap<>();
    private final Deque<Reply> instead = new ArrayDeque<>();
    private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
    private boolean old;
    private boolean cuts;
    private boolean skipsZeros;

    public Dhis2StandIn(String token, String dataSet) throws IOException {
        this(0, token, dataSet);
    }

    private Dhis2StandIn(int port, String token, String dataSet) throws IOException {
        this.token = token;
        this.dataSet = dataSet;
        metadata = new Dhis2Metadata(dataSet);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /**
     * As a program of its own, for tests of commands: port, token, code of the data set, then codes of organisation
     * units, {@code --}, and codes of data elements.
     */
    public static void main(String[] arguments) throws IOException {
        List<String> given = List.of(arguments);
        int divide = given.indexOf("--");
        @SuppressWarnings("resource")
        var standIn = new Dhis2StandIn(Integer.parseInt(given.get(0)), given.get(1), given.get(2));
        given.subList(3, divide).forEach(standIn::withOrgUnit);
        given.subList(divide + 1, given.size()).forEach(standIn::withElement);
        System.out.println(standIn.address());
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public Dhis2StandIn withElement(String code) {
        return withElement(code, "INTEGER_ZERO_OR_POSITIVE");
    }

    public Dhis2StandIn withElement(String code, String valueType) {
        metadata.valueTypes.put(metadata.known(code), valueType);
        return this;
    }

    /** An element of which a zero is not kept ({@code zeroIsSignificant} false). */
    public Dhis2StandIn withElementOfNoZeros(String code) {
        withElement(code);
        metadata.zeroIsNothing.add(metadata.known(code));
        return this;
    }

    public Dhis2StandIn withElementOfZeros(String code) {
        metadata.zeroIsNothing.remove(metadata.known(code));
        return withElement(code);
    }

    /** From now on also leaves alone what it holds when a zero of an element of no zeros comes, and counts nothing. */
    public Dhis2StandIn skippingZeros() {
        skipsZeros = true;
        return this;
    }

    /** Assigned to the data set, and among those of the account. */
    public Dhis2StandIn withOrgUnit(String code) {
        metadata.units.add(metadata.known(code));
        metadata.assigned.add(metadata.known(code));
        return this;
    }

    public Dhis2StandIn withOrgUnitOfOthers(String code) {
        withOrgUnit(code);
        metadata.ofOthers.add(metadata.known(code));
        return this;
    }

    public Dhis2StandIn withOrgUnitNotAssigned(String code) {
        metadata.units.add(metadata.known(code));
        return this;
    }

    public Dhis2StandIn withOptionCombo(String code) {
        metadata.combos.add(metadata.known(code));
        return this;
    }

    /** Past its expiry days. */
    public Dhis2StandIn closing(String period) {
        metadata.closed.add(period);
        return this;
    }

    public Dhis2StandIn opening(String period) {
        metadata.closed.remove(period);
        return this;
    }

    /** Answers as before 2.37: a bare summary, status 200, and nothing that tells which values were ignored. */
    public Dhis2StandIn asOfOld() {
        old = true;
        return this;
    }

    /** From now on stores what it is sent, and breaks the line before it has answered. */
    public Dhis2StandIn cutting(boolean whether) {
        cuts = whether;
        return this;
    }

    public Dhis2StandIn insteadOnce(Reply reply) {
        synchronized (instead) {
            instead.add(reply);
        }
        return this;
    }

    public Dhis2StandIn insteadOnce(int status, String body, String... headers) {
        return insteadOnce(exchange -> {
            for (int index = 0; index < headers.length; index += 2) {
                exchange.getResponseHeaders().set(headers[index], headers[index + 1]);
            }
            answer(exchange, status, body);
            return true;
        });
    }

    /** Nothing answers in its place any more. */
    public Dhis2StandIn asExpected() {
        synchronized (instead) {
            instead.clear();
        }
        return this;
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** What it holds, by the codes of element and unit: {@code IDSR_CHOLERA_DECES@cscom-x} to the number. */
    public synchronized Map<String, String> values(String period) {
        Map<String, String> values = new TreeMap<>();
        stored.forEach((key, value) -> {
            if (key.period().equals(period)) {
                String combo = key.optionCombo().equals(Dhis2Metadata.DEFAULT_COMBO)
                        ? ""
                        : "/" + metadata.codes.get(key.optionCombo());
                values.put(
                        metadata.codes.get(key.dataElement()) + "@" + metadata.codes.get(key.orgUnit()) + combo, value);
            }
        });
        return values;
    }

    /** The identifier that it gives to what has a code. */
    public String uid(String code) {
        return metadata.known(code);
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] text = exchange.getRequestBody().readAllBytes();
        Reply other;
        synchronized (instead) {
            other = instead.poll();
        }
        if (other != null && other.to(exchange)) {
            return;
        }
        if (!("ApiToken " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 401, message("Unauthorized", 401, "The API token does not exist"));
            return;
        }
        if (!exchange.getRequestURI().getPath().equals("/api/dataValueSets")) {
            answer(exchange, 404, message("Not Found", 404, "No such resource"));
            return;
        }
        Map<String, String> parameters = parameters(exchange.getRequestURI().getRawQuery());
        if (exchange.getRequestMethod().equals("GET")) {
            answer(exchange, 200, read(parameters));
            return;
        }
        if (!"application/json".equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
            answer(exchange, 415, message("Unsupported Media Type", 415, "Not JSON"));
            return;
        }
        JsonNode set = JSON.readTree(text);
        requests.add(new Request(parameters, set, Map.copyOf(exchange.getRequestHeaders())));
        ObjectNode summary = load(parameters, set);
        if (cuts) {
            exchange.close();
            return;
        }
        boolean conflicts = !summary.path("conflicts").isEmpty();
        if (old) {
            answer(exchange, 200, summary.toString());
            return;
        }
        boolean failed = summary.path("status").asText().equals("ERROR");
        ObjectNode answer = JSON.createObjectNode()
                .put("httpStatus", conflicts ? "Conflict" : "OK")
                .put("httpStatusCode", conflicts ? 409 : 200)
                .put("status", failed ? "ERROR" : conflicts ? "WARNING" : "OK")
                .put(
                        "message",
                        failed
                                ? "An error occurred, please check import summary."
                                : conflicts
                                        ? "One or more conflicts encountered, please check import summary."
                                        : "Import was successful.");
        answer.set("response", summary);
        answer(exchange, conflicts ? 409 : 200, answer.toString());
    }

    // One import at a time, as one transaction of a database would have it for one value.
    private synchronized ObjectNode load(Map<String, String> parameters, JsonNode set) {
        boolean dry = "true".equals(parameters.get("dryRun"));
        boolean deletes = "DELETE".equals(parameters.get("importStrategy"));
        Dhis2Summary summary = new Dhis2Summary(old);
        String asked = set.path("dataSet").asText();
        if (!asked.isEmpty()
                && !metadata.identified(asked, parameters, "dataSetIdScheme").equals(metadata.known(dataSet))) {
            summary.note("E7600", "dataSet", asked, "Data set not found or not accessible: `" + asked + "`", -1);
            return summary.json("ERROR", "Import process was aborted");
        }
        int index = 0;
        for (JsonNode value : set.path("dataValues")) {
            load(parameters, value, index++, dry, deletes, summary);
        }
        return summary.json(summary.hasConflicts() ? "WARNING" : "SUCCESS", "Import process completed successfully");
    }

    private void load(
            Map<String, String> parameters,
            JsonNode value,
            int index,
            boolean dry,
            boolean deletes,
            Dhis2Summary summary) {
        Key key = new Key(
                metadata.identified(value.path("dataElement").asText(), parameters, "dataElementIdScheme"),
                value.path("period").asText(),
                metadata.identified(value.path("orgUnit").asText(), parameters, "orgUnitIdScheme"),
                value.has("categoryOptionCombo")
                        ? metadata.identified(
                                value.path("categoryOptionCombo").asText(), parameters, "categoryOptionComboIdScheme")
                        : Dhis2Metadata.DEFAULT_COMBO);
        if (metadata.isRefused(key, value, index, summary)) {
            summary.reject(index);
            return;
        }
        String number = value.path("value").asText();
        String before = stored.get(key);
        boolean nothing = number.equals("0") && metadata.zeroIsNothing.contains(key.dataElement());
        if (nothing && (before == null || skipsZeros)) {
            return;
        }
        if (before == null && deletes) {
            // Rejected without a conflict: there is nothing to delete.
            summary.reject(index);
        } else if (before == null) {
            summary.imported++;
            keep(dry, key, number);
        } else if (deletes || nothing) {
            summary.deleted++;
            keep(dry, key, null);
        } else if (before.equals(number)) {
            summary.ignored++;
        } else {
            summary.updated++;
            keep(dry, key, number);
        }
    }

    private void keep(boolean dry, Key key, String number) {
        if (dry) {
            return;
        }
        if (number == null) {
            stored.remove(key);
        } else {
            stored.put(key, number);
        }
    }

    private synchronized String read(Map<String, String> parameters) {
        ObjectNode set = JSON.createObjectNode();
        ArrayNode values = set.putArray("dataValues");
        stored.forEach((key, value) -> {
            if (key.period().equals(parameters.get("period"))) {
                values.addObject()
                        .put("dataElement", metadata.codes.get(key.dataElement()))
                        .put("period", key.period())
                        .put("orgUnit", metadata.codes.get(key.orgUnit()))
                        .put("value", value);
            }
        });
        return set.toString();
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String each : query == null ? new String[0] : query.split("&")) {
            String[] parts = each.split("=", 2);
            parameters.put(parts[0], URLDecoder.decode(parts.length > 1 ? parts[1] : "", StandardCharsets.UTF_8));
        }
        return parameters;
    }

    private static String message(String status, int code, String words) {
        return JSON.createObjectNode()
                .put("httpStatus", status)
                .put("httpStatusCode", code)
                .put("status", "ERROR")
                .put("message", words)
                .toString();
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
