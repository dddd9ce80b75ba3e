package ml.keneya.operations.postgresql;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** What PostgreSQL writes about itself, and where in it the current attempt to start begins. */
final class PostgresqlLog {

    /** Reached after years; one older file is kept, so that the log never fills the disk. */
    private static final long LARGEST = 10L * 1024 * 1024;

    /** A port taken since it was chosen, and processes of a killed predecessor that have not all noticed yet. */
    private static final List<String> PASSING =
            List.of("could not create any TCP/IP sockets", "shared memory block", "lock file \"postmaster.pid\"");

    private final Path file;
    private long begin;

    PostgresqlLog(Path file) {
        this.file = file;
    }

    void beginAttempt() throws IOException {
        begin = Files.exists(file) ? Files.size(file) : 0;
        if (begin > LARGEST) {
            Files.move(file, file.resolveSibling(file.getFileName() + ".old"), StandardCopyOption.REPLACE_EXISTING);
            begin = 0;
        }
    }

    boolean describesWhatMayPass() throws IOException {
        String text = currentAttempt();
        return PASSING.stream().anyMatch(text::contains);
    }

    String lastComplaint() throws IOException {
        return lastComplaint(currentAttempt());
    }

    /** The line that says why a program gave up; what follows it are hints and the word of its caller. */
    static String lastComplaint(String text) {
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        for (String sign : List.of("FATAL:", "PANIC:", "error:")) {
            for (int index = lines.size() - 1; index >= 0; index--) {
                int position = lines.get(index).indexOf(sign);
                if (position >= 0) {
                    return lines.get(index).substring(position + sign.length()).strip();
                }
            }
        }
        return lines.isEmpty() ? "?" : lines.get(lines.size() - 1).strip();
    }

    private String currentAttempt() throws IOException {
        byte[] all = Files.readAllBytes(file);
        return new String(all, (int) begin, all.length - (int) begin, StandardCharsets.UTF_8);
    }
}
