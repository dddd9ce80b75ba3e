package ml.keneya.load.dhis2;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.tokens.Credentials;

/**
 * A personal access token of DHIS2 (since 2.38; "Personal Access Token" in the documentation for developers). It comes
 * out of a file, because command lines and environments are seen by others, and is written nowhere else.
 */
final class AccessToken implements Credentials {
    private static final int LONGEST = 1000;

    private final String token;

    private AccessToken(String token) {
        this.token = token;
    }

    static AccessToken in(Path file) {
        try {
            PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (view != null && isOpen(view.readAttributes().permissions())) {
                throw new PushException(ExitStatus.MISUSED, null, "dhis2.token-open", file, file);
            }
            String token = Files.readString(file, StandardCharsets.UTF_8).strip();
            // What is in the file is not shown, whatever it is.
            if (!token.matches("[\\x21-\\x7e]{1," + LONGEST + "}")) {
                throw new PushException(ExitStatus.MISUSED, null, "dhis2.token-unusable", file);
            }
            return new AccessToken(token);
        } catch (IOException unreadable) {
            throw new PushException(
                    ExitStatus.MISUSED,
                    unreadable,
                    "dhis2.token-unreadable",
                    file,
                    unreadable.getClass().getSimpleName());
        }
    }

    /** Only a file that nobody may write may be read by its group: so systemd hands over credentials (0440). */
    private static boolean isOpen(Set<PosixFilePermission> permissions) {
        return permissions.contains(PosixFilePermission.OTHERS_READ)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)
                || permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.GROUP_READ)
                        && permissions.contains(PosixFilePermission.OWNER_WRITE);
    }

    @Override
    public Optional<String> authorization() {
        return Optional.of("ApiToken " + token);
    }

    @Override
    public boolean renewed(String refused) {
        return false;
    }
}
