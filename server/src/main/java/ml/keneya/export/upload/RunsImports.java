package ml.keneya.export.upload;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import ml.keneya.fhir.FailureTrace;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Works imports from addresses off, one at a time so that the clinics keep the machine. When this server dies, another
 * one, or this one after its restart, goes on once the lease has run out.
 */
@Component
class RunsImports implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(RunsImports.class);

    /** Renewed while the work goes on. */
    static final Duration LEASE = Duration.ofMinutes(2);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    private final ImportJobs jobs;
    private final ImportsSources imports;
    private final AllowedSources allowed;
    private final ImportSettings settings;
    private final Semaphore news = new Semaphore(0);
    private volatile boolean running;
    private volatile @Nullable ImportJob leased;

    private volatile Thread worker = new Thread();

    RunsImports(ImportJobs jobs, ImportsSources imports, AllowedSources allowed, ImportSettings settings) {
        this.jobs = jobs;
        this.imports = imports;
        this.allowed = allowed;
        this.settings = settings;
    }

    /** There is something new. */
    void wake() {
        news.release();
    }

    /** Not earlier: a line needs the whole server. */
    @EventListener
    void begin(ApplicationReadyEvent ready) {
        start();
    }

    @Override
    public boolean isAutoStartup() {
        return false;
    }

    /** Where nothing may be fetched it ends at once, or when what was asked for earlier has been refused. */
    @Override
    public synchronized void start() {
        if (running) {
            return;
        }
        running = true;
        worker = new Thread(this::work, "imports");
        worker.setDaemon(true);
        worker.start();
    }

    @Override
    public synchronized void stop() {
        running = false;
        news.release();
        try {
            worker.join(TimeUnit.SECONDS.toMillis(20));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private boolean isWorkToBeExpected() {
        return !allowed.isEmpty() || jobs.areLeft();
    }

    private void work() {
        while (running) {
            try {
                if (!isWorkToBeExpected()) {
                    running = false;
                    return;
                }
                Optional<ImportJob> next = jobs.lease(LEASE);
                if (next.isPresent()) {
                    carryOut(next.get());
                } else {
                    rest();
                }
            } catch (RuntimeException failure) {
                // The database is away: what was noted stays, and the lease ends by itself.
                log.warn("Imports cannot be worked off at the moment: {}", FailureTrace.of(failure));
                rest();
            }
        }
    }

    private void carryOut(ImportJob job) {
        leased = job;
        try {
            imports.carryOut(job, () -> running);
        } finally {
            leased = null;
        }
    }

    /** A single delivery may take longer than a lease. */
    @Scheduled(fixedDelayString = "PT30S")
    void renewLease() {
        ImportJob current = leased;
        if (current != null && !jobs.renew(current, LEASE)) {
            // Cancelled, or another server's: a source that sends nothing must not hold up the next one.
            imports.breakOff(current);
        }
    }

    @Scheduled(initialDelayString = "PT5M", fixedDelayString = "PT1H")
    void forget() {
        jobs.forgetOld(settings.kept());
    }

    private void rest() {
        try {
            if (news.tryAcquire(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
                news.drainPermits();
            }
        } catch (InterruptedException stopping) {
            running = false;
            Thread.currentThread().interrupt();
        }
    }
}
