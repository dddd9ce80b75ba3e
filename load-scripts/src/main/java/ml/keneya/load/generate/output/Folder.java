package ml.keneya.load.generate.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/** A new folder of files; each stays open until the end, because pieces add to all of them in turn. */
final class Folder implements AutoCloseable {
    private final Path root;
    private final Map<String, OutputStream> open = new HashMap<>();

    private Folder(Path root) {
        this.root = root;
    }

    /** @throws NotWrittenException when it exists and is not empty, or cannot be made */
    static Folder create(Path root) {
        try {
            Files.createDirectories(root);
            try (DirectoryStream<Path> inside = Files.newDirectoryStream(root)) {
                if (inside.iterator().hasNext()) {
                    throw NotWrittenException.notEmpty(root);
                }
            }
            return new Folder(root);
        } catch (IOException failed) {
            throw NotWrittenException.because(failed, root);
        }
    }

    void add(Map<String, byte[]> files) {
        files.forEach(this::add);
    }

    void add(String path, byte[] bytes) {
        try {
            stream(path).write(bytes);
        } catch (IOException failed) {
            throw NotWrittenException.because(failed, root.resolve(path));
        }
    }

    private OutputStream stream(String path) throws IOException {
        OutputStream known = open.get(path);
        if (known != null) {
            return known;
        }
        Path file = root.resolve(path);
        Path parent = file.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        OutputStream stream = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        open.put(path, stream);
        return stream;
    }

    @Override
    public void close() {
        for (OutputStream stream : open.values()) {
            try {
                stream.close();
            } catch (IOException failed) {
                throw NotWrittenException.because(failed, root);
            }
        }
    }
}
