package ml.keneya.operations.postgresql;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** What is done to a folder with everything in it. */
final class FileTrees {

    private FileTrees() {}

    static void delete(Path folder) throws IOException {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            visit(folder, Files::delete);
        }
    }

    /** The folder itself changes hands last, so that an interrupted change is seen and done again. */
    static void changeOwner(Path folder, int userId, int groupId) throws IOException {
        visit(folder, path -> {
            Files.setAttribute(path, "unix:uid", userId, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", groupId, LinkOption.NOFOLLOW_LINKS);
        });
    }

    /** Brings everything to the disk, so that a folder that bears its final name is complete after a power cut too. */
    static void flush(Path folder) throws IOException {
        visit(folder, path -> {
            if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
            }
        });
    }

    private static void visit(Path folder, Step step) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                step.on(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                if (failure != null) {
                    throw failure;
                }
                step.on(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private interface Step {
        void on(Path path) throws IOException;
    }
}
