package ml.keneya.export.upload;

import java.time.Duration;
import java.util.Optional;
import ml.keneya.fhir.WorksInBackground;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Works imports from addresses off, one at a time so that the clinics keep the machine. When this server dies, another
 * one, or this one after its restart, goes on once the lease has run out. Where nothing may be fetched it ends at once,
 * or when what was asked for earlier has been refused.
 */
@Component
class RunsImports extends WorksInBackground {

    /** Renewed while the work goes on. */
    static final Duration LEASE = Duration.ofMinutes(2);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    private final ImportJobs jobs;
    private final ImportsSources imports;
    private final AllowedSources allowed;
    private final ImportSettings settings;
    private volatile @Nullable ImportJob leased;

    RunsImports(ImportJobs jobs, ImportsSources imports, AllowedSources allowed, ImportSettings settings) {
        super("imports", BETWEEN_LOOKS);
        this.jobs = jobs;
        this.imports = imports;
        this.allowed = allowed;
        this.settings = settings;
    }

    @Override
    protected boolean isWorkToBeExpected() {
        return !allowed.isEmpty() || jobs.areLeft();
    }

    @Override
    protected boolean workOffOne() {
        Optional<ImportJob> next = jobs.lease(LEASE);
        next.ifPresent(this::carryOut);
        return next.isPresent();
    }

    private void carryOut(ImportJob job) {
        leased = job;
        try {
            imports.carryOut(job, this::isRunning);
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
}
