package ml.keneya.guide;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * One example file of the profiles: {@code <verdict>/<profile>/<name>.json}.
 *
 * @param verdict {@code valid}, {@code warned} or {@code invalid}
 * @param name its file name without the ending; for what is not valid, the broken rule, two dashes, and what is shown
 */
public record Example(String verdict, String profile, String name, String json) {

    private static final List<String> VERDICTS = List.of("valid", "warned", "invalid");

    public static List<Example> in(Path folder) {
        return VERDICTS.stream()
                .map(folder::resolve)
                .filter(Files::isDirectory)
                .flatMap(Example::filesIn)
                .toList();
    }

    private static Stream<Example> filesIn(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files
                    .filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(file -> read(folder, file))
                    .toList()
                    .stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Example read(Path folder, Path file) {
        return new Example(
                folder.getFileName().toString(),
                folder.relativize(file).getName(0).toString(),
                file.getFileName().toString().replaceAll("\\.json$", ""),
                ConformanceContent.read(file));
    }

    /** What it shows, in the words of its file name. */
    String shows() {
        return name.substring(name.indexOf("--") < 0 ? 0 : name.indexOf("--") + 2)
                .replace('-', ' ');
    }

    /** The rule that it breaks; empty for a valid one. */
    String rule() {
        return name.contains("--") ? name.substring(0, name.indexOf("--")) : "";
    }
}
