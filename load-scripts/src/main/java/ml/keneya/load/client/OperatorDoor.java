package ml.keneya.load.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import ml.keneya.load.exchange.FhirBase;
import ml.keneya.load.exchange.OwnCertificate;
import ml.keneya.load.exchange.UnreachableException;
import ml.keneya.load.terminal.ExitStatus;
import picocli.CommandLine.Option;

/** The door of the server that is open to its operator only, and on its machine only. */
final class OperatorDoor {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Written out, because a name that is looked up twice may mean two machines. */
    private static final Set<String> HERE = Set.of("127.0.0.1", "[::1]", "localhost");

    private static final int SUCCESS = 2;
    private static final int HUNDRED = 100;

    @Option(
            names = "--base",
            paramLabel = "URL",
            descriptionKey = "base",
            defaultValue = "${env:KENEYA_BASE:-http://127.0.0.1:8080/fhir}")
    @SuppressWarnings("NullAway.Init")
    private URI base;

    @Option(
            names = "--operator-key",
            paramLabel = "FILE",
            descriptionKey = "operator-key",
            defaultValue = "${env:KENEYA_OPERATOR_KEY:-data/operator-key}")
    @SuppressWarnings("NullAway.Init")
    private Path keyFile;

    /** The FHIR address of the server, on this machine. */
    URI base() {
        return address("").resolve(new FhirBase(base).uri().getPath());
    }

    /** @param what {@code clients} or {@code users} */
    JsonNode list(String what) {
        return send("GET", what, "");
    }

    JsonNode add(String what, JsonNode wanted) {
        return send("POST", what, wanted.toString());
    }

    void revoke(String what, String id) {
        send("DELETE", what + "/" + step(id), "");
    }

    void replaceKeys(String id, JsonNode keys) {
        send("PUT", "clients/" + step(id) + "/jwks", keys.toString());
    }

    /** @param address where the client publishes its keys from now on */
    void fetchKeys(String id, String address) {
        send(
                "PUT",
                "clients/" + step(id) + "/jwks-url",
                JSON.createObjectNode().put("jwksUrl", address).toString());
    }

    /** Ends a person's password and gives a code for another. */
    JsonNode reset(String login) {
        return send("POST", "users/" + step(login) + "/reset", "");
    }

    /** Has the server sign with other keys from now on. */
    void rotateKeys() {
        send("POST", "keys/rotate", "");
    }

    /** An id as one step of an address, whatever is in it. */
    private static String step(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * Public keys as a client's maker hands them over: a set, or one key alone.
     *
     * @throws OperatorException when there are none, or when a private one is among them, which must not travel
     */
    static JsonNode publicKeys(Path file) {
        try {
            JsonNode read = JSON.readTree(Files.readAllBytes(file));
            JsonNode keys = read.has("kty") ? setOf(read) : read;
            if (keys.path("keys").isEmpty()) {
                throw new OperatorException(ExitStatus.MISUSED, null, "client.jwks", file);
            }
            for (JsonNode key : keys.path("keys")) {
                if (key.has("d") || key.has("k")) {
                    throw new OperatorException(ExitStatus.MISUSED, null, "client.private", file);
                }
            }
            return keys;
        } catch (IOException unreadable) {
            throw new OperatorException(ExitStatus.MISUSED, unreadable, "client.jwks", file);
        }
    }

    private static JsonNode setOf(JsonNode key) {
        ObjectNode set = JSON.createObjectNode();
        set.putArray("keys").add(key);
        return set;
    }

    private JsonNode send(String method, String path, String body) {
        String key = key();
        URI address = address(path);
        try {
            HttpResponse<byte[]> response = OwnCertificate.trusted()
                    .followRedirects(Redirect.NEVER)
                    .connectTimeout(LIMIT)
                    .build()
                    .send(
                            HttpRequest.newBuilder(address)
                                    .timeout(LIMIT)
                                    .header("Keneya-Operator-Key", key)
                                    .header("Content-Type", "application/json")
                                    .header("Accept", "application/json")
                                    .method(method, BodyPublishers.ofString(body))
                                    .build(),
                            BodyHandlers.ofByteArray());
            return read(response);
        } catch (IOException broken) {
            throw new OperatorException(ExitStatus.UNREACHABLE, broken, "client.unreachable", address);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw UnreachableException.stopped(stopped);
        }
    }

    private static JsonNode read(HttpResponse<byte[]> response) {
        JsonNode document = JSON.createObjectNode();
        try {
            document = JSON.readTree(response.body());
        } catch (IOException notJson) {
            // A refusal of somebody else than our server: its status says enough.
        }
        if (response.statusCode() / HUNDRED != SUCCESS) {
            throw new OperatorException(
                    ExitStatus.REFUSED,
                    null,
                    "client.refused",
                    response.statusCode(),
                    document.path("error").asText());
        }
        return document;
    }

    // The key opens everything that an operator may do: it goes to this machine and nowhere else.
    private URI address(String path) {
        try {
            URI address = new FhirBase(base).uri().resolve("/operator/" + path);
            if (HERE.contains(address.getHost())) {
                return address;
            }
        } catch (IllegalArgumentException notAnAddress) {
            // Said below.
        }
        throw new OperatorException(ExitStatus.MISUSED, null, "client.elsewhere", base);
    }

    private String key() {
        try {
            return Files.readString(keyFile).strip();
        } catch (IOException unreadable) {
            throw new OperatorException(ExitStatus.MISUSED, unreadable, "client.key", keyFile);
        }
    }
}
