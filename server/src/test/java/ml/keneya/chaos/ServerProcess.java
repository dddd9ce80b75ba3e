package ml.keneya.chaos;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import ml.keneya.operations.postgresql.PostgresqlConnection;

/** The exchange in a process of its own, which can be killed at any moment. */
public final class ServerProcess implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(10);

    private final PostgresqlConnection database;
    private final String mainClass;
    private final Path log;
    private final List<String> options;
    private final int port = freePort();
    private final HttpClient client = HttpClient.newHttpClient();
    private Process process;

    /** @param options as on the command line of the server */
    public ServerProcess(PostgresqlConnection database, String mainClass, Path log, String... options) {
        this.database = database;
        this.mainClass = mainClass;
        this.log = log;
        this.options = List.of(options);
        this.process = launch();
    }

    public String base() {
        return "http://127.0.0.1:" + port + "/fhir";
    }

    void kill() {
        process.destroyForcibly();
        waitForEnd();
    }

    void restart() {
        process = launch();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long processId() {
        return process.pid();
    }

    /** Whether whoever watches over it should let it run. */
    boolean isLive() {
        return healthIs("liveness");
    }

    /** Until it is ready for deliveries, which includes that it can reach its database. */
    public void awaitReady() {
        long deadline = System.nanoTime() + START.toNanos();
        while (!isReady()) {
            if (!process.isAlive()) {
                throw new IllegalStateException("The server ended by itself, see " + log);
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("The server is not ready after " + START + ", see " + log);
            }
            pause(100);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether whoever distributes requests should send it some. */
    boolean isReady() {
        return healthIs("readiness");
    }

    private boolean healthIs(String probe) {
        URI address = URI.create("http://127.0.0.1:" + port + "/actuator/health/" + probe);
        try {
            return client.send(
                                    HttpRequest.newBuilder(address)
                                            .timeout(Duration.ofSeconds(5))
                                            .build(),
                                    BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Compiled a little and at once: it lives for seconds only. */
    private Process launch() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx700m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                mainClass,
                "--server.port=" + port,
                "--keneya.security.without-token=local",
                "--keneya.database.url=" + database.url(),
                "--keneya.database.username=" + database.username(),
                "--keneya.database.password=" + database.password()));
        command.addAll(options);
        try {
            Files.createDirectories(log.getParent());
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Ours without the tests, unless it is a test that is started. */
    private String classPath() {
        String tests = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        boolean sane = mainClass.equals("ml.keneya.KeneyaApplication");
        return Arrays.stream(tests.split(File.pathSeparator))
                .filter(entry -> !sane || !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private void waitForEnd() {
        try {
            process.waitFor();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Not one of those that the system gives to whoever connects to something: seconds pass until the server takes it,
     * and others work meanwhile.
     */
    private static int freePort() {
        for (int attempt = 0; attempt < 100; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // Another one.
            }
        }
        throw new IllegalStateException("No port is free.");
    }

    static void pause(long milliseconds) {
        try {
            TimeUnit.MILLISECONDS.sleep(milliseconds);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
