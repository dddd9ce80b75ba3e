package ml.keneya.load.detect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** Has the server's own rules look at counts, in a process of their own: this program holds none of its code. */
final class Judge {
    private static final String PROGRAM = "ml.keneya.surveillance.detect.JudgesCounts";
    private static final int MINUTES = 10;

    private final String classPath;

    /** @param classPath the server's program, which leads to all that it needs */
    Judge(String classPath) {
        this.classPath = classPath;
    }

    /** What one rule said: the disease, the weeks told of and the Mondays with a signal, by place. */
    record Said(String disease, Map<String, Integer> told, Map<String, Set<LocalDate>> signals) {}

    /** @return by rule */
    Map<String, Said> judge(Trial trial, Counted counted) {
        try {
            Path folder = Files.createTempDirectory("keneya-detect-");
            Path counts = folder.resolve("counts.csv");
            Path said = folder.resolve("said.csv");
            Files.write(counts, counted.lines());
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            classPath,
                            PROGRAM,
                            counts.toString(),
                            trial.judgedFrom().toString(),
                            trial.judgedUntil().toString(),
                            trial.known().toString(),
                            said.toString())
                    .inheritIO()
                    .start();
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new JudgeFailedException(classPath);
            }
            Map<String, Said> read = read(Files.readAllLines(said));
            Files.delete(counts);
            Files.delete(said);
            Files.delete(folder);
            return read;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new JudgeFailedException(classPath);
        }
    }

    static Map<String, Said> read(List<String> lines) {
        Map<String, Said> rules = new TreeMap<>();
        lines.stream()
                .map(line -> line.split(",", -1))
                .filter(cells -> cells[2].equals("told"))
                .forEach(cells -> rules.computeIfAbsent(
                                cells[0], rule -> new Said(cells[4], new TreeMap<>(), new TreeMap<>()))
                        .told()
                        .put(cells[1], Integer.parseInt(cells[3])));
        lines.stream()
                .map(line -> line.split(",", -1))
                .filter(cells -> cells[2].equals("signal"))
                .forEach(cells -> {
                    Said said = rules.get(cells[0]);
                    if (said != null) {
                        said.signals()
                                .computeIfAbsent(cells[1], place -> new TreeSet<>())
                                .add(LocalDate.parse(cells[3]));
                    }
                });
        return rules;
    }
}
