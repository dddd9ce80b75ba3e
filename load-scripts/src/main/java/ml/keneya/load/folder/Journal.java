package ml.keneya.load.folder;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Remembers in a file what became of each bundle of a folder, so that a run that was stopped goes on where it was.
 *
 * <p>It saves work and nothing else: the exchange itself knows a bundle that is sent again, so a line that is lost with
 * the power costs one repetition, and lines are not forced to the disk.
 */
final class Journal implements AutoCloseable {
    private static final String FORM = "keneya-load 1";

    private final Path path;
    private final RandomAccessFile file;
    private final Map<Digest, Fate> known = new HashMap<>();

    /** What became of a bundle; one that was not sent is not noted, because it is tried again. */
    enum Fate {
        ACCEPTED,
        REFUSED
    }

    /** The first half of a SHA-256: no two bundles of a country share it, and a million of them fit in memory. */
    private record Digest(long first, long second) {
        private static Digest of(String digest) {
            String hex = digest.substring("sha256-".length());
            return new Digest(HexFormat.fromHexDigitsToLong(hex, 0, 16), HexFormat.fromHexDigitsToLong(hex, 16, 32));
        }
    }

    private Journal(Path path, RandomAccessFile file) {
        this.path = path;
        this.file = file;
    }

    /**
     * Opens a journal, or begins it.
     *
     * @param delivery to whom and as whom the bundles are sent; a journal of other deliveries says nothing about these
     */
    static Journal open(Path path, String delivery) {
        try {
            var file = new RandomAccessFile(path.toFile(), "rw");
            var journal = new Journal(path, file);
            try {
                journal.lock();
                journal.read(FORM + " " + delivery);
                return journal;
            } catch (IOException | RuntimeException failed) {
                file.close();
                throw failed;
            }
        } catch (IOException failed) {
            throw JournalException.because(failed, path);
        }
    }

    // The lock ends with the process, however it ends.
    private void lock() throws IOException {
        try {
            FileLock lock = file.getChannel().tryLock();
            if (lock == null) {
                throw JournalException.inUse(path);
            }
        } catch (OverlappingFileLockException inUse) {
            throw JournalException.inUse(path);
        }
    }

    private void read(String header) throws IOException {
        if (file.length() == 0) {
            write(header + "\n");
            return;
        }
        try (Stream<String> lines = Files.lines(path, StandardCharsets.UTF_8)) {
            var each = lines.iterator();
            String first = each.next();
            if (!first.equals(header)) {
                throw JournalException.ofOthers(path, first);
            }
            each.forEachRemaining(this::learn);
        }
        endTornLine();
    }

    // A line that was cut by a full disk or a lost process has no meaning; its bundle is sent again.
    private void learn(String line) {
        String[] parts = line.split(" ", 3);
        if (parts.length == 3 && parts[0].matches("sha256-[0-9a-f]{64}")) {
            fate(parts[1]).ifPresent(fate -> known.put(Digest.of(parts[0]), fate));
        }
    }

    private static Optional<Fate> fate(String word) {
        return Stream.of(Fate.values()).filter(fate -> fate.name().equals(word)).findFirst();
    }

    private void endTornLine() throws IOException {
        file.seek(file.length() - 1);
        if (file.read() != '\n') {
            write("\n");
        }
        file.seek(file.length());
    }

    synchronized @Nullable Fate fateOf(String digest) {
        return known.get(Digest.of(digest));
    }

    /** Notes what became of a bundle. */
    synchronized void note(String digest, Fate fate, String name) {
        try {
            write(digest + " " + fate + " " + name.replace('\n', ' ') + "\n");
        } catch (IOException failed) {
            throw JournalException.because(failed, path);
        }
        known.put(Digest.of(digest), fate);
    }

    private void write(String text) throws IOException {
        file.write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException failed) {
            throw JournalException.because(failed, path);
        }
    }
}
