package ml.keneya.operations.postgresql;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One program of the operating system, run to its end. */
record Command(List<String> words) {

    /** What the shell reports for a program that does not exist. */
    private static final int NOT_FOUND = 127;

    private static final int TIMED_OUT = 124;

    Command {
        words = List.copyOf(words);
    }

    static Command of(List<String> words) {
        return new Command(words);
    }

    Command with(String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return new Command(all);
    }

    Outcome run(Duration patience) {
        try {
            Path output = Files.createTempFile("keneya-", ".out");
            try {
                int status = runWritingTo(output, patience);
                return new Outcome(status, Files.readString(output));
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /**
     * The output goes to a file and never to a pipe: what the program leaves running in the background would keep a
     * pipe open for ever.
     */
    int runWritingTo(Path output, Duration patience) {
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                // The current folder may be closed to the account under which the program runs.
                .directory(new File("/"));
        // What the operator's shell says about another PostgreSQL must not reach this one.
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        Process process;
        try {
            process = builder.start();
        } catch (IOException exception) {
            return NOT_FOUND;
        }
        try {
            if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        return TIMED_OUT;
    }

    record Outcome(int status, String output) {

        boolean succeeded() {
            return status == 0;
        }
    }
}
