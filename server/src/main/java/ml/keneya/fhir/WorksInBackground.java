package ml.keneya.fhir;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;

/**
 * Does what waits in the database, piece by piece in a thread of its own: at once when woken, and every now and then
 * besides, because the server that noted it may be gone. It begins when the whole server is there, which a piece of
 * work may need, and ends with it.
 */
public abstract class WorksInBackground implements SmartLifecycle {

    private static final int SECONDS_TO_END = 20;

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final String name;
    private final Duration betweenLooks;
    private final Semaphore news = new Semaphore(0);
    private volatile boolean running;
    private volatile Thread worker = new Thread();

    /**
     * Work of one kind.
     *
     * @param name of the thread
     * @param betweenLooks how long it rests when there is nothing to do and nobody wakes it
     */
    protected WorksInBackground(String name, Duration betweenLooks) {
        this.name = name;
        this.betweenLooks = betweenLooks;
    }

    /**
     * Does one piece of work.
     *
     * @return false when there is none
     */
    protected abstract boolean workOffOne();

    /** Whether there can be any; when not, it ends by itself. */
    protected boolean isWorkToBeExpected() {
        return true;
    }

    /** There is something new. */
    public final void wake() {
        news.release();
    }

    @EventListener
    public void begin(ApplicationReadyEvent ready) {
        start();
    }

    @Override
    public final boolean isAutoStartup() {
        return false;
    }

    @Override
    public final synchronized void start() {
        if (running) {
            return;
        }
        running = true;
        worker = new Thread(this::work, name);
        worker.setDaemon(true);
        worker.start();
    }

    @Override
    public final synchronized void stop() {
        running = false;
        wake();
        try {
            worker.join(TimeUnit.SECONDS.toMillis(SECONDS_TO_END));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public final boolean isRunning() {
        return running;
    }

    private void work() {
        while (running) {
            try {
                if (!isWorkToBeExpected()) {
                    running = false;
                } else if (!workOffOne()) {
                    rest();
                }
            } catch (RuntimeException | Error failure) {
                // The database is away, or one piece took all memory; what waits is not lost, and goes on.
                log.warn("Work on {} cannot go on at the moment: {}", name, FailureTrace.of(failure));
                rest();
            }
        }
    }

    private void rest() {
        try {
            if (news.tryAcquire(betweenLooks.toMillis(), TimeUnit.MILLISECONDS)) {
                news.drainPermits();
            }
        } catch (InterruptedException stopping) {
            running = false;
            Thread.currentThread().interrupt();
        }
    }
}
