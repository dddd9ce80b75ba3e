package ml.keneya.test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Lets many senders begin at the same moment. */
public final class AtOnce {

    private AtOnce() {}

    /** @param send what sender number 0, 1, 2 … does */
    public static <T> List<T> send(int senders, IntFunction<T> send) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(senders);
        CountDownLatch ready = new CountDownLatch(senders);
        try {
            List<Callable<T>> tasks = new ArrayList<>();
            for (int sender = 0; sender < senders; sender++) {
                int number = sender;
                tasks.add(() -> {
                    ready.countDown();
                    ready.await(10, TimeUnit.SECONDS);
                    return send.apply(number);
                });
            }
            List<T> answers = new ArrayList<>();
            for (Future<T> answer : pool.invokeAll(tasks)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            pool.shutdownNow();
        }
    }
}
