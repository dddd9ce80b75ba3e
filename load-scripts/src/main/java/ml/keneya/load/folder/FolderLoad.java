package ml.keneya.load.folder;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import ml.keneya.load.bundles.BundleFile;
import ml.keneya.load.bundles.BundleFiles;
import ml.keneya.load.bundles.BundleSender;
import ml.keneya.load.bundles.LoadReport;
import ml.keneya.load.bundles.Outcome;
import ml.keneya.load.bundles.ReadBundle;
import org.jspecify.annotations.Nullable;

/**
 * Sends the bundles of a folder, several at a time, and notes in the journal what became of each.
 *
 * <p>A bundle that replaces, changes or deletes records is sent alone, after all before it and before all after it:
 * otherwise chance would decide which of two updates stands at the end. Bundles that only create overtake one another.
 */
final class FolderLoad {
    private static final long GRACE_SECONDS = 5;
    private static final long LOOK_MILLIS = 200;

    private final BundleSender sender;
    private final Journal journal;
    private final LoadReport report;
    private final Progress progress;
    private final Choices choices;
    private final Semaphore places;
    private final ExecutorService workers;
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private volatile boolean stopped;

    /**
     * What the user chose.
     *
     * @param parallel how many bundles are under way at once
     * @param unordered whether bundles that replace records may overtake one another too
     * @param refusedAgain whether what was refused before is sent again
     */
    record Choices(
            int parallel,
            boolean unordered,
            boolean refusedAgain,
            @Nullable String facility) {}

    FolderLoad(BundleSender sender, Journal journal, LoadReport report, Progress progress, Choices choices) {
        this.sender = sender;
        this.journal = journal;
        this.report = report;
        this.progress = progress;
        this.choices = choices;
        this.places = new Semaphore(choices.parallel());
        this.workers = Executors.newFixedThreadPool(choices.parallel(), FolderLoad::daemon);
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "load");
        thread.setDaemon(true);
        return thread;
    }

    /** Leaves the walk through the files when there is no sense in going on. */
    private static final class Stopped extends RuntimeException {
        private Stopped() {
            super("Stopped", null, false, false);
        }
    }

    /** Takes no further bundle; those under way are ended. */
    void stop() {
        stopped = true;
    }

    /**
     * Sends everything, or as much as can be.
     *
     * @throws ml.keneya.load.exchange.UnreachableException when the exchange stays away
     * @throws JournalException when the journal cannot be written
     */
    void run(List<Path> paths) {
        var files = new BundleFiles(this::take, progress::read);
        try {
            paths.forEach(files::visit);
        } catch (Stopped noSense) {
            // What is under way is ended below.
        } finally {
            endWorkers();
        }
        RuntimeException first = failure.get();
        if (first != null) {
            throw first;
        }
    }

    private void take(BundleFile file) {
        if (stopped || failure.get() != null) {
            throw new Stopped();
        }
        if (file instanceof BundleFile.Unreadable unreadable) {
            report.add(new Outcome.Unsent(unreadable.name(), unreadable.reason(), unreadable.detail()));
        } else if (file instanceof BundleFile.Found found) {
            take(ReadBundle.of(found.name(), found.content()));
        }
        progress.show();
    }

    private void take(ReadBundle read) {
        if (read instanceof ReadBundle.Unfit unfit) {
            report.add(unfit.outcome());
            return;
        }
        var bundle = (ReadBundle.Ready) read;
        String digest = bundle.digest();
        Journal.Fate fate = journal.fateOf(digest);
        if (fate == Journal.Fate.ACCEPTED || fate == Journal.Fate.REFUSED && !choices.refusedAgain()) {
            report.addKnown(fate == Journal.Fate.ACCEPTED);
            progress.skippedUpToHere();
            return;
        }
        int needed = bundle.replaces() && !choices.unordered() ? choices.parallel() : 1;
        occupy(needed);
        workers.execute(() -> {
            try {
                send(bundle, digest);
            } catch (RuntimeException failed) {
                failure.compareAndSet(null, failed);
            } finally {
                places.release(needed);
            }
        });
        if (needed > 1) {
            // Whoever comes next must find all places free; taking one would overtake nobody, but start too early.
            occupy(needed);
            places.release(needed);
        }
    }

    private void occupy(int needed) {
        try {
            while (!places.tryAcquire(needed, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                if (stopped || failure.get() != null) {
                    throw new Stopped();
                }
                progress.show();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Stopped();
        }
    }

    private void send(ReadBundle.Ready bundle, String digest) {
        if (failure.get() != null) {
            return;
        }
        Outcome outcome = sender.send(bundle, choices.facility());
        if (outcome instanceof Outcome.Accepted) {
            journal.note(digest, Journal.Fate.ACCEPTED, bundle.name());
        } else if (outcome instanceof Outcome.Refused) {
            journal.note(digest, Journal.Fate.REFUSED, bundle.name());
        }
        report.add(outcome);
    }

    // What is under way may end by itself for a while; then it is cut. Whether the exchange took it then is not known,
    // and need not be: the next run sends it again under the same name.
    private void endWorkers() {
        workers.shutdown();
        try {
            while (!stopped && failure.get() == null && !workers.awaitTermination(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                progress.show();
            }
            if (!workers.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
                workers.shutdownNow();
                workers.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException interrupted) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
