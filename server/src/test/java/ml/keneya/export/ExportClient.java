package ml.keneya.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;

/** Asks for exports and fetches them as a client of Bulk Data Access does. */
final class ExportClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST = Duration.ofMinutes(1);
    static final String[] ASYNC = {"Prefer", "respond-async"};

    private final Exchange exchange;
    private final String[] token;

    /** @param token the two halves of the header that shows it; nothing for who needs none */
    ExportClient(Exchange exchange, String... token) {
        this.exchange = exchange;
        this.token = token;
    }

    /** With this token, the headers of a kick-off. */
    static String[] asynchronously(String... token) {
        return Stream.of(token, ASYNC).flatMap(Stream::of).toArray(String[]::new);
    }

    /** An export that is ready. */
    record Export(String status, JsonNode manifest, UnaryOperator<String> fetch) {

        String transactionTime() {
            return manifest.path("transactionTime").asText();
        }

        List<String> urls(String list, String type) {
            return StreamSupport.stream(manifest.path(list).spliterator(), false)
                    .filter(file -> file.path("type").asText().equals(type))
                    .map(file -> file.path("url").asText())
                    .toList();
        }

        long count(String type) {
            return StreamSupport.stream(manifest.path("output").spliterator(), false)
                    .filter(file -> file.path("type").asText().equals(type))
                    .mapToLong(file -> file.path("count").asLong())
                    .sum();
        }

        List<String> lines(String type) {
            List<String> lines = new ArrayList<>();
            urls("output", type).forEach(url -> fetch.apply(url).lines().forEach(lines::add));
            return lines;
        }

        Optional<JsonNode> record(String type, String id) {
            return lines(type).stream()
                    .map(ExportClient::json)
                    .filter(record -> record.path("id").asText().equals(id))
                    .findFirst();
        }

        List<String> ids(String type) {
            return lines(type).stream()
                    .map(line -> json(line).path("id").asText())
                    .toList();
        }

        /** Addresses of deleted records. */
        List<String> deleted() {
            List<String> addresses = new ArrayList<>();
            urls("deleted", "Bundle")
                    .forEach(url -> fetch.apply(url)
                            .lines()
                            .forEach(line -> json(line)
                                    .path("entry")
                                    .forEach(entry -> addresses.add(
                                            entry.path("request").path("url").asText()))));
            return addresses;
        }
    }

    /** Kicks off; the answer has been checked for what every client needs. */
    String begin(String query) {
        Answer answer = exchange.get(query, asynchronously(token)).hasStatus(202);
        return answer.header("Content-Location").orElseThrow();
    }

    Export whenReady(String status) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        Answer answer = exchange.get(status, token);
        // The server makes whoever asks wait, so this is no busy loop.
        while (answer.status() == 202 && System.nanoTime() < deadline) {
            answer = exchange.get(status, token);
        }
        answer.hasStatus(200);
        assertThat(answer.header("Content-Type")).contains("application/json");
        return new Export(
                status,
                json(answer.body()),
                url -> exchange.get(url, token).hasStatus(200).body());
    }

    Export export(String query) {
        return whenReady(begin(query));
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
