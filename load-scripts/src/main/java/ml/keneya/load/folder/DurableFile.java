package ml.keneya.load.folder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes a file that is whole or not there, also after the power has failed, and that only its owner reads if it holds
 * counts of small places, which tell of persons.
 */
public final class DurableFile {
    private DurableFile() {}

    /** Who may read a file besides its owner. */
    public enum Readers {
        NOBODY_ELSE,
        /** As the machine has it for new files. */
        USUAL
    }

    public static void write(Path file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8), Readers.NOBODY_ELSE);
    }

    public static void write(Path file, byte[] content, Readers readers) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        try (FileChannel channel = FileChannel.open(
                part, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes(readers))) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        forceFolder(file.toAbsolutePath().getParent());
    }

    // The name itself is in the folder; where folders cannot be opened the system keeps its own promises.
    private static void forceFolder(@Nullable Path folder) {
        if (folder == null) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException notOfThisSystem) {
            // As it was.
        }
    }

    private static FileAttribute<?>[] attributes(Readers readers) {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix && readers == Readers.NOBODY_ELSE
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
