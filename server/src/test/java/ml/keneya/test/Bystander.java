package ml.keneya.test;

import static ml.keneya.test.Exchange.unique;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import ml.keneya.security.TestSystem;

/**
 * A site that has nothing to do with any abuse and goes on reading a record of its own meanwhile, one request after the
 * other on a connection of its own. Each of its answers must be the record, in time.
 */
final class Bystander {

    private static final Duration LONGEST = Duration.ofSeconds(5);

    /** Modest: far below what a client may ask for, and no load. */
    private static final long PAUSE_MILLISECONDS = 250;

    /** A token lives five minutes. */
    private static final Duration TOKEN_KEPT_FOR = Duration.ofMinutes(2);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ScheduledExecutorService reader = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "bystander");
        thread.setDaemon(true);
        return thread;
    });
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final Times meanwhile = new Times();
    private final Times between = new Times();
    private final TestSystem system;
    private final URI record;
    private Instant tokenSince;
    private String[] token;

    Bystander(Exchange exchange) {
        system = TestSystem.ofSite(exchange, unique("bystander"));
        token = system.withAll();
        tokenSince = Instant.now();
        record = URI.create(exchange.create(Records.aChild(unique("record")), token)
                .hasStatus(201)
                .header("Location")
                .orElseThrow());
    }

    /** Reads once while nobody does anything to the server, then goes on until it is told to end. */
    ScheduledFuture<?> begin() {
        await(reader.submit(() -> read(between)));
        return reader.scheduleWithFixedDelay(() -> read(meanwhile), 0, PAUSE_MILLISECONDS, TimeUnit.MILLISECONDS);
    }

    /** @return what went wrong meanwhile */
    List<String> end(ScheduledFuture<?> reading) {
        reading.cancel(false);
        // The one that is under way counts too.
        await(reader.submit(() -> {}));
        List<String> all = List.copyOf(faults);
        faults.clear();
        return all;
    }

    String times() {
        return "between abuse cases: " + between + System.lineSeparator() + "meanwhile: " + meanwhile;
    }

    private void read(Times times) {
        // This thread was begun by the first test that is watched.
        Watch.end();
        try {
            CountsStatements.uncounted(() -> {
                HttpRequest request = HttpRequest.newBuilder(record)
                        .headers(token())
                        .timeout(LONGEST)
                        .build();
                long sent = System.nanoTime();
                int status = client.send(request, BodyHandlers.ofString()).statusCode();
                Duration took = Duration.ofNanos(System.nanoTime() - sent);
                times.add(took);
                if (status != 200 || took.compareTo(LONGEST) > 0) {
                    faults.add("An innocent client was answered " + status + " after " + took);
                }
                return status;
            });
        } catch (Exception | AssertionError failed) {
            faults.add("An innocent client got no answer: " + failed);
        }
    }

    private String[] token() {
        if (tokenSince.plus(TOKEN_KEPT_FOR).isBefore(Instant.now())) {
            token = system.withAll();
            tokenSince = Instant.now();
        }
        return token;
    }

    private static void await(Future<?> work) {
        try {
            work.get(1, TimeUnit.MINUTES);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopping);
        }
    }

    /** How long reads took. */
    private static final class Times {

        private final Queue<Duration> all = new ConcurrentLinkedQueue<>();

        void add(Duration took) {
            all.add(took);
        }

        @Override
        public String toString() {
            List<Duration> sorted = all.stream().sorted().toList();
            if (sorted.isEmpty()) {
                return "no reads";
            }
            return "%d reads, p50 %d ms, p95 %d ms, slowest %d ms"
                    .formatted(
                            sorted.size(),
                            sorted.get(sorted.size() / 2).toMillis(),
                            sorted.get((int) (sorted.size() * 0.95)).toMillis(),
                            sorted.get(sorted.size() - 1).toMillis());
        }
    }
}
