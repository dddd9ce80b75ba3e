package ml.keneya.test;

import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Sees what an abuse case sends and is answered. It goes with the thread of the test and those that this begins,
 * because two tests run at the same time and all have the same {@link Exchange}.
 */
final class Watch {

    static final String REQUEST_ID = "X-Request-ID";

    private static final InheritableThreadLocal<@Nullable Watch> CURRENT = new InheritableThreadLocal<>();

    private final Set<Demand> exempt;
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final Queue<Request> answered = new ConcurrentLinkedQueue<>();

    /** What is looked for in the trace. */
    record Request(String id, String described, boolean mustLeaveARow) {}

    Watch(Set<Demand> exempt) {
        this.exempt = exempt;
    }

    static Optional<Watch> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    static void begin(Watch watch) {
        CURRENT.set(watch);
    }

    /** What this thread sends from now on is seen by nobody. */
    static void end() {
        CURRENT.remove();
    }

    static String newId() {
        return "watched-" + UUID.randomUUID();
    }

    void saw(WatchedAnswer answer) {
        answer.faults(exempt).forEach(fault -> faults.add(fault + ": " + answer.described()));
        if (answer.id() != null && !exempt.contains(Demand.ONE_ROW)) {
            answered.add(new Request(answer.id(), answer.described(), answer.mustLeaveARow()));
        }
    }

    void missed(String request) {
        faults.add("no answer within a minute: " + request);
    }

    List<String> faults() {
        return List.copyOf(faults);
    }

    List<Request> answered() {
        return List.copyOf(answered);
    }
}
