package ml.keneya.load.bundles;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/** Finds bundles in files and folders, in the order of their names, and holds one bundle at a time. */
public final class BundleFiles {
    // Far above what an exchange takes in one bundle; it only keeps a wrong file from filling the memory.
    static final int LARGEST = 64 * 1024 * 1024;

    private static final List<String> LINES = List.of(".ndjson", ".jsonl");
    private static final int BUFFER = 64 * 1024;

    private final Consumer<BundleFile> taker;
    private final IntConsumer read;

    BundleFiles(Consumer<BundleFile> taker) {
        this(taker, bytes -> {});
    }

    /** @param read told how many bytes of a file have just been read, as they lie on the disk */
    public BundleFiles(Consumer<BundleFile> taker, IntConsumer read) {
        this.taker = taker;
        this.read = read;
    }

    /** How many bytes the files hold that a visit would open. */
    public static long size(Path path) {
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(file -> file.equals(path) || isNamedLikeBundles(file))
                    .filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException | UncheckedIOException unreadable) {
            // Only the estimate of what is left suffers; the visit will name what cannot be read.
            return 0;
        }
    }

    public void visit(Path path) {
        if (Files.isDirectory(path)) {
            children(path).forEach(this::visitListed);
        } else {
            open(path);
        }
    }

    // A folder may hold a README or a truth file; a file named by the user is always tried.
    private void visitListed(Path path) {
        if (Files.isDirectory(path) || isNamedLikeBundles(path)) {
            visit(path);
        }
    }

    private List<Path> children(Path folder) {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.sorted().toList();
        } catch (IOException unreadable) {
            taker.accept(unreadable(folder.toString(), unreadable));
            return List.of();
        }
    }

    private static boolean isNamedLikeBundles(Path path) {
        String name = nameWithoutGz(path);
        return name.endsWith(".json") || holdsLines(name);
    }

    private static boolean holdsLines(String name) {
        return LINES.stream().anyMatch(name::endsWith);
    }

    private static String nameWithoutGz(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.endsWith(".gz") ? name.substring(0, name.length() - ".gz".length()) : name;
    }

    private void open(Path path) {
        try (InputStream file = new BufferedInputStream(counted(Files.newInputStream(path)), BUFFER);
                InputStream content = BundleStream.inflated(file)) {
            if (holdsLines(nameWithoutGz(path))) {
                readLines(path, new LineReader(content, LARGEST));
            } else {
                taker.accept(whole(path, content));
            }
        } catch (IOException unreadable) {
            taker.accept(unreadable(path.toString(), unreadable));
        }
    }

    private InputStream counted(InputStream file) {
        return new FilterInputStream(file) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int bytes = super.read(buffer, offset, length);
                read.accept(Math.max(0, bytes));
                return bytes;
            }
        };
    }

    private void readLines(Path path, LineReader lines) throws IOException {
        for (var line = lines.next(); line.isPresent(); line = lines.next()) {
            String name = path + ":" + lines.number();
            if (lines.wasTooLong()) {
                taker.accept(tooLarge(name));
            } else if (line.get().length > 0) {
                taker.accept(new BundleFile.Found(name, line.get()));
            }
        }
    }

    private static BundleFile whole(Path path, InputStream content) throws IOException {
        byte[] bytes = content.readNBytes(LARGEST + 1);
        return bytes.length > LARGEST ? tooLarge(path.toString()) : new BundleFile.Found(path.toString(), bytes);
    }

    private static BundleFile tooLarge(String name) {
        return new BundleFile.Unreadable(name, "unreadable.too-large", LARGEST / (1024 * 1024) + " Mio");
    }

    private static BundleFile unreadable(String name, IOException cause) {
        return new BundleFile.Unreadable(
                name, "unreadable.file", cause.getClass().getSimpleName() + ": " + cause.getMessage());
    }
}
