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
 * What clinics have in their hands: an acknowledgement counts once it is on the disk, before the next bundle is sent.
 * Bundles without an answer are those that a clinic would send again.
 */
final class Ledger implements AutoCloseable {

    private final FileChannel file;
    private final Map<Visit, List<String>> acknowledged = new ConcurrentHashMap<>();
    private final Map<Visit, Boolean> unanswered = new ConcurrentHashMap<>();

    Ledger(Path path) {
        try {
            Files.createDirectories(path.getParent());
            file = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    synchronized void acknowledge(Visit visit, List<String> locations) {
        String line = visit.number() + " " + String.join(" ", locations) + "\n";
        try {
            file.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
            file.force(true);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        unanswered.remove(visit);
        acknowledged.put(visit, locations);
    }

    void noAnswer(Visit visit) {
        unanswered.put(visit, true);
    }

    Map<Visit, List<String>> acknowledged() {
        return Map.copyOf(acknowledged);
    }

    List<Visit> unanswered() {
        return List.copyOf(unanswered.keySet());
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
