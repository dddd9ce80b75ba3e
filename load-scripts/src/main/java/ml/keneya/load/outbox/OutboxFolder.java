package ml.keneya.load.outbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The folder of an outbox: what waits lies in it, what was taken in {@code sent/}, what was not in {@code refused/},
 * each with the answer beside it.
 *
 * <p>A name that begins with a dot or ends with {@code .part} or {@code .tmp} is a file in the making and left alone.
 * Whoever writes here from elsewhere does as {@link #put} does: writes under such a name, then renames.
 */
public final class OutboxFolder {
    static final String SENT = "sent";
    static final String REFUSED = "refused";
    private static final String ANSWER = ".answer.json";
    private static final String NOTE = ".later";
    // So many at most are held in memory, whatever weeks without a link have piled up.
    private static final int BATCH = 1000;

    private final Path root;

    private OutboxFolder(Path root) {
        this.root = root;
    }

    /**
     * Opens a folder, and makes it when it is not there.
     *
     * @throws IOException when that is not possible
     */
    public static OutboxFolder of(Path root) throws IOException {
        Files.createDirectories(root.resolve(SENT));
        Files.createDirectories(root.resolve(REFUSED));
        return new OutboxFolder(root);
    }

    /** A file that waits. */
    record Waiting(Path file, String name, FileTime written) {}

    /** The oldest of those that wait, and how many there are. */
    record Queue(List<Waiting> oldest, long waiting) {}

    /**
     * Puts a bundle into the folder. When this returns, it lies on the disk whole and outlives a power cut.
     *
     * @param name of the file, without a path; {@code .json} is added where it is missing. Where the name is taken, a
     *     number is added
     * @param bundle a FHIR transaction or batch in JSON; read to its end, not closed
     * @return where it lies
     * @throws IllegalArgumentException when the name is none for a file of this folder
     * @throws IOException when it cannot be written, for example because the disk is full; nothing is left behind then
     */
    public Path put(String name, InputStream bundle) throws IOException {
        String whole = name.endsWith(".json") || name.endsWith(".json.gz") ? name : name + ".json";
        if (!whole.matches("[^./\\\\][^/\\\\]*")) {
            throw new IllegalArgumentException("Not a name for a file: " + name);
        }
        Path inTheMaking = root.resolve("." + UUID.randomUUID() + ".part");
        try {
            try (OutputStream file = Files.newOutputStream(inTheMaking, StandardOpenOption.CREATE_NEW)) {
                bundle.transferTo(file);
            }
            force(inTheMaking);
            return moved(inTheMaking, root, whole);
        } finally {
            Files.deleteIfExists(inTheMaking);
        }
    }

    /** @param wanted whether a file of this name is to be taken now */
    Queue queue(Predicate<String> wanted) throws IOException {
        var youngestFirst = new PriorityQueue<Waiting>(OLDEST_FIRST.reversed());
        long waiting = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(root, OutboxFolder::mayBeBundle)) {
            for (Path file : files) {
                waiting++;
                String name = String.valueOf(file.getFileName());
                if (wanted.test(name)) {
                    youngestFirst.add(new Waiting(file, name, writtenAt(file)));
                }
                if (youngestFirst.size() > BATCH) {
                    youngestFirst.poll();
                }
            }
        }
        return new Queue(youngestFirst.stream().sorted(OLDEST_FIRST).toList(), waiting);
    }

    private static final Comparator<Waiting> OLDEST_FIRST =
            Comparator.comparing(Waiting::written).thenComparing(Waiting::name);

    private static boolean mayBeBundle(Path file) {
        String name = String.valueOf(file.getFileName());
        return (name.endsWith(".json") || name.endsWith(".json.gz"))
                && !name.startsWith(".")
                && !Files.isDirectory(file);
    }

    private static FileTime writtenAt(Path file) throws IOException {
        try {
            return Files.getLastModifiedTime(file);
        } catch (NoSuchFileException movedAway) {
            return FileTime.fromMillis(0);
        }
    }

    void sent(Waiting file, String answer) throws IOException {
        settle(file, root.resolve(SENT), answer);
    }

    void refused(Waiting file, String answer) throws IOException {
        settle(file, root.resolve(REFUSED), answer);
    }

    // The answer first: a file that has been moved has its answer beside it, and one that has not is sent again and
    // gets
    // the same answer.
    private void settle(Waiting file, Path folder, String answer) throws IOException {
        String free = freeName(folder, file.name());
        Path inTheMaking = folder.resolve("." + free + ".part");
        Files.writeString(inTheMaking, answer);
        force(inTheMaking);
        Files.move(inTheMaking, folder.resolve(free + ANSWER), StandardCopyOption.REPLACE_EXISTING);
        Files.move(file.file(), folder.resolve(free));
        forget(file);
    }

    /**
     * Where the exchange will say what became of a file that it has taken for later.
     *
     * @param digest of the file's content
     * @param status the address
     */
    record Note(String digest, String status) {}

    /** Notes it, safe on the disk when this returns. */
    void note(Waiting file, Note note) throws IOException {
        Path inTheMaking = root.resolve("." + file.name() + NOTE + ".part");
        Files.writeString(inTheMaking, note.digest() + "\n" + note.status() + "\n");
        force(inTheMaking);
        Files.move(inTheMaking, noteOf(file), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        force(root);
    }

    Optional<Note> noted(Waiting file) throws IOException {
        try {
            List<String> lines = Files.readAllLines(noteOf(file));
            return lines.size() < 2 ? Optional.empty() : Optional.of(new Note(lines.get(0), lines.get(1)));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    void forget(Waiting file) throws IOException {
        Files.deleteIfExists(noteOf(file));
    }

    private Path noteOf(Waiting file) {
        return root.resolve("." + file.name() + NOTE);
    }

    private static String freeName(Path folder, String name) {
        String free = name;
        for (int number = 2; Files.exists(folder.resolve(free)); number++) {
            free = numbered(name, number);
        }
        return free;
    }

    private static String numbered(String name, int number) {
        int dot = name.indexOf(".json");
        return dot < 0 ? name + "." + number : name.substring(0, dot) + "." + number + name.substring(dot);
    }

    private static Path moved(Path file, Path folder, String name) throws IOException {
        while (true) {
            Path target = folder.resolve(freeName(folder, name));
            try {
                Files.move(file, target);
                force(folder);
                return target;
            } catch (FileAlreadyExistsException takenMeanwhile) {
                // Looks for the next free name.
            }
        }
    }

    private static void force(Path path) throws IOException {
        boolean folder = Files.isDirectory(path);
        try (FileChannel channel =
                FileChannel.open(path, folder ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    Path root() {
        return root;
    }
}
