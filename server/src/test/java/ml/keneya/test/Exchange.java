package ml.keneya.test;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.core.env.Environment;

/** Speaks plain HTTP with the server under test, as a clinic's software would. */
@TestComponent
public class Exchange {

    public static final String FHIR_JSON = "application/fhir+json";

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final HttpClient client = HttpClient.newHttpClient();
    private final FhirContext context;
    private final Supplier<String> base;

    @Autowired
    Exchange(FhirContext context, Environment environment) {
        this(context, () -> "http://127.0.0.1:" + environment.getRequiredProperty("local.server.port") + "/fhir");
    }

    private Exchange(FhirContext context, Supplier<String> base) {
        this.context = context;
        this.base = base;
    }

    /** The same with another server. */
    public Exchange at(String otherBase) {
        return new Exchange(context, () -> otherBase);
    }

    /** A facility, an identifier value or a submission that no other test uses. */
    public static String unique(String prefix) {
        return prefix + "-" + UUID.randomUUID();
    }

    /** A file beside the test classes or on the class path of a module. */
    public static String resource(String path) {
        try (InputStream stream = Exchange.class.getResourceAsStream(path)) {
            if (stream == null) {
                throw new IllegalArgumentException(path + " is not on the class path.");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public FhirContext context() {
        return context;
    }

    /** Where the server answers, without a slash at the end. */
    public String base() {
        return base.get();
    }

    /** What the exchange says to who watches over it. */
    public Answer readiness() {
        return health("readiness");
    }

    /** @param what one of the groups of the exchange's health */
    public Answer health(String what) {
        return get(base().replaceFirst("/fhir$", "/actuator/health/" + what));
    }

    public Answer get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    public Answer post(String path, String json, String... headers) {
        return send(request(path, headers).header("Content-Type", FHIR_JSON).POST(BodyPublishers.ofString(json)));
    }

    public Answer post(Bundle bundle, String facility) {
        return post("", context.newJsonParser().encodeResourceToString(bundle), "Keneya-Facility", facility);
    }

    /** The resource as a client would send it. */
    public String json(IBaseResource resource) {
        return context.newJsonParser().encodeResourceToString(resource);
    }

    /** Creates one record. */
    public Answer create(IBaseResource resource, String... headers) {
        return post(resource.fhirType(), json(resource), headers);
    }

    public Answer put(String path, IBaseResource resource, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", FHIR_JSON)
                .PUT(BodyPublishers.ofString(context.newJsonParser().encodeResourceToString(resource))));
    }

    public Answer delete(String path, String... headers) {
        return send(request(path, headers).DELETE());
    }

    /** Any method, content type and body. */
    public Answer send(String method, String path, String contentType, BodyPublisher body, String... headers) {
        return send(request(path, headers).header("Content-Type", contentType).method(method, body));
    }

    /** @param path relative to the base, empty for the base itself, or a whole URL (as {@code next} links are) */
    private HttpRequest.Builder request(String path, String... headers) {
        URI uri = URI.create(path.startsWith("http") ? path : path.isEmpty() ? base() : base() + "/" + path);
        HttpRequest.Builder builder = HttpRequest.newBuilder(uri);
        return headers.length == 0 ? builder : builder.headers(headers);
    }

    /**
     * What a client of its own making sends, byte by byte.
     *
     * @param head the line of the request and its headers, each with its end; the name of the server is added
     * @return everything that came before the connection ended, also where the other side broke it off
     */
    public String raw(String head, String body) {
        return raw(URI.create(base()), head, body.getBytes(StandardCharsets.UTF_8));
    }

    /** @param link where the server is reached */
    public String raw(URI link, String head, byte[] body) {
        return new RawRequest(link, head, body).send();
    }

    private Answer send(HttpRequest.Builder builder) {
        builder.timeout(LONGEST);
        Optional<Watch> watch = Watch.current();
        boolean named =
                builder.copy().build().headers().firstValue(Watch.REQUEST_ID).isPresent();
        String id = watch.isEmpty() || named ? null : Watch.newId();
        HttpRequest request = id == null
                ? builder.build()
                : builder.header(Watch.REQUEST_ID, id).build();
        try {
            long sent = System.nanoTime();
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            Duration took = Duration.ofNanos(System.nanoTime() - sent);
            watch.ifPresent(each -> each.saw(new WatchedAnswer(
                    WatchedAnswer.Asked.of(request.method(), request.uri()),
                    request.headers().firstValue("Accept").orElse(""),
                    id,
                    response.statusCode(),
                    name -> response.headers().firstValue(name).orElse(null),
                    response.body(),
                    took)));
            return new Answer(response, context);
        } catch (HttpTimeoutException late) {
            watch.ifPresent(each -> each.missed(String.valueOf(request)));
            throw new UncheckedIOException(late);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(exception);
        }
    }
}
