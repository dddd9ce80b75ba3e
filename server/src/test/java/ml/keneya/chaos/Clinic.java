package ml.keneya.chaos;

import static org.assertj.core.api.Assertions.assertThat;

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
import ml.keneya.chaos.Visit.Way;
import ml.keneya.test.Answer;

/** Posts visits and reads them back, as a clinic's software would. */
final class Clinic {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private static final int ACCEPTED_FOR_LATER = 202;
    private static final int CONFLICT = 409;

    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;

    Clinic(String base) {
        this.base = base;
    }

    /**
     * Sends the visit in its way and writes down what was answered: where its records are, where their outcome will be,
     * or nothing yet. The only conflict that a clinic may hear of is with its own first try that still runs.
     *
     * @return whether it was acknowledged as a whole, or accepted for later
     */
    boolean deliver(Visit visit, Ledger ledger) {
        return deliver(visit, visit.way() == Way.LATER ? "respond-async" : "return=minimal", ledger);
    }

    /** Sends it again, and waits for its records, as a clinic does that lost an answer. */
    boolean deliverAgain(Visit visit, Ledger ledger) {
        return deliver(visit, "return=minimal", ledger);
    }

    private boolean deliver(Visit visit, String prefer, Ledger ledger) {
        Answer answer;
        try {
            answer = send(visit, prefer);
        } catch (UncheckedIOException noAnswer) {
            ledger.noAnswer(visit);
            return false;
        }
        if (answer.status() == ACCEPTED_FOR_LATER) {
            ledger.promise(visit, answer.header("Content-Location").orElseThrow());
            return true;
        }
        if (answer.status() == 200) {
            List<String> locations = locations(answer);
            if (locations.size() == Visit.RECORDS) {
                ledger.acknowledge(visit, locations);
                return true;
            }
            assertThat(visit.way()).as("answered in part: %s", answer.body()).isEqualTo(Way.BATCH);
            assertThat(refusals(answer))
                    .as(answer.body())
                    .allMatch(refusal -> refusal.matches("503 .*|409 ML-INTAKE-010"));
            ledger.answeredInPart(visit, locations);
            return false;
        }
        if (answer.status() == CONFLICT) {
            answer.isRefused(CONFLICT, "ML-INTAKE-010");
        } else {
            answer.asksToComeBack();
        }
        ledger.noAnswer(visit);
        return false;
    }

    /** @throws UncheckedIOException when there was no answer */
    Answer send(Visit visit) {
        return send(visit, "return=minimal");
    }

    private Answer send(Visit visit, String prefer) {
        return send(HttpRequest.newBuilder(URI.create(base))
                .header("Content-Type", "application/fhir+json")
                .header("Keneya-Facility", "chaos")
                .header("Prefer", prefer)
                .POST(BodyPublishers.ofString(visit.json())));
    }

    /** Where the records are of what was accepted for later; nothing as long as it has not been carried out. */
    Optional<List<String>> outcome(String status) {
        Answer answer = read(status);
        if (answer.status() == ACCEPTED_FOR_LATER) {
            return Optional.empty();
        }
        JsonNode outcome = json(answer.hasStatus(200)).at("/entry/0");
        assertThat(outcome.at("/response/status").asText())
                .as("what became of what was accepted: %s", outcome)
                .isEqualTo("200");
        return Optional.of(locations(outcome.path("resource")));
    }

    /** @throws UncheckedIOException when there was no answer */
    Answer read(String location) {
        return send(HttpRequest.newBuilder(URI.create(location.startsWith(base) ? location : base + "/" + location)));
    }

    /**
     * Has an operation carried out that needs no parameters.
     *
     * @throws UncheckedIOException when there was no answer
     */
    Answer order(String operation) {
        return send(HttpRequest.newBuilder(URI.create(base + "/" + operation)).POST(BodyPublishers.noBody()));
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

    /** Addresses, without versions, of the records that were acknowledged. */
    static List<String> locations(Answer answer) {
        return locations(json(answer));
    }

    private static List<String> locations(JsonNode answer) {
        List<String> locations = new ArrayList<>();
        for (JsonNode entry : answer.path("entry")) {
            if (isSuccess(entry)) {
                String location = entry.at("/response/location").asText();
                locations.add(location.replaceAll("/_history/.*|^.*/(?=[A-Z])", ""));
            }
        }
        return locations;
    }

    /** Status and code of each entry that was not accepted. */
    private static List<String> refusals(Answer answer) {
        List<String> refusals = new ArrayList<>();
        for (JsonNode entry : json(answer).path("entry")) {
            if (!isSuccess(entry)) {
                JsonNode response = entry.path("response");
                refusals.add(response.path("status").asText().substring(0, 3) + " "
                        + response.at("/outcome/issue/0/details/coding/0/code").asText());
            }
        }
        return refusals;
    }

    private static boolean isSuccess(JsonNode entry) {
        return entry.at("/response/status").asText().startsWith("2");
    }

    static JsonNode json(Answer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
