package ml.keneya.load.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import ml.keneya.load.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/** An exchange of our own, started for one benchmark on an empty data folder and taken away afterwards. */
final class OwnServer implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("Ready: first \\S+ .* on (http\\S+)");
    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final Duration FAREWELL = Duration.ofSeconds(60);
    private static final int LOG_TAIL = 15;

    private final Process process;
    private final Path data;
    private final boolean temporary;
    private final Thread onInterrupt = new Thread(this::stop);

    private OwnServer(Process process, Path data, boolean temporary) {
        this.process = process;
        this.data = data;
        this.temporary = temporary;
        // Ctrl-C ends this program without its closing brackets; the server must not outlive it.
        Runtime.getRuntime().addShutdownHook(onInterrupt);
    }

    /**
     * Starts it and waits until it has answered its first request.
     *
     * @param jar the server's program
     * @param data an empty folder, or null for one that is deleted afterwards
     * @param settings variables of its environment
     */
    static OwnServer start(Path jar, @Nullable Path data, Map<String, String> settings, Terminal terminal) {
        if (!Files.isRegularFile(jar)) {
            throw new BenchException("bench.no-server-jar", jar);
        }
        try {
            Path folder = data == null ? temporaryFolder() : Files.createDirectories(data.toAbsolutePath());
            Path log = folder.resolve("server.log");
            terminal.remark("bench.starting", log);
            var builder =
                    new ProcessBuilder(command(jar)).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().put("KENEYA_PORT", "0");
            builder.environment().put("KENEYA_DATA", folder.toString());
            // Measures as whoever sits at the machine; it listens on loopback only.
            builder.environment().put("KENEYA_SECURITY_WITHOUT_TOKEN", "local");
            builder.environment().putAll(settings);
            var server = new OwnServer(builder.start(), folder, data == null);
            server.awaitReadiness(log);
            return server;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    // The account that PostgreSQL runs as, when we are root, must be able to reach it.
    private static Path temporaryFolder() throws IOException {
        return Files.setPosixFilePermissions(
                Files.createTempDirectory("keneya-bench-"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** As the launcher starts it. */
    private static List<String> command(Path jar) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + System.getenv().getOrDefault("KENEYA_HEAP", "1g"));
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"));
        String more = System.getenv().getOrDefault("KENEYA_JAVA_OPTIONS", "").strip();
        if (!more.isEmpty()) {
            command.addAll(List.of(more.split("\\s+")));
        }
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }

    private void awaitReadiness(Path log) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (address(log) == null) {
            if (!process.isAlive() || System.nanoTime() > end) {
                String tail = tail(log);
                close();
                throw new BenchException("bench.not-started", tail);
            }
            try {
                process.waitFor(300, TimeUnit.MILLISECONDS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                close();
                throw new BenchException("bench.stopped");
            }
        }
    }

    private static @Nullable String address(Path log) throws IOException {
        Matcher ready = READY.matcher(Files.readString(log));
        return ready.find() ? ready.group(1) : null;
    }

    private static String tail(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL), lines.size()));
    }

    String base() {
        try {
            String address = address(data.resolve("server.log"));
            if (address == null) {
                throw new IllegalStateException("Asked for the address of a server that is not ready");
            }
            return address;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    long process() {
        return process.pid();
    }

    /** The postmaster, which writes its number into the first line of this file. */
    long postgres() {
        try (Stream<String> lines = Files.lines(data.resolve("postgresql").resolve("postmaster.pid"))) {
            return Long.parseLong(lines.findFirst().orElse("").strip());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(onInterrupt);
        stop();
    }

    private void stop() {
        process.destroy();
        try {
            if (!process.waitFor(FAREWELL.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        if (temporary) {
            delete();
        }
    }

    private void delete() {
        try (Stream<Path> paths = Files.walk(data)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException remains) {
            // A folder that stays costs disk, not correctness, and its name says what it is.
            process.destroy();
        }
    }
}
