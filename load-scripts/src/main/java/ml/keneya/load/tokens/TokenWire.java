package ml.keneya.load.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import ml.keneya.load.exchange.OwnCertificate;

/** Asks the exchange where tokens are given, and asks there for one. */
final class TokenWire {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(20);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SERVER_FAULT = 500;
    private static final int TOO_MANY_REQUESTS = 429;

    // Not followed: the assertion must not be carried to whom the exchange did not name.
    private final HttpClient client = OwnCertificate.trusted()
            .followRedirects(Redirect.NEVER)
            .connectTimeout(CONNECT_LIMIT)
            .build();

    private final ServerTime time;

    TokenWire(ServerTime time) {
        this.time = time;
    }

    URI tokenEndpoint(URI base) throws IOException {
        URI address = URI.create(base + "/.well-known/smart-configuration");
        JsonNode configuration = send(HttpRequest.newBuilder(address).header("Accept", "application/json"));
        String endpoint = configuration.path("token_endpoint").asText();
        try {
            URI uri = URI.create(endpoint);
            if (isSafe(uri)) {
                return uri;
            }
        } catch (IllegalArgumentException notAnAddress) {
            // Said below.
        }
        throw new TokenException("token_endpoint " + endpoint, false);
    }

    // An assertion that others can read can be used by others for its four minutes.
    private static boolean isSafe(URI endpoint) throws IOException {
        String host = endpoint.getHost();
        if (host == null) {
            return false;
        }
        return "https".equals(endpoint.getScheme())
                || "http".equals(endpoint.getScheme())
                        && InetAddress.getByName(host).isLoopbackAddress();
    }

    JsonNode token(URI endpoint, String assertion, String scope) throws IOException {
        String form = Map.of(
                        "grant_type",
                        "client_credentials",
                        "scope",
                        scope,
                        "client_assertion_type",
                        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                        "client_assertion",
                        assertion)
                .entrySet()
                .stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(endpoint)
                .header("Accept", "application/json")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException {
        HttpResponse<byte[]> response;
        try {
            response = client.send(request.timeout(LIMIT).build(), BodyHandlers.ofByteArray());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Stopped while waiting for a token");
        }
        time.learn(response.headers());
        JsonNode document = read(response.body());
        int status = response.statusCode();
        if (status != 200 || !document.isObject()) {
            boolean passing = status >= SERVER_FAULT || status == TOO_MANY_REQUESTS;
            throw new TokenException(why(status, document), passing);
        }
        return document;
    }

    private static JsonNode read(byte[] body) {
        try {
            JsonNode document = JSON.readTree(body);
            return document == null ? MissingNode.getInstance() : document;
        } catch (IOException notJson) {
            return MissingNode.getInstance();
        }
    }

    private static String why(int status, JsonNode document) {
        return ("HTTP " + status + " " + document.path("error").asText() + " "
                        + document.path("error_description").asText())
                .strip();
    }
}
