package ml.keneya.surveillance.mail;

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
 * Sends what is noted, here or on another server, in a thread of its own: a slow mail server holds up no alert. It
 * looks at once when woken, and every few seconds besides.
 */
@Component
class SendsMails implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(SendsMails.class);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);
    private static final int SECONDS_TO_END = 20;

    private final NotedMails noted;
    private final MailSettings settings;
    private final Semaphore news = new Semaphore(0);
    private volatile boolean running;
    private volatile Thread worker = new Thread();

    SendsMails(NotedMails noted, MailSettings settings) {
        this.noted = noted;
        this.settings = settings;
    }

    /** There is something new. */
    void wake() {
        news.release();
    }

    @EventListener
    void begin(ApplicationReadyEvent ready) {
        if (settings.isGiven()) {
            start();
        }
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
        worker = new Thread(this::work, "mails");
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
                if (!noted.sendOne()) {
                    rest();
                }
            } catch (RuntimeException | Error failure) {
                // The database is away; what is noted there is not lost.
                log.warn("Mails cannot be sent at the moment: {}", FailureTrace.of(failure));
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
