package ml.keneya.load.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.util.Map;
import ml.keneya.load.exchange.FhirBase;

/**
 * Speaks to one server with as little work of its own as possible, because it shares the cores with it: blocking, one
 * kept-alive connection a worker, no compression, no parsing.
 */
final class LoadClient {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int READ_MILLIS = 120_000;

    static {
        // The library keeps five idle connections, and quietly posts again when one breaks: both would falsify figures.
        System.setProperty("http.maxConnections", "256");
        System.setProperty("sun.net.http.retryPost", "false");
    }

    private final FhirBase base;
    private final Map<String, String> headers;

    LoadClient(FhirBase base, Map<String, String> headers) {
        this.base = base;
        this.headers = Map.copyOf(headers);
    }

    Response send(Request request) throws IOException {
        String address = request.path().isEmpty() ? base.uri().toString() : base.uri() + "/" + request.path();
        var connection =
                (HttpURLConnection) java.net.URI.create(address).toURL().openConnection();
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setRequestMethod(request.method());
        connection.setRequestProperty("Accept", "application/fhir+json");
        headers.forEach(connection::setRequestProperty);
        request.headers().forEach(connection::setRequestProperty);
        byte[] body = request.body();
        if (body != null) {
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/fhir+json");
            connection.setFixedLengthStreamingMode(body.length);
            try (var stream = connection.getOutputStream()) {
                stream.write(body);
            }
        }
        return read(connection);
    }

    private static Response read(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        boolean replayed = "true".equalsIgnoreCase(connection.getHeaderField("Keneya-Replayed"));
        try (InputStream stream = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return new Response(status, replayed, stream == null ? new byte[0] : stream.readAllBytes());
        }
    }
}
