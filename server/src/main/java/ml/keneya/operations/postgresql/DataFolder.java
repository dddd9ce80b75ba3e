package ml.keneya.operations.postgresql;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import ml.keneya.operations.start.StartRefused;
import org.jspecify.annotations.Nullable;

/** The folder that holds everything an exchange with its own PostgreSQL keeps; one process at a time may have it. */
final class DataFolder implements AutoCloseable {

    /** Closing any channel on a file gives up all locks of the process on it, so a second one must not be opened. */
    private static final Set<Path> HELD_BY_THIS_PROCESS = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private DataFolder(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    static DataFolder claim(Path path) {
        Path folder = created(path);
        if (!HELD_BY_THIS_PROCESS.add(folder)) {
            throw inUse(folder, Long.toString(ProcessHandle.current().pid()));
        }
        try {
            return new DataFolder(folder, lock(folder));
        } catch (RuntimeException exception) {
            HELD_BY_THIS_PROCESS.remove(folder);
            throw exception;
        }
    }

    Path path() {
        return folder;
    }

    Path database() {
        return folder.resolve("postgresql");
    }

    /** Becomes the database folder by its last step, so that an interrupted creation is never taken for a database. */
    Path unfinishedDatabase() {
        return folder.resolve("postgresql.unfinished");
    }

    Path binaries() {
        return folder.resolve("postgresql-binaries");
    }

    Path log() {
        return folder.resolve("postgresql.log");
    }

    Path port() {
        return folder.resolve("postgresql.port");
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD_BY_THIS_PROCESS.remove(folder);
        }
    }

    private static Path created(Path path) {
        try {
            Files.createDirectories(path);
            return path.toRealPath();
        } catch (IOException exception) {
            throw unusable(path, exception);
        }
    }

    private static FileChannel lock(Path folder) {
        Path file = folder.resolve("lock");
        FileChannel channel;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException exception) {
            throw unusable(folder, exception);
        }
        try {
            @Nullable FileLock lock = channel.tryLock();
            if (lock != null) {
                write(channel, Long.toString(ProcessHandle.current().pid()));
                return channel;
            }
            String holder = Files.readString(file).strip();
            channel.close();
            throw inUse(folder, holder);
        } catch (IOException exception) {
            throw unusable(folder, exception);
        }
    }

    private static void write(FileChannel channel, String text) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
    }

    private static StartRefused inUse(Path folder, String holder) {
        return new StartRefused(
                "Le dossier de données " + folder + " est déjà utilisé par le processus " + holder + ".",
                "Data folder " + folder + " is already in use by process " + holder + ".");
    }

    private static StartRefused unusable(Path folder, IOException cause) {
        return new StartRefused(
                "Le dossier de données " + folder + " est inutilisable (" + cause + ").",
                "Data folder " + folder + " cannot be used (" + cause + ").",
                cause);
    }
}
