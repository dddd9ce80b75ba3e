package ml.keneya.load.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** A file for its owner's eyes only, from its first byte on. */
final class SecretFile {
    private SecretFile() {}

    /** @throws java.nio.file.FileAlreadyExistsException when there is one: a key in use must not be written over */
    static void create(Path file, String content) throws IOException {
        Files.writeString(Files.createFile(file, readableByItsOwnerOnly()), content + "\n", StandardCharsets.UTF_8);
    }

    /** Puts the file in the place of an older one. */
    static void replace(Path file, String content) throws IOException {
        Files.deleteIfExists(file);
        create(file, content);
    }

    private static FileAttribute<?>[] readableByItsOwnerOnly() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
