package ml.keneya.load.export;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ml.keneya.load.exchange.Json;

/**
 * The folder of one export. A file has its name only when it is whole and its checksum is noted in {@code SHA256SUMS};
 * what an interruption leaves is therefore kept by the next run or fetched anew, never half.
 */
final class ExportFolder {
    static final String SUMS = "SHA256SUMS";
    static final String MANIFEST = "manifest.json";
    private static final String STATE = ".export.json";
    private static final int BUFFER = 1 << 16;

    private final Path root;
    private final Map<String, String> sums = new HashMap<>();

    private ExportFolder(Path root) {
        this.root = root;
    }

    static ExportFolder of(Path root) throws IOException {
        Files.createDirectories(root);
        var folder = new ExportFolder(root);
        folder.readSums();
        return folder;
    }

    private void readSums() throws IOException {
        Path file = root.resolve(SUMS);
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                String[] parts = line.split(" {2}", 2);
                if (parts.length == 2) {
                    sums.put(parts[1], parts[0]);
                }
            }
        }
    }

    /** The manifest of a whole export. */
    Optional<JsonNode> manifest() throws IOException {
        return read(MANIFEST);
    }

    /** Where the export is to be asked for that was begun with these words; nothing when it is another, or none. */
    Optional<String> begun(String words) throws IOException {
        return read(STATE)
                .filter(state -> state.path("asked").asText().equals(words))
                .map(state -> state.path("status").asText());
    }

    boolean holdsAnotherThan(String words) throws IOException {
        return read(STATE).isPresent() && begun(words).isEmpty();
    }

    private Optional<JsonNode> read(String name) throws IOException {
        Path file = root.resolve(name);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (InputStream text = Files.newInputStream(file)) {
            return Optional.of(Json.read(text));
        }
    }

    /** Forgets the files of an export that exists no longer, and notes the new one. */
    void begin(String words, String status) throws IOException {
        for (String name : List.copyOf(sums.keySet())) {
            Files.deleteIfExists(root.resolve(name));
        }
        sums.clear();
        Files.deleteIfExists(root.resolve(SUMS));
        write(STATE, Json.object().put("asked", words).put("status", status).toString());
    }

    /** Whether the file is there, as it came. */
    boolean has(ExportedFile file) throws IOException {
        Path path = root.resolve(file.name());
        String sum = sums.get(file.name());
        if (sum == null || !Files.exists(path)) {
            return false;
        }
        MessageDigest digest = sha256();
        try (InputStream text = Files.newInputStream(path)) {
            byte[] buffer = new byte[BUFFER];
            for (int count = text.read(buffer); count >= 0; count = text.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        }
        return sum.equals(HexFormat.of().formatHex(digest.digest()));
    }

    /**
     * Writes what comes, and gives it its name when it is whole.
     *
     * @throws IOException when it has not as many lines as it should have, or cannot be written
     */
    void take(ExportedFile file, InputStream body, Counter counter) throws IOException {
        Path part = root.resolve(file.name() + ".part");
        MessageDigest digest = sha256();
        long lines = 0;
        try (OutputStream stream = Files.newOutputStream(part)) {
            byte[] buffer = new byte[BUFFER];
            for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
                stream.write(buffer, 0, count);
                digest.update(buffer, 0, count);
                long more = linesIn(buffer, count);
                lines += more;
                counter.count(more, count);
            }
        } catch (IOException broken) {
            counter.count(-lines, 0);
            throw broken;
        }
        if (file.lines() >= 0 && lines != file.lines()) {
            counter.count(-lines, 0);
            throw new IOException("The file is not whole: " + lines + " lines of " + file.lines());
        }
        finish(part, file.name(), HexFormat.of().formatHex(digest.digest()));
    }

    /** Told of lines and bytes as they come; lines are taken back when the link breaks. */
    @FunctionalInterface
    interface Counter {
        void count(long lines, long bytes);
    }

    private static long linesIn(byte[] buffer, int count) {
        long lines = 0;
        for (int index = 0; index < count; index++) {
            if (buffer[index] == '\n') {
                lines++;
            }
        }
        return lines;
    }

    private synchronized void finish(Path part, String name, String sum) throws IOException {
        try (FileChannel disk = FileChannel.open(part, StandardOpenOption.WRITE)) {
            disk.force(true);
        }
        Files.move(part, root.resolve(name), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        sums.put(name, sum);
        // A line of the format that sha256sum checks.
        Files.writeString(
                root.resolve(SUMS),
                sum + "  " + name + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    void complete(JsonNode manifest) throws IOException {
        write(MANIFEST, manifest.toPrettyString() + "\n");
    }

    private void write(String name, String text) throws IOException {
        Path part = root.resolve(name + ".part");
        Files.writeString(part, text);
        Files.move(part, root.resolve(name), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256.", impossible);
        }
    }
}
