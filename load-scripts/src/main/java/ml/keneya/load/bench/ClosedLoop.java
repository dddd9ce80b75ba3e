package ml.keneya.load.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import ml.keneya.load.bench.Errand.Verdict;

/** Keeps workers busy, each sending its next request as soon as the last was answered. */
final class ClosedLoop {
    private static final int FAULTS_KEPT = 3;

    private final int workers;
    private final LoadClient client;
    private final Errand errand;

    ClosedLoop(int workers, LoadClient client, Errand errand) {
        this.workers = workers;
        this.client = client;
        this.errand = errand;
    }

    /** What the workers saw; latencies in nanoseconds, ascending. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Seen(double seconds, long[] nanos, int errors, int replays, long entries, List<String> faults) {
        Seen {
            faults = List.copyOf(faults);
        }

        /** The latency that this share of the requests did not exceed, in milliseconds. */
        double millisAt(double share) {
            if (nanos.length == 0) {
                return Double.NaN;
            }
            int at = (int) Math.ceil(share * nanos.length) - 1;
            return nanos[Math.max(0, Math.min(nanos.length - 1, at))] / 1e6;
        }
    }

    /** Requests number {@code first} to {@code first + count - 1}. */
    Seen run(int first, int count) {
        return run(first, count, Double.POSITIVE_INFINITY);
    }

    /** Requests from number {@code first} on, none begun after so many seconds. */
    Seen runFor(int first, double seconds) {
        return run(first, Integer.MAX_VALUE - first, seconds);
    }

    private Seen run(int first, int count, double seconds) {
        var next = new AtomicInteger(first);
        int end = first + count;
        long begun = System.nanoTime();
        long limit = seconds == Double.POSITIVE_INFINITY ? Long.MAX_VALUE : (long) (seconds * 1e9);
        ExecutorService threads = Executors.newFixedThreadPool(workers);
        try {
            List<Future<Worker>> running = new ArrayList<>();
            for (int worker = 0; worker < workers; worker++) {
                running.add(threads.submit(() -> new Worker().work(next, end, begun, limit)));
            }
            List<Worker> done = new ArrayList<>();
            for (Future<Worker> each : running) {
                done.add(each.get());
            }
            return sum(done, (System.nanoTime() - begun) / 1e9);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new BenchException("bench.stopped");
        } catch (ExecutionException broken) {
            throw new IllegalStateException(broken.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private static Seen sum(List<Worker> workers, double seconds) {
        long[] nanos = workers.stream()
                .flatMapToLong(worker -> LongStream.of(Arrays.copyOf(worker.nanos, worker.made)))
                .sorted()
                .toArray();
        return new Seen(
                seconds,
                nanos,
                workers.stream().mapToInt(worker -> worker.errors).sum(),
                workers.stream().mapToInt(worker -> worker.replays).sum(),
                workers.stream().mapToLong(worker -> worker.entries).sum(),
                workers.stream()
                        .flatMap(worker -> worker.faults.stream())
                        .limit(FAULTS_KEPT)
                        .toList());
    }

    /** One worker's own counts, so that workers do not wait for each other to count. */
    private final class Worker {
        private long[] nanos = new long[1024];
        private int made;
        private int errors;
        private int replays;
        private long entries;
        private final List<String> faults = new ArrayList<>();

        Worker work(AtomicInteger next, int end, long begun, long limit) {
            while (System.nanoTime() - begun < limit) {
                int number = next.getAndIncrement();
                if (number >= end || Thread.currentThread().isInterrupted()) {
                    break;
                }
                Request request = errand.request(number);
                long sent = System.nanoTime();
                Verdict verdict = answer(request);
                note(System.nanoTime() - sent, verdict);
            }
            return this;
        }

        private Verdict answer(Request request) {
            try {
                return errand.judge(client.send(request));
            } catch (IOException broken) {
                return Verdict.fault(broken.toString());
            }
        }

        private void note(long taken, Verdict verdict) {
            if (made == nanos.length) {
                nanos = Arrays.copyOf(nanos, made * 2);
            }
            nanos[made++] = taken;
            entries += verdict.entries();
            if (verdict.replay()) {
                replays++;
            }
            String fault = verdict.fault();
            if (fault != null) {
                errors++;
                if (faults.size() < FAULTS_KEPT) {
                    faults.add(fault);
                }
            }
        }
    }
}
