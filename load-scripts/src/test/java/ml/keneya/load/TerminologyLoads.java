package ml.keneya.load;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import ml.keneya.load.test.ScriptedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code ./keneya terminology load} against a scripted exchange and looks at what it sent. */
abstract class TerminologyLoads {

    @TempDir
    Path folder;

    ScriptedServer exchange;

    @BeforeEach
    void start() throws IOException {
        exchange = new ScriptedServer();
    }

    @AfterEach
    void stop() {
        exchange.close();
    }

    static String state(int pieces, boolean whole) {
        return """
                {"resourceType":"Parameters","parameter":[{"name":"pieces","valueInteger":%d},
                 {"name":"whole","valueBoolean":%s},{"name":"concepts","valueInteger":2}]}
                """.formatted(pieces, whole);
    }

    static void entry(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    ProgramRun load(Path file, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("terminology", "load", "--base", exchange.base(), file.toString()));
        arguments.addAll(List.of(more));
        return ProgramRun.of(arguments.toArray(String[]::new));
    }

    List<String> pieces() {
        List<String> pieces = new ArrayList<>();
        for (int index = 0; index < exchange.requests().size(); index++) {
            pieces.add(query(index).get("piece"));
        }
        return pieces;
    }

    Map<String, String> query(int request) {
        Map<String, String> query = new TreeMap<>();
        String path = exchange.requests().get(request).path();
        for (String parameter : path.substring(path.indexOf('?') + 1).split("&")) {
            String[] parts = parameter.split("=", 2);
            query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    List<String> facts() {
        List<String> facts = new ArrayList<>();
        for (int index = 0; index < exchange.requests().size(); index++) {
            text(index).lines().forEach(facts::add);
        }
        return facts;
    }

    String text(int request) {
        try (var text = new GZIPInputStream(
                new ByteArrayInputStream(exchange.requests().get(request).body()))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
