package ml.keneya.profiles;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The example files of one verdict: {@code <verdict>/<profile>/<name>.json}. */
final class Examples {

    private static final Path ROOT = Path.of("src/test/resources");

    private Examples() {}

    static List<Example> of(String verdict) {
        try (var files = Files.walk(ROOT.resolve(verdict))) {
            return files.filter(Files::isRegularFile).sorted().map(Example::new).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    record Example(Path file) {

        String profile() {
            return file.getParent().getFileName().toString();
        }

        String name() {
            return profile() + "/" + file.getFileName().toString().replace(".json", "");
        }

        /** The rule that the example breaks, which its name begins with. */
        String rule() {
            return file.getFileName().toString().split("--", 2)[0];
        }

        String json() {
            return read(file);
        }
    }
}
