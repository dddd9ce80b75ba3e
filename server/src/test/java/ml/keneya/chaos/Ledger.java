package ml.keneya.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What clinics have in their hands: an acknowledgement, or a promise, counts once it is on the disk, before the next
 * bundle is sent. Bundles without an answer are those that a clinic would send again.
 */
final class Ledger implements AutoCloseable {

    private final FileChannel file;
    private final Map<Visit, List<String>> acknowledged = new ConcurrentHashMap<>();
    private final Map<Visit, String> promised = new ConcurrentHashMap<>();
    private final Map<Visit, List<String>> unanswered = new ConcurrentHashMap<>();

    Ledger(Path path) {
        try {
            Files.createDirectories(path.getParent());
            file = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    void acknowledge(Visit visit, List<String> locations) {
        write(visit, String.join(" ", locations));
        unanswered.remove(visit);
        promised.remove(visit);
        acknowledged.put(visit, locations);
    }

    /**
     * Accepted for later.
     *
     * @param status where its outcome will be
     */
    void promise(Visit visit, String status) {
        write(visit, status);
        promised.put(visit, status);
    }

    void noAnswer(Visit visit) {
        answeredInPart(visit, List.of());
    }

    /** @param locations of the records that were acknowledged; the others are to be sent again */
    void answeredInPart(Visit visit, List<String> locations) {
        write(visit, String.join(" ", locations));
        unanswered.put(visit, locations);
    }

    private synchronized void write(Visit visit, String answer) {
        try {
            file.write(ByteBuffer.wrap((visit.number() + " " + answer + "\n").getBytes(StandardCharsets.UTF_8)));
            file.force(true);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Map<Visit, List<String>> acknowledged() {
        return Map.copyOf(acknowledged);
    }

    Map<Visit, String> promised() {
        return Map.copyOf(promised);
    }

    /** With what of each was acknowledged all the same. */
    Map<Visit, List<String>> unanswered() {
        return Map.copyOf(unanswered);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
