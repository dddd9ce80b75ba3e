package ml.keneya.surveillance.alert;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import ml.keneya.fhir.FailureTrace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Deals with what {@link NotesCases} has noted, here or on another server: at once when woken, and each second besides,
 * because the server that noted it may be gone.
 */
@Component
class WorksOffAlerts implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(WorksOffAlerts.class);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final int SECONDS_TO_END = 20;

    private final NotedWork noted;
    private final Semaphore news = new Semaphore(0);
    private volatile boolean running;
    private volatile Thread worker = new Thread();

    WorksOffAlerts(NotedWork noted) {
        this.noted = noted;
    }

    /** There is something new. */
    void wake() {
        news.release();
    }

    /** Not earlier: writing an alert needs the whole server. */
    @EventListener
    void begin(ApplicationReadyEvent ready) {
        start();
    }

    @Override
    public boolean isAutoStartup() {
        return false;
    }

    @Override
    public synchronized void start() {
        if (running) {
            return;
        }
        running = true;
        worker = new Thread(this::work, "alerts");
        worker.setDaemon(true);
        worker.start();
    }

    @Override
    public synchronized void stop() {
        running = false;
        wake();
        try {
            worker.join(TimeUnit.SECONDS.toMillis(SECONDS_TO_END));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void work() {
        while (running) {
            try {
                if (!noted.dealWithOne()) {
                    rest();
                }
            } catch (RuntimeException | Error failure) {
                // The database is away; what is noted there is not lost.
                log.warn("Alerts cannot be worked off at the moment: {}", FailureTrace.of(failure));
                rest();
            }
        }
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
