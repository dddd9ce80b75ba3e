package ml.keneya.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import ml.keneya.chaos.Visit.Way;

/** Clinics that post one visit after the other and write down each acknowledgement before the next. */
final class Writers {

    /** One writer each. */
    static final List<Way> ALL_WAYS = List.of(Way.TRANSACTION, Way.TRANSACTION, Way.BATCH, Way.LATER);

    /** Accepting takes less time than carrying out: the queue is not to grow without end. */
    private static final int MILLISECONDS_BETWEEN_PROMISES = 100;

    private static final long PATIENCE_MINUTES = 2;

    private final ServerProcess server;
    private final Ledger ledger;
    private final List<CompletableFuture<Void>> writers = new ArrayList<>();
    private volatile boolean posting = true;

    Writers(ServerProcess server, Ledger ledger) {
        this(server, ledger, ALL_WAYS);
    }

    /** @param ways of one writer each */
    Writers(ServerProcess server, Ledger ledger, List<Way> ways) {
        this.server = server;
        this.ledger = ledger;
        for (Way way : ways) {
            writers.add(CompletableFuture.runAsync(() -> write(way), command -> new Thread(command).start()));
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

    private void write(Way way) {
        Clinic clinic = new Clinic(server.base());
        while (posting) {
            Visit visit = Visit.next(way);
            boolean answered = clinic.deliver(visit, ledger);
            if (!answered || way == Way.LATER) {
                ServerProcess.pause(MILLISECONDS_BETWEEN_PROMISES);
            }
        }
    }
}
