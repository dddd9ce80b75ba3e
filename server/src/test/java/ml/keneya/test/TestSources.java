package ml.keneya.test;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A server on this machine from which the exchange of the tests may fetch files below {@code /files/}. */
public final class TestSources {

    private static final Map<String, HttpHandler> HANDLERS = new ConcurrentHashMap<>();
    private static final List<HttpExchange> REQUESTS = new CopyOnWriteArrayList<>();
    private static final HttpServer SERVER = start();

    private TestSources() {}

    /** What the exchange may fetch from, as its setting says it. */
    public static String allowed() {
        return origin() + "/files/";
    }

    public static String origin() {
        return "http://127.0.0.1:" + port();
    }

    public static int port() {
        return SERVER.getAddress().getPort();
    }

    /** @return the address under which the file can be fetched from now on */
    public static String serve(String name, String lines, String... headers) {
        return serve(name, request -> {
            for (int index = 0; index < headers.length; index += 2) {
                request.getResponseHeaders().set(headers[index], headers[index + 1]);
            }
            byte[] body = lines.getBytes(StandardCharsets.UTF_8);
            request.sendResponseHeaders(200, body.length);
            request.getResponseBody().write(body);
        });
    }

    public static String serve(String name, HttpHandler handler) {
        HANDLERS.put("/files/" + name, handler);
        return allowed() + name;
    }

    /** What was asked for below a path. */
    public static List<HttpExchange> requestsOf(String path) {
        return REQUESTS.stream()
                .filter(request -> request.getRequestURI().getPath().startsWith(path))
                .toList();
    }

    private static void answer(HttpExchange request) throws IOException {
        REQUESTS.add(request);
        HttpHandler handler = HANDLERS.get(request.getRequestURI().getPath());
        try (request) {
            if (handler == null) {
                request.sendResponseHeaders(404, -1);
            } else {
                handler.handle(request);
            }
        }
    }

    private static HttpServer start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
            server.createContext("/", TestSources::answer);
            server.setExecutor(Executors.newCachedThreadPool(work -> {
                Thread thread = new Thread(work, "test source");
                thread.setDaemon(true);
                return thread;
            }));
            server.start();
            return server;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
