package ml.keneya.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Clinics that post one visit after the other and write down each acknowledgement before the next. */
final class Writers {

    private static final int WRITERS = 4;
    private static final long PATIENCE_MINUTES = 2;

    private final ServerProcess server;
    private final Ledger ledger;
    private final List<CompletableFuture<Void>> writers = new ArrayList<>();
    private volatile boolean posting = true;

    Writers(ServerProcess server, Ledger ledger) {
        this.server = server;
        this.ledger = ledger;
        for (int writer = 0; writer < WRITERS; writer++) {
            writers.add(CompletableFuture.runAsync(this::write, command -> new Thread(command).start()));
        }
    }

    /** @param enough so many more than there are now */
    void awaitAcknowledgements(int enough) {
        int before = ledger.acknowledged().size();
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
        while (ledger.acknowledged().size() - before < enough) {
            if (writers.stream().anyMatch(CompletableFuture::isCompletedExceptionally)) {
                stop();
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Nothing is acknowledged any more: " + before + " before");
            }
            ServerProcess.pause(20);
        }
    }

    /** Throws what one of them could not live with, such as an answer that no clinic could understand. */
    void stop() {
        posting = false;
        writers.forEach(CompletableFuture::join);
    }

    private void write() {
        Clinic clinic = new Clinic(server.base());
        while (posting) {
            Visit visit = Visit.next();
            Optional<List<String>> answer = clinic.post(visit);
            if (answer.isPresent()) {
                ledger.acknowledge(visit, answer.get());
            } else {
                ledger.noAnswer(visit);
                ServerProcess.pause(100);
            }
        }
    }
}
