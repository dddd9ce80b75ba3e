package ml.keneya.chaos;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ml.keneya.test.Answer;

/** Posts visits and reads them back, as a clinic's software would. */
final class Clinic {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private static final int CONFLICT = 409;

    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;

    Clinic(String base) {
        this.base = base;
    }

    /**
     * Where the records of the visit are, when the server has acknowledged it; nothing when there was no answer, or one
     * that asks to come back. The only conflict that a clinic may hear of is with its own first try that still runs.
     */
    Optional<List<String>> post(Visit visit) {
        Answer answer;
        try {
            answer = send(visit);
        } catch (UncheckedIOException noAnswer) {
            return Optional.empty();
        }
        if (answer.status() == 200) {
            return Optional.of(locations(answer));
        }
        if (answer.status() == CONFLICT) {
            answer.isRefused(CONFLICT, "ML-INTAKE-010");
        } else {
            answer.asksToComeBack();
        }
        return Optional.empty();
    }

    /** @throws UncheckedIOException when there was no answer */
    Answer send(Visit visit) {
        return send(HttpRequest.newBuilder(URI.create(base))
                .header("Content-Type", "application/fhir+json")
                .header("Keneya-Facility", "chaos")
                .POST(BodyPublishers.ofString(visit.json())));
    }

    /** @throws UncheckedIOException when there was no answer */
    Answer read(String location) {
        return send(HttpRequest.newBuilder(URI.create(base + "/" + location)));
    }

    /** @throws UncheckedIOException when there was no answer */
    Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(
                    client.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofString()), FhirContext.forR4Cached());
        } catch (IOException noAnswer) {
            throw new UncheckedIOException(noAnswer);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopping);
        }
    }

    /** Addresses, without versions, of what a search finds. */
    List<String> find(String search) {
        List<String> found = new ArrayList<>();
        for (JsonNode entry : json(read(search).hasStatus(200)).path("entry")) {
            JsonNode resource = entry.path("resource");
            found.add(resource.path("resourceType").asText() + "/"
                    + resource.path("id").asText());
        }
        return found;
    }

    static List<String> locations(Answer answer) {
        List<String> locations = new ArrayList<>();
        for (JsonNode entry : json(answer).path("entry")) {
            locations.add(
                    entry.path("response").path("location").asText().replaceAll("/_history/.*|^.*/(?=[A-Z])", ""));
        }
        return locations;
    }

    private static JsonNode json(Answer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
