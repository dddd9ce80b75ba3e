package ml.keneya.chaos;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import ml.keneya.test.Answer;

/** Readers of what was acknowledged: it is there, or they are asked to come back. */
final class Readers {

    private static final int READERS = 2;

    private final ServerProcess server;
    private final Ledger ledger;
    private final List<CompletableFuture<Void>> readers;
    private volatile boolean reading = true;

    Readers(ServerProcess server, Ledger ledger) {
        this.server = server;
        this.ledger = ledger;
        this.readers = IntStream.range(0, READERS)
                .mapToObj(reader -> CompletableFuture.runAsync(this::read, command -> new Thread(command).start()))
                .toList();
    }

    /** Throws what one of them should not have been answered. */
    void stop() {
        reading = false;
        readers.forEach(CompletableFuture::join);
    }

    private void read() {
        Clinic clinic = new Clinic(server.base());
        while (reading) {
            for (List<String> locations : ledger.acknowledged().values()) {
                Answer answer = clinic.read(locations.get(0));
                if (answer.status() != 200) {
                    answer.asksToComeBack();
                }
                if (!reading) {
                    return;
                }
            }
            ServerProcess.pause(20);
        }
    }
}
