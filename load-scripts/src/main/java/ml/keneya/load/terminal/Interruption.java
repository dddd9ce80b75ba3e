package ml.keneya.load.terminal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets a command end in order when Ctrl-C or a service manager stops the program: it is told, finishes what is under
 * way and says what was done, while the end of the process waits for it.
 */
public final class Interruption implements AutoCloseable {
    /** How long a step may still take before it is cut. */
    private static final long STEP_SECONDS = 5;

    private static final long PATIENCE_SECONDS = 20;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;
    private final @Nullable Thread worker;
    private volatile boolean asked;
    private boolean settled;

    /** Leaves work that is not to go on. */
    public static final class Stopped extends RuntimeException {
        private Stopped() {
            super("Stopped", null, false, false);
        }
    }

    private Interruption(Runnable stop, @Nullable Thread worker) {
        this.worker = worker;
        this.hook = new Thread(
                () -> {
                    if (begins()) {
                        stop.run();
                    }
                    waitForTheEnd();
                },
                "interruption");
    }

    /** Whether there is still something to be stopped. */
    private synchronized boolean begins() {
        asked = true;
        return !settled;
    }

    /** @param stop called once, on another thread, when the program is to end */
    public static Interruption calling(Runnable stop) {
        return watching(new Interruption(stop, null));
    }

    /**
     * For work on this very thread, which asks {@link #check()} between two steps. A step that takes longer than five
     * seconds is cut by interrupting the thread.
     */
    public static Interruption ofThisThread() {
        return ofThisThread(() -> {});
    }

    /** @param stop called once besides, on another thread, when the program is to end */
    public static Interruption ofThisThread(Runnable stop) {
        return watching(new Interruption(stop, Thread.currentThread()));
    }

    private static Interruption watching(Interruption interruption) {
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    public boolean isAsked() {
        return asked;
    }

    /** @throws Stopped when the program is to end */
    public void check() {
        if (asked) {
            throw new Stopped();
        }
    }

    /**
     * The work has ended, and what is left to be said and written is not cut any more.
     *
     * @return whether the program is to end
     */
    public synchronized boolean settled() {
        settled = true;
        if (asked && Thread.currentThread() == worker) {
            // Files that are written by an interrupted thread are closed under its hands.
            Thread.interrupted();
        }
        return asked;
    }

    private synchronized void cut() {
        if (worker != null && !settled) {
            worker.interrupt();
        }
    }

    private void waitForTheEnd() {
        try {
            if (!ended.await(STEP_SECONDS, TimeUnit.SECONDS)) {
                cut();
                ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }

    /** The command has said everything. */
    @Override
    public void close() {
        ended.countDown();
        if (!asked) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException endingAlready) {
                asked = true;
            }
        }
    }
}
