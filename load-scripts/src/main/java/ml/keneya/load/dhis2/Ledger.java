package ml.keneya.load.dhis2;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import ml.keneya.load.agency.EpidemiologicalWeek;
import ml.keneya.load.exchange.Json;
import ml.keneya.load.folder.DurableFile;
import ml.keneya.load.terminal.ExitStatus;
import org.jspecify.annotations.Nullable;

/**
 * Remembers in a folder what one DHIS2 holds of us, a file a week. One push at a time keeps it; the lock ends with the
 * process, however it ends.
 */
final class Ledger implements AutoCloseable {
    private static final String DESTINATION = "destination.json";

    private final Path folder;
    private final @Nullable FileChannel lock;

    private Ledger(Path folder, @Nullable FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** For a push that stores nothing, and therefore notes nothing: not even the folder is made. */
    static Ledger forReading(Path folder, Destination destination) {
        try {
            if (Files.exists(folder.resolve(DESTINATION))) {
                check(folder, destination);
            }
            return new Ledger(folder, null);
        } catch (IOException failed) {
            throw unusable(folder, failed);
        }
    }

    /** @throws PushException when another push has it, when it belongs to another destination, or cannot be kept */
    static Ledger open(Path folder, Destination destination) {
        try {
            Files.createDirectories(folder);
            FileChannel lock =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                lock(folder, lock);
                if (Files.exists(folder.resolve(DESTINATION))) {
                    check(folder, destination);
                } else {
                    DurableFile.write(folder.resolve(DESTINATION), destination.json() + "\n");
                }
                return new Ledger(folder, lock);
            } catch (IOException | RuntimeException failed) {
                lock.close();
                throw failed;
            }
        } catch (IOException failed) {
            throw unusable(folder, failed);
        }
    }

    private static void lock(Path folder, FileChannel lock) throws IOException {
        try {
            if (lock.tryLock() == null) {
                throw new PushException(ExitStatus.MISUSED, null, "dhis2.ledger-in-use", folder);
            }
        } catch (OverlappingFileLockException inThisProcess) {
            throw new PushException(ExitStatus.MISUSED, inThisProcess, "dhis2.ledger-in-use", folder);
        }
    }

    private static void check(Path folder, Destination destination) throws IOException {
        try (InputStream text = Files.newInputStream(folder.resolve(DESTINATION))) {
            JsonNode kept = Json.read(text);
            if (!destination.json().equals(kept)) {
                throw new PushException(ExitStatus.MISUSED, null, "dhis2.ledger-of-others", folder, kept, destination);
            }
        }
    }

    WeekLedger week(EpidemiologicalWeek week) {
        try {
            return WeekLedger.read(folder.resolve(week + ".json"));
        } catch (IOException failed) {
            throw unusable(folder, failed);
        }
    }

    void keep(WeekLedger week) {
        if (lock == null) {
            throw new IllegalStateException("This ledger is for reading.");
        }
        try {
            week.write();
        } catch (IOException failed) {
            throw unusable(folder, failed);
        }
    }

    private static PushException unusable(Path folder, IOException failed) {
        return new PushException(
                ExitStatus.BROKEN,
                failed,
                "dhis2.ledger-unusable",
                folder,
                failed.getClass().getSimpleName() + ": " + failed.getMessage());
    }

    @Override
    public void close() {
        if (lock != null) {
            try {
                lock.close();
            } catch (IOException failed) {
                throw unusable(folder, failed);
            }
        }
    }
}
