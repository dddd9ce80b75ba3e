package ml.keneya.load.outbox;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import ml.keneya.load.exchange.RetryPolicy;
import ml.keneya.load.exchange.Timing;
import ml.keneya.load.exchange.Wire;
import ml.keneya.load.terminal.Messages;
import org.jspecify.annotations.Nullable;

/**
 * Sends what a clinic writes into a folder. For an EMR written in Java:
 *
 * <pre>{@code
 * var folder = OutboxFolder.of(Path.of("/var/lib/emr/outbox"));
 * folder.put("visit-2026-0417", bundleAsJson);     // returns when it is safe on the disk
 *
 * var service = BackendService.of(base, "csref-kita", Path.of("/etc/emr/key.jwk"), "system/*.cruds");
 * try (var outbox = Outbox.open(folder, OutboxServer.at(base, service), status -> show(status))) {
 *     outbox.run();                                // on a thread of its own, until stop()
 * }
 * }</pre>
 *
 * <p>Every file ends in {@code sent/} or {@code refused/} with the exchange's answer beside it. Until then it is
 * offered again, oldest first, however long the link, the exchange or the token is the matter; each offer carries the
 * same name ({@code Bundle.identifier}, else the SHA-256 of the content), so that the exchange takes it once. Nothing
 * is remembered outside the folder: a program that was killed goes on with the files as they lie.
 *
 * <p>What the exchange has taken for later (202) stays in the folder too, with a note where the outcome will be; it is
 * asked for there, and the file is not sent again.
 *
 * <p>One outbox at a time works on a folder; any number of programs may put files into it.
 */
public final class Outbox implements AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(2);
    // The answer of a full bundle takes some hundred kilobytes.
    private static final long ROOM = 4L * 1024 * 1024;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    private static final Duration LONGEST_ASKED = Duration.ofHours(1);
    private static final RetryPolicy PATIENCE =
            new RetryPolicy(Integer.MAX_VALUE, Duration.ofSeconds(1), LONGEST_WAIT, LONGEST_ASKED);

    private final OutboxFolder folder;
    private final Courier courier;
    private final Surroundings surroundings;
    private final Consumer<OutboxStatus> listener;
    private final Messages words;
    private final FileChannel lock;
    private final Postponements postponements;
    private long waiting;
    private long sent;
    private long refused;
    private int failures;
    private @Nullable String lastTrouble;
    private volatile boolean stopped;
    private volatile @Nullable Thread runner;

    /**
     * What differs between a clinic and a test.
     *
     * @param room how many bytes the disk of the folder has left
     */
    record Surroundings(Timing timing, LongSupplier nanos, LongSupplier room) {}

    private Outbox(
            OutboxFolder folder,
            Courier courier,
            Surroundings surroundings,
            Consumer<OutboxStatus> listener,
            Messages words)
            throws IOException {
        this.folder = folder;
        this.courier = courier;
        this.surroundings = surroundings;
        this.listener = listener;
        this.words = words;
        this.postponements = new Postponements(surroundings.nanos());
        this.lock = locked(folder);
    }

    /**
     * Opens the outbox of a folder.
     *
     * @param listener told how things stand whenever that changes; called on the thread that sends
     * @throws OutboxInUseException when another outbox works on this folder
     * @throws IOException when the folder cannot be used
     */
    public static Outbox open(OutboxFolder folder, OutboxServer server, Consumer<OutboxStatus> listener)
            throws IOException {
        return open(
                folder,
                server,
                listener,
                new Surroundings(Timing.real(), System::nanoTime, folder.root().toFile()::getUsableSpace));
    }

    static Outbox open(
            OutboxFolder folder, OutboxServer server, Consumer<OutboxStatus> listener, Surroundings surroundings)
            throws IOException {
        var wire = new Wire(server.limit(), server.language(), server.credentials());
        var words = new Messages(server.language());
        Clock clock = surroundings.timing().clock();
        var later = new LaterAnswers(folder, server.base(), wire, new ReadsAnswers(clock));
        var courier = new Courier(new Post(server.base(), wire, server.facility()), later, clock, words);
        return new Outbox(folder, courier, surroundings, listener, words);
    }

    // The lock ends with the process, however it ends.
    private static FileChannel locked(OutboxFolder folder) throws IOException {
        FileChannel channel = FileChannel.open(
                folder.root().resolve(".keneya-outbox.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException here) {
            // Another outbox of this very program.
        }
        channel.close();
        throw new OutboxInUseException(folder.root());
    }

    /** Sends what lies in the folder and what comes into it, until {@link #stop()}. */
    public void run() {
        runner = Thread.currentThread();
        while (!stopped) {
            if (!dealtWithSome()) {
                tell(null, Duration.ZERO);
                pause(LOOK);
            }
        }
    }

    /**
     * Sends what lies in the folder, and ends.
     *
     * @param attempts how often in a row the exchange may fail before it is given up
     * @return how things stand then; with a trouble when it was given up
     */
    public OutboxStatus empty(int attempts) {
        runner = Thread.currentThread();
        while (!stopped && failures < attempts) {
            if (dealtWithSome()) {
                continue;
            }
            Optional<Duration> next = postponements.untilNext(attempts);
            if (next.isEmpty()) {
                return tell(null, Duration.ZERO);
            }
            pause(next.get());
        }
        return tell(lastTrouble, Duration.ZERO);
    }

    /** Ends {@link #run()} soon. What is under way may be cut; it is sent again after the next start. */
    public void stop() {
        stopped = true;
        Thread running = runner;
        if (running != null) {
            running.interrupt();
        }
    }

    /** Offers what waits, oldest first, until something is in the way. */
    private boolean dealtWithSome() {
        OutboxFolder.Queue queue;
        try {
            queue = folder.queue(postponements::isDue);
        } catch (IOException unreadable) {
            hindered(new Fate.Reason("setback.folder", unreadable), Optional.empty());
            return true;
        }
        waiting = queue.waiting();
        boolean some = false;
        for (OutboxFolder.Waiting file : queue.oldest()) {
            if (stopped) {
                return true;
            }
            if (surroundings.room().getAsLong() < ROOM) {
                hindered(new Fate.Reason("setback.disk-full", ROOM / (1024 * 1024)), Optional.empty());
                return true;
            }
            Step step = offer(file);
            some |= step != Step.LEFT;
            if (step == Step.HINDERED) {
                return true;
            }
        }
        return some;
    }

    private enum Step {
        DEALT_WITH,
        LEFT,
        HINDERED
    }

    private Step offer(OutboxFolder.Waiting file) {
        Fate fate;
        try {
            fate = courier.offer(file);
        } catch (NoSuchFileException takenAway) {
            return Step.DEALT_WITH;
        } catch (IOException unreadable) {
            fate = new Fate.Postponed(new Fate.Reason("setback.file", unreadable), Optional.empty());
        }
        if (fate instanceof Fate.Unfinished) {
            return Step.LEFT;
        }
        if (fate instanceof Fate.Later later) {
            postponements.await(file.name(), wait(1, later.asked().or(() -> Optional.of(LOOK))));
            failures = 0;
            lastTrouble = null;
            return Step.LEFT;
        }
        if (fate instanceof Fate.Postponed postponed) {
            postponements.postpone(file.name(), wait(postponements.tries(file.name()) + 1, postponed.asked()));
            lastTrouble = inWords(postponed.reason());
            return Step.LEFT;
        }
        if (fate instanceof Fate.LinkDown down) {
            hindered(down.reason(), down.asked());
            return Step.HINDERED;
        }
        return settled(file, fate);
    }

    private Step settled(OutboxFolder.Waiting file, Fate fate) {
        try {
            if (fate instanceof Fate.Sent taken) {
                folder.sent(file, taken.answer());
                sent++;
            } else if (fate instanceof Fate.Refused unwanted) {
                folder.refused(file, unwanted.answer());
                refused++;
            }
        } catch (IOException unwritable) {
            // The file stays where it is; offered again, it gets the answer again.
            hindered(new Fate.Reason("setback.folder", unwritable), Optional.empty());
            return Step.HINDERED;
        }
        failures = 0;
        lastTrouble = null;
        postponements.forget(file.name());
        waiting--;
        tell(null, Duration.ZERO);
        return Step.DEALT_WITH;
    }

    private void hindered(Fate.Reason reason, Optional<Duration> asked) {
        if (stopped) {
            return;
        }
        failures++;
        Duration wait = wait(failures, asked);
        lastTrouble = inWords(reason);
        tell(lastTrouble, wait);
        pause(wait);
    }

    private Duration wait(int tries, Optional<Duration> asked) {
        Optional<Duration> bearable = asked.map(wait -> wait.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : wait);
        return PATIENCE.waitAfter(
                        tries, bearable, surroundings.timing().random().nextDouble())
                .orElse(LONGEST_WAIT);
    }

    private String inWords(Fate.Reason reason) {
        return words.text(reason.key(), String.valueOf(reason.value()));
    }

    private OutboxStatus tell(@Nullable String trouble, Duration wait) {
        var status = new OutboxStatus(waiting, sent, refused, trouble, wait);
        listener.accept(status);
        return status;
    }

    private void pause(Duration wait) {
        try {
            surroundings.timing().pause().lasting(wait);
        } catch (InterruptedException woken) {
            stopped = true;
        }
    }

    /** Lets another outbox have the folder. */
    @Override
    public void close() throws IOException {
        lock.close();
    }
}
