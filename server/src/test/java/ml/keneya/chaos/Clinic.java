package ml.keneya.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Posts visits and reads them back, as a clinic's software would. */
final class Clinic {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;

    Clinic(String base) {
        this.base = base;
    }

    /** Where the records of the visit are, when the server has acknowledged it; nothing when there was no answer. */
    Optional<List<String>> post(Visit visit) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base))
                .header("Content-Type", "application/fhir+json")
                .header("Keneya-Facility", "chaos")
                .timeout(TIMEOUT)
                .POST(BodyPublishers.ofString(visit.json()))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() == 200) {
                return Optional.of(locations(JSON.readTree(answer.body())));
            }
            if (answer.statusCode() == 503 || answer.statusCode() == 409) {
                return Optional.empty();
            }
            throw new IllegalStateException("A visit was answered with " + answer.statusCode() + ": " + answer.body());
        } catch (IOException noAnswer) {
            return Optional.empty();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Addresses, without versions, of what a search finds. */
    List<String> find(String search) {
        List<String> found = new ArrayList<>();
        JsonNode bundle = get(search);
        for (JsonNode entry : bundle.path("entry")) {
            JsonNode resource = entry.path("resource");
            found.add(resource.path("resourceType").asText() + "/"
                    + resource.path("id").asText());
        }
        return found;
    }

    private JsonNode get(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/" + path))
                .timeout(TIMEOUT)
                .build();
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(path + " was answered with " + answer.statusCode());
            }
            return JSON.readTree(answer.body());
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopping);
        }
    }

    private static List<String> locations(JsonNode answer) {
        List<String> locations = new ArrayList<>();
        for (JsonNode entry : answer.path("entry")) {
            locations.add(
                    entry.path("response").path("location").asText().replaceAll("/_history/.*|^.*/(?=[A-Z])", ""));
        }
        return locations;
    }
}
