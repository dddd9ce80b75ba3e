package ml.keneya.load.dhis2;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.ExplainedException;
import org.jspecify.annotations.Nullable;

/** What became of all weeks of a push. */
final class PushReport {
    private final Destination destination;
    private final boolean dryRun;
    private final List<WeekOutcome> weeks = new ArrayList<>();
    private final List<WeekException> failed = new ArrayList<>();
    private @Nullable ExplainedException ended;

    PushReport(Destination destination, boolean dryRun) {
        this.destination = destination;
        this.dryRun = dryRun;
    }

    void add(WeekOutcome week) {
        weeks.add(week);
    }

    /** A week was not sent, or not to its end; the push went on. */
    void failed(WeekException reason) {
        failed.add(reason);
    }

    /** The push has ended before all weeks were sent. */
    void ended(ExplainedException reason) {
        ended = reason;
    }

    Destination destination() {
        return destination;
    }

    boolean isDryRun() {
        return dryRun;
    }

    List<WeekOutcome> weeks() {
        return Collections.unmodifiableList(weeks);
    }

    List<WeekException> failed() {
        return Collections.unmodifiableList(failed);
    }

    @Nullable
    ExplainedException ended() {
        return ended;
    }

    /** The worst that happened. */
    int exitStatus() {
        if (ended != null) {
            return ended.exitStatus();
        }
        if (weeks.stream().anyMatch(week -> week.fates(Fate.Kind.UNKNOWN) > 0)
                || failed.stream().anyMatch(week -> week.exitStatus() == ExitStatus.UNREACHABLE)) {
            return ExitStatus.UNREACHABLE;
        }
        if (!failed.isEmpty() || weeks.stream().anyMatch(week -> week.fates(Fate.Kind.REFUSED) > 0)) {
            return ExitStatus.REFUSED;
        }
        return weeks.stream().allMatch(week -> week.plan().unmapped().isEmpty())
                ? ExitStatus.DONE
                : ExitStatus.NOT_AS_SENT;
    }
}
