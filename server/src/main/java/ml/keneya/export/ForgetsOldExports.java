package ml.keneya.export;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Removes, once an hour, exports whose time is over. Safe to run on every server copy. */
@Component
class ForgetsOldExports {

    private static final Logger log = LoggerFactory.getLogger(ForgetsOldExports.class);

    private final ExportJobs jobs;
    private final Moments moments;

    ForgetsOldExports(ExportJobs jobs, Moments moments) {
        this.jobs = jobs;
        this.moments = moments;
    }

    @Scheduled(initialDelayString = "PT5M", fixedDelayString = "PT1H")
    void forget() {
        int exports = jobs.forgetExpired();
        int old = moments.forgetOld();
        if (exports + old > 0) {
            log.info("Forgot {} exports and {} moments.", exports, old);
        }
    }
}
