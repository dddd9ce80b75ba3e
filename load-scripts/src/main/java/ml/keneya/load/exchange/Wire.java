package ml.keneya.load.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import ml.keneya.load.tokens.Credentials;

/** One request, one answer; the only class that touches the network. */
public final class Wire {
    private static final String FHIR_JSON = "application/fhir+json";
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

    // A redirect is not followed: it would turn a POST into a GET, and it means that the base is wrong.
    private final HttpClient client = OwnCertificate.trusted()
            .version(Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .connectTimeout(CONNECT_LIMIT)
            .build();

    private final Duration limit;
    private final Locale language;
    private final Credentials credentials;

    /** @param limit how long one exchange of request and whole answer may take */
    public Wire(Duration limit, Locale language) {
        this(limit, language, Credentials.NONE);
    }

    public Wire(Duration limit, Locale language, Credentials credentials) {
        this.limit = limit;
        this.language = language;
        this.credentials = credentials;
    }

    Answer get(URI address) throws IOException {
        // Some servers answer a search again from memory; what was posted a moment ago must be seen.
        return send(request(address).header("Cache-Control", "no-cache").GET());
    }

    /** Any address that is read, with headers that say how. */
    public Answer get(URI address, Map<String, String> headers) throws IOException {
        HttpRequest.Builder request = request(address);
        headers.forEach(request::setHeader);
        return send(request.GET());
    }

    Answer delete(URI address) throws IOException {
        return send(request(address).DELETE());
    }

    /**
     * Hands a body of any length on as it comes. It may take hours, but never stand still for longer than the limit.
     *
     * @return the answer; its document is missing when the body was handed on
     */
    Answer download(URI address, Map<String, String> headers, Receiver receiver) throws IOException {
        HttpRequest.Builder request = request(address);
        headers.forEach(request::setHeader);
        Optional<String> shown = credentials.authorization();
        shown.ifPresent(text -> request.setHeader("Authorization", text));
        Answer answer = downloadOnce(request, receiver);
        if (answer.status() == UNAUTHORIZED && shown.isPresent() && credentials.renewed(shown.get())) {
            credentials.authorization().ifPresent(text -> request.setHeader("Authorization", text));
            return downloadOnce(request, receiver);
        }
        return answer;
    }

    /** Takes a body. */
    @FunctionalInterface
    public interface Receiver {
        void receive(InputStream body) throws IOException;
    }

    private Answer downloadOnce(HttpRequest.Builder request, Receiver receiver) throws IOException {
        HttpResponse<InputStream> response;
        try {
            response = client.send(request.timeout(limit).build(), BodyHandlers.ofInputStream());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Stopped while waiting for an answer");
        }
        try (var body = new WatchedStream(response.body(), limit)) {
            InputStream text = isZipped(response.headers()) ? new GZIPInputStream(body, 1 << 16) : body;
            if (response.statusCode() != OK) {
                return new Answer(response.statusCode(), response.headers(), Json.orMissing(text.readAllBytes()));
            }
            receiver.receive(text);
            return new Answer(response.statusCode(), response.headers(), MissingNode.getInstance());
        }
    }

    Answer post(URI address, byte[] body, Map<String, String> headers) throws IOException {
        return post(address, BodyPublishers.ofByteArray(body), headers);
    }

    /** @param body may be asked for more than once: a token that has ended costs a second request */
    public Answer post(URI address, BodyPublisher body, Map<String, String> headers) throws IOException {
        HttpRequest.Builder request = request(address).header("Content-Type", FHIR_JSON);
        headers.forEach(request::setHeader);
        return send(request.POST(body));
    }

    /** Any method that has a body, or none of its own. */
    Answer send(String method, URI address, BodyPublisher body, Map<String, String> headers) throws IOException {
        HttpRequest.Builder request = request(address);
        headers.forEach(request::setHeader);
        return send(request.method(method, body));
    }

    private HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address)
                .header("Accept", FHIR_JSON)
                .header("Accept-Encoding", "gzip")
                .header("Accept-Language", language.getLanguage());
    }

    private Answer send(HttpRequest.Builder request) throws IOException {
        Optional<String> shown = credentials.authorization();
        shown.ifPresent(text -> request.setHeader("Authorization", text));
        Answer answer = sendOnce(request);
        if (answer.status() == UNAUTHORIZED && shown.isPresent() && credentials.renewed(shown.get())) {
            credentials.authorization().ifPresent(text -> request.setHeader("Authorization", text));
            return sendOnce(request);
        }
        return answer;
    }

    // The client's own timeout ends with the headers; a link that dies in the middle of a body would hang for ever.
    private Answer sendOnce(HttpRequest.Builder request) throws IOException {
        var pending = client.sendAsync(request.build(), BodyHandlers.ofByteArray());
        try {
            return answer(pending.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException late) {
            pending.cancel(true);
            throw new HttpTimeoutException("No whole answer within " + limit);
        } catch (InterruptedException stopped) {
            pending.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Stopped while waiting for an answer");
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException cause ? cause : new IOException(failed.getCause());
        }
    }

    private static Answer answer(HttpResponse<byte[]> response) throws IOException {
        byte[] body = isZipped(response.headers()) ? inflated(response.body()) : response.body();
        JsonNode document = Json.orMissing(body);
        return new Answer(response.statusCode(), response.headers(), document);
    }

    private static boolean isZipped(HttpHeaders headers) {
        return headers.firstValue("Content-Encoding")
                .map("gzip"::equalsIgnoreCase)
                .orElse(false);
    }

    private static byte[] inflated(byte[] body) throws IOException {
        try (var stream = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return stream.readAllBytes();
        }
    }
}
