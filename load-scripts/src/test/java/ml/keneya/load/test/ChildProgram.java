package ml.keneya.load.test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program in a process of its own, so that a test can stop or kill it. */
public final class ChildProgram implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 300;
    private static final String QUICKLY_COMPILED = "-XX:TieredStopAtLevel=1";

    private final Process process;
    private final Path results;
    private final Path remarks;

    private ChildProgram(Process process, Path results, Path remarks) {
        this.process = process;
        this.results = results;
        this.remarks = remarks;
    }

    /** @param folder where what it writes is kept */
    public static ChildProgram start(Path folder, String... arguments) throws IOException {
        return start(folder, List.of(), "-Xmx64m", arguments);
    }

    /**
     * @param before words in front of the command, such as a shell that sets a limit
     * @param memory how much of it Java may take, as its option
     */
    public static ChildProgram start(Path folder, List<String> before, String memory, String... arguments)
            throws IOException {
        return startWith(folder, before, List.of(QUICKLY_COMPILED, memory), arguments);
    }

    /** @param options of the Java machine */
    public static ChildProgram startWith(Path folder, List<String> options, String... arguments) throws IOException {
        return startWith(folder, List.of(), options, arguments);
    }

    private static ChildProgram startWith(Path folder, List<String> before, List<String> options, String... arguments)
            throws IOException {
        Path results = Files.createTempFile(folder, "results", ".txt");
        Path remarks = Files.createTempFile(folder, "remarks", ".txt");
        List<String> command = new ArrayList<>(before);
        // Whoever was started in the background would hand on that Ctrl-C is ignored.
        command.addAll(List.of(
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(options);
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), "ml.keneya.load.LoadScripts", "--lang", "fr"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectOutput(results.toFile())
                .redirectError(remarks.toFile())
                .start();
        return new ChildProgram(process, results, remarks);
    }

    /** As service managers do: it may end in order. */
    public void stop() {
        process.destroy();
    }

    /** As Ctrl-C does. */
    public void interrupt() throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", "-s", "INT", String.valueOf(process.pid()))
                .start()
                .waitFor();
        if (status != 0) {
            throw new AssertionError("kill: " + status);
        }
    }

    /** As {@code kill -9} does: it may not. */
    public void kill() {
        process.destroyForcibly();
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    public int exitStatus() throws InterruptedException {
        return exitStatus(PATIENCE_SECONDS);
    }

    /** @param patience in seconds */
    public int exitStatus(long patience) throws InterruptedException {
        if (!process.waitFor(patience, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("Still running after " + patience + " s");
        }
        return process.exitValue();
    }

    public String results() throws IOException {
        return Files.readString(results, StandardCharsets.UTF_8);
    }

    public String remarks() throws IOException {
        return Files.readString(remarks, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
