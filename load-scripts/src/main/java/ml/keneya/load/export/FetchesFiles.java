package ml.keneya.load.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Fetches the files that are missing, several at a time. */
final class FetchesFiles {
    private static final long GRACE_SECONDS = 10;

    private final BulkExport export;
    private final ExportFolder folder;
    private final ExportProgress progress;
    private final ExecutorService workers;
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private volatile boolean stopped;

    FetchesFiles(BulkExport export, ExportFolder folder, ExportProgress progress, int parallel) {
        this.export = export;
        this.folder = folder;
        this.progress = progress;
        this.workers = Executors.newFixedThreadPool(parallel, work -> {
            var thread = new Thread(work, "export");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Ends what is under way; whole files stay. */
    void stop() {
        stopped = true;
        workers.shutdownNow();
    }

    /** @return whether all files are there */
    boolean fetch(List<ExportedFile> files) {
        files.forEach(file -> progress.expect(Math.max(0, file.lines())));
        ExportedFile.largestFirst(files).forEach(file -> {
            if (!workers.isShutdown()) {
                workers.execute(() -> fetchUnlessEnded(file));
            }
        });
        workers.shutdown();
        try {
            while (!workers.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS) && !stopped) {
                // Files take as long as they take.
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            stop();
        }
        RuntimeException first = failure.get();
        if (first != null && !stopped) {
            throw first;
        }
        return !stopped;
    }

    private void fetchUnlessEnded(ExportedFile file) {
        if (stopped || failure.get() != null) {
            return;
        }
        try {
            if (folder.has(file)) {
                progress.keep(Math.max(0, file.lines()));
            } else {
                export.fetch(file, body -> folder.take(file, body, progress::count));
            }
        } catch (IOException unreadable) {
            failure.compareAndSet(null, new UncheckedIOException(unreadable));
        } catch (RuntimeException failed) {
            failure.compareAndSet(null, failed);
        }
    }
}
