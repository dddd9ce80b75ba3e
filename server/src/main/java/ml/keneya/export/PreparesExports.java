package ml.keneya.export;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Has the files of an export found out beside the requests, one export at a time so that the clinics keep the machine.
 * Another server copy that is asked for the export goes on where this one was killed.
 */
@Component
class PreparesExports implements DisposableBean {

    /** After so many beginnings something is wrong that another would not mend. */
    static final int MOST_ATTEMPTS = 5;

    private static final Logger log = LoggerFactory.getLogger(PreparesExports.class);

    private final ExportJobs jobs;
    private final ExportParts parts;
    private final PlansTypes plans;
    private final ConcurrentHashMap<UUID, Future<?>> running = new ConcurrentHashMap<>();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "export");
        thread.setDaemon(true);
        return thread;
    });

    PreparesExports(ExportJobs jobs, ExportParts parts, PlansTypes plans) {
        this.jobs = jobs;
        this.parts = parts;
        this.plans = plans;
    }

    /** Begins, or goes on, and waits a little: most exports are ready before the client could ask again. */
    void prepare(UUID job, Duration patience) {
        Future<?> work;
        try {
            work = running.computeIfAbsent(job, id -> worker.submit(() -> prepare(id)));
        } catch (RejectedExecutionException stopping) {
            return;
        }
        try {
            work.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException notYet) {
            // The client asks again.
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void prepare(UUID id) {
        try {
            jobs.claim(id).ifPresent(this::prepare);
        } catch (RuntimeException failed) {
            log.error("Export {} could not be prepared.", id, failed);
            jobs.release(id);
        } finally {
            running.remove(id);
        }
    }

    private void prepare(ExportJob job) {
        Set<String> planned = parts.plannedTypes(job.id());
        for (String type : job.request().types()) {
            if (!planned.contains(type)) {
                plans.plan(job, type);
                jobs.stillClaimed(job.id());
            }
        }
        plans.finish(job);
        jobs.ready(job.id());
    }

    @Override
    public void destroy() {
        worker.shutdownNow();
    }
}
