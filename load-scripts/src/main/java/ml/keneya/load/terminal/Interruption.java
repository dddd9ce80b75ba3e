package ml.keneya.load.terminal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command end in order when Ctrl-C or a service manager stops the program: it is told, finishes what is under
 * way and says what was done, while the end of the process waits for it.
 */
public final class Interruption implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;
    private volatile boolean asked;

    private Interruption(Runnable stop) {
        this.hook = new Thread(
                () -> {
                    asked = true;
                    stop.run();
                    waitForTheEnd();
                },
                "interruption");
    }

    /** @param stop called once, on another thread, when the program is to end */
    public static Interruption calling(Runnable stop) {
        var interruption = new Interruption(stop);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    public boolean isAsked() {
        return asked;
    }

    private void waitForTheEnd() {
        try {
            ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
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
