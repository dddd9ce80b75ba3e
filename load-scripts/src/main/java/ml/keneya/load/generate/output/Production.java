package ml.keneya.load.generate.output;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import ml.keneya.load.generate.people.Households;

/**
 * Makes pieces on several threads and hands them over one by one in their order, a few ahead at most: neither the
 * number of threads nor that of people changes the bytes or how much is in memory.
 */
final class Production {
    private static final int HOUSEHOLDS_A_PIECE = 16;
    private static final int AHEAD = 3;

    private final Households households;
    private final int threads;

    Production(Households households, int threads) {
        this.households = households;
        this.threads = threads;
    }

    /** @param made called with each piece as it comes off a thread, {@code taken} with the result in order */
    <T> void run(long people, Function<PieceMaker.Order, T> made, Consumer<T> taken) {
        ExecutorService workers = Executors.newFixedThreadPool(threads, Production::daemon);
        Deque<Future<T>> ahead = new ArrayDeque<>();
        try {
            long next = 0;
            long left = people;
            while (left > 0) {
                PieceMaker.Order order = order(next, left);
                next += order.count();
                left -= order.people();
                ahead.add(workers.submit(() -> made.apply(order)));
                if (ahead.size() > threads * AHEAD) {
                    taken.accept(result(ahead.remove()));
                }
            }
            while (!ahead.isEmpty()) {
                taken.accept(result(ahead.remove()));
            }
        } finally {
            workers.shutdownNow();
        }
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "generate");
        thread.setDaemon(true);
        return thread;
    }

    private PieceMaker.Order order(long first, long left) {
        int count = 0;
        long people = 0;
        while (count < HOUSEHOLDS_A_PIECE && people < left) {
            people += households.size(first + count);
            count++;
        }
        return new PieceMaker.Order(first, count, (int) Math.min(people, left));
    }

    private static <T> T result(Future<T> piece) {
        try {
            return piece.get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failed.getCause());
        }
    }
}
