package ml.keneya.operations.postgresql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The main process of a PostgreSQL, as its file {@code postmaster.pid} names it. */
record Postmaster(long processId, Path dataDirectory) {

    private static final Logger log = LoggerFactory.getLogger(Postmaster.class);

    /** A fast stop writes a checkpoint, which takes its time on a slow disk. */
    private static final Duration FAST_STOP = Duration.ofSeconds(60);

    private static final Duration HARD_STOP = Duration.ofSeconds(10);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    static Optional<Postmaster> of(Path dataDirectory) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file(dataDirectory));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Postmaster(Long.parseLong(lines.get(0).strip()), dataDirectory));
    }

    /**
     * Whether that process is still the PostgreSQL of this folder, and not another program that was given its number
     * since. PostgreSQL works inside its data folder, and a process that has ended without being collected has none.
     */
    boolean isRunning() {
        Path process = Path.of("/proc", Long.toString(processId));
        try {
            return Files.readString(process.resolve("comm")).strip().equals("postgres")
                    && Files.isSameFile(process.resolve("cwd"), dataDirectory);
        } catch (IOException exception) {
            return false;
        }
    }

    /** Ends all sessions and stops; harder and harder when it does not. */
    void stop() throws IOException {
        if (stoppedBy("INT", FAST_STOP)) {
            return;
        }
        log.warn("PostgreSQL {} did not stop within {}; it will recover at its next start.", processId, FAST_STOP);
        if (!stoppedBy("QUIT", HARD_STOP) && !stoppedBy("KILL", HARD_STOP)) {
            throw new IOException("PostgreSQL " + processId + " cannot be stopped.");
        }
    }

    /** PostgreSQL takes the number of any living process of the same user for its own predecessor's. */
    void forgetIfAnotherProgramHasItsNumber() throws IOException {
        if (ProcessHandle.of(processId).isPresent() && !isRunning()) {
            Files.deleteIfExists(file(dataDirectory));
        }
    }

    private boolean stoppedBy(String signal, Duration patience) throws IOException {
        // Java can only send TERM, on which PostgreSQL waits for its clients to leave.
        Command.of(List.of("sh", "-c", "kill -" + signal + " " + processId))
                .runWritingTo(Path.of("/dev/null"), HARD_STOP);
        long deadline = System.nanoTime() + patience.toNanos();
        while (isRunning()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Pause.of(BETWEEN_LOOKS);
        }
        return true;
    }

    private static Path file(Path dataDirectory) {
        return dataDirectory.resolve("postmaster.pid");
    }
}
