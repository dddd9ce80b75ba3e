package ml.keneya.operations.postgresql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A password that nobody chose: random, kept in a file that only its owner reads. */
final class Password {

    private static final int BYTES = 24;

    private Password() {}

    /** The file appears complete or not at all, because a lost password locks the database. */
    static String keptIn(Path folder, String role) throws IOException {
        Path file = folder.resolve("postgresql-" + role + ".password");
        if (!Files.exists(file)) {
            Path unfinished = write(folder, random());
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.readString(file).strip();
    }

    /** A file for the one program that must read the password from a file. */
    static Path write(Path folder, String password) throws IOException {
        Path file = Files.createTempFile(
                folder,
                ".password-",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, password + "\n");
        FileTrees.flush(file);
        return file;
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
