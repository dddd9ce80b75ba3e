package ml.keneya.security.trace;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import ml.keneya.fhir.FailureTrace;
import ml.keneya.fhir.OnceAMinute;
import ml.keneya.fhir.RefusalCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes accesses down. One writer takes what has gathered, adds it in one transaction and only then lets the answers
 * go, so that many accesses at once cost one commit.
 */
public class Trace implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Trace.class);

    private static final int LARGEST_BATCH = 500;
    private static final long BETWEEN_LOOKS_SECONDS = 30;

    /** How long an access waits at most for others, which no client on a slow line notices. */
    private static final Duration COMPANY = Duration.ofMillis(2);

    private static final Waiting END = new Waiting(null, new CompletableFuture<>());

    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final Company company = new Company();
    private final OnceAMinute fullDisk = new OnceAMinute();
    private final TraceChain chain;
    private final RefusalsOfStrangers strangers;
    private final Duration patience;
    private final Duration longestWait;
    private final Thread writer;
    private volatile boolean closed;

    /** Of the writer alone. */
    private int lastBatch;

    Trace(TraceChain chain, Duration patience) {
        this(chain, new RefusalsOfStrangers(Clock.systemUTC(), 60, 600), patience);
    }

    Trace(TraceChain chain, RefusalsOfStrangers strangers, Duration patience) {
        this(chain, strangers, patience, COMPANY);
    }

    /** @param longestWait for others, of those that come together */
    Trace(TraceChain chain, RefusalsOfStrangers strangers, Duration patience, Duration longestWait) {
        this.chain = chain;
        this.strangers = strangers;
        this.patience = patience;
        this.longestWait = longestWait;
        this.writer = new Thread(this::work, "trace");
        writer.setDaemon(true);
        writer.start();
    }

    /** The requests that are being answered, for whose accesses those of others wait a little. */
    Company company() {
        return company;
    }

    /**
     * Returns once the event is durable; one of many refusals of somebody whom nobody knows is only counted.
     *
     * @throws TraceUnavailableException when it is not within the patience of the settings; it may become so later
     */
    public void write(TraceEvent event) {
        write(event, () -> {});
    }

    /** As {@link #write(TraceEvent)}, and tells when the event is among those that are written next. */
    void write(TraceEvent event, Runnable queued) {
        if (closed) {
            throw new TraceUnavailableException(null);
        }
        if (!strangers.hasRow(event)) {
            return;
        }
        Waiting waiting = new Waiting(RefusalsOfStrangers.cut(event), new CompletableFuture<>());
        queue.add(waiting);
        queued.run();
        try {
            waiting.done().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            // Nobody waits any more for what has not been begun.
            queue.remove(waiting);
            throw new TraceUnavailableException(failed);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new TraceUnavailableException(stopping);
        }
    }

    /** Writes what still waits, and where the chain ends. */
    @Override
    public void close() {
        closed = true;
        queue.add(END);
        try {
            writer.join(patience.toMillis());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        List<Waiting> batch = new ArrayList<>();
        boolean ended = false;
        while (!ended) {
            batch.clear();
            gather(batch);
            ended = batch.remove(END);
            if (batch.isEmpty()) {
                chain.anchorIfDue();
            } else {
                write(batch);
            }
            writeCounts(strangers.ended());
        }
        writeCounts(strangers.all());
        chain.close();
    }

    private void gather(List<Waiting> batch) {
        try {
            Waiting first = queue.poll(BETWEEN_LOOKS_SECONDS, TimeUnit.SECONDS);
            if (first != null) {
                batch.add(first);
                queue.drainTo(batch, LARGEST_BATCH - 1);
                // One that comes alone need not wait each time for something beside it that takes long.
                if (batch.size() > 1 || lastBatch > 1) {
                    company.await(longestWait);
                    queue.drainTo(batch, LARGEST_BATCH - batch.size());
                }
            }
            lastBatch = batch.size();
        } catch (InterruptedException unasked) {
            log.warn("The writer of the trace was interrupted and goes on");
        }
    }

    private void write(List<Waiting> batch) {
        if (batch.isEmpty()) {
            return;
        }
        try {
            chain.append(batch.stream().map(Waiting::required).toList());
            batch.forEach(waiting -> waiting.done().complete(null));
        } catch (RuntimeException failed) {
            boolean full = new TraceUnavailableException(failed).refusal() == RefusalCode.NO_ROOM;
            // Each access until there is room would say the same again.
            if (!full || fullDisk.isDue()) {
                log.error("{} accesses could not be traced: {}", batch.size(), FailureTrace.of(failed));
            }
            batch.forEach(waiting -> waiting.done().completeExceptionally(failed));
        }
    }

    /** Nobody waits for these; the log has them too, should they not be written. */
    private void writeCounts(List<TraceEvent> counts) {
        for (TraceEvent count : counts) {
            log.warn(
                    "Refused strangers at {}: {}",
                    count.who().address(),
                    count.what().query());
        }
        write(counts.stream()
                .map(count -> new Waiting(count, new CompletableFuture<>()))
                .toList());
    }

    private record Waiting(@Nullable TraceEvent event, CompletableFuture<@Nullable Void> done) {

        TraceEvent required() {
            return Objects.requireNonNull(event);
        }
    }
}
