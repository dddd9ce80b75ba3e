package ml.keneya.load.dhis2;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import ml.keneya.load.agency.EpidemiologicalWeek;
import ml.keneya.load.dhis2.Dhis2Server.Failed;
import ml.keneya.load.dhis2.Dhis2Server.Imported;
import ml.keneya.load.dhis2.Dhis2Server.Reply;
import ml.keneya.load.dhis2.Dhis2Server.Sending;
import ml.keneya.load.dhis2.WeekLedger.Entry;
import ml.keneya.load.dhis2.WeekOutcome.Change;
import ml.keneya.load.dhis2.WeekOutcome.Line;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.ExplainedException;
import org.jspecify.annotations.Nullable;

/** Brings one week in DHIS2 to what the exchange says now: sends what is new or changed, deletes what has vanished. */
final class PushesWeek {
    /** Values a request. DHIS2 answers when it has stored them all, so there must not be too many for a weak line. */
    static final int REQUEST = 1000;

    /** Fewer deletions than these are nobody's mistake. */
    private static final int FEW = 10;

    private final Ledger ledger;
    private final Dhis2Server server;
    private final boolean dryRun;
    private final boolean manyDeletions;

    /** @param manyDeletions whether more than half of what DHIS2 holds of a week may be deleted */
    PushesWeek(Ledger ledger, Dhis2Server server, boolean dryRun, boolean manyDeletions) {
        this.ledger = ledger;
        this.server = server;
        this.dryRun = dryRun;
        this.manyDeletions = manyDeletions;
    }

    /**
     * Pushes.
     *
     * @param begun given the outcome as soon as there is one; it grows, and tells how far it came when this fails
     * @throws WeekException when the others can be pushed all the same
     * @throws ExplainedException when DHIS2 is out of reach or lets nothing in
     */
    void push(WeeklyReport report, Mapping mapping, Consumer<WeekOutcome> begun) {
        WeekLedger known = ledger.week(report.week());
        Plan plan = Plan.of(report, mapping);
        List<Line> changes = changes(plan, known);
        List<Line> deletions = deletions(plan, known);
        WeekOutcome outcome = new WeekOutcome(report, plan, plan.values().size() - changes.size());
        begun.accept(outcome);
        if (!manyDeletions
                && deletions.size() > FEW
                && deletions.size() * 2 > known.entries().size()) {
            changes.forEach(outcome::add);
            deletions.forEach(outcome::add);
            throw new WeekException(
                    report.week(),
                    ExitStatus.REFUSED,
                    null,
                    "dhis2.many-deletions",
                    deletions.size(),
                    known.entries().size(),
                    report.week());
        }
        new Run(report.week(), known, outcome).run(changes, deletions);
    }

    private static List<Line> changes(Plan plan, WeekLedger known) {
        List<Line> changes = new ArrayList<>();
        plan.values().forEach((key, wanted) -> {
            Entry entry = known.entries().get(key);
            if (entry == null || !entry.holds(wanted.value())) {
                Long before = entry == null ? null : entry.value();
                changes.add(new Line(
                        before == null ? Change.NEW : Change.CHANGED,
                        key,
                        wanted.counted(),
                        before,
                        wanted.value(),
                        Fate.NOT_SENT));
            }
        });
        return changes;
    }

    private static List<Line> deletions(Plan plan, WeekLedger known) {
        List<Line> deletions = new ArrayList<>();
        known.entries().forEach((key, entry) -> {
            if (!plan.values().containsKey(key)) {
                deletions.add(new Line(Change.DELETED, key, entry.counted(), entry.value(), null, Fate.NOT_SENT));
            }
        });
        return deletions;
    }

    /** One week on its way. */
    private final class Run {
        private final EpidemiologicalWeek week;
        private final WeekLedger known;
        private final WeekOutcome outcome;
        private final Map<ValueKey, @Nullable Entry> before = new HashMap<>();
        /** Of these, a try whose answer was lost may have been stored. */
        private final Set<ValueKey> maybeStored = new HashSet<>();

        private @Nullable ExplainedException ended;

        private Run(EpidemiologicalWeek week, WeekLedger known, WeekOutcome outcome) {
            this.week = week;
            this.known = known;
            this.outcome = outcome;
        }

        private void run(List<Line> changes, List<Line> deletions) {
            if (changes.isEmpty() && deletions.isEmpty()) {
                return;
            }
            // First what may soon be there, on the disk; then the request.
            changes.forEach(this::pend);
            deletions.forEach(this::pend);
            keep();
            sendAll(changes.stream().filter(line -> !isCorrectedToZero(line)).toList());
            // DHIS2 skips zeros of elements without zeroIsSignificant, and only its counts tell. Of one element
            // alone they tell surely.
            changes.stream()
                    .filter(this::isCorrectedToZero)
                    .collect(Collectors.groupingBy(line -> line.key().dataElement(), TreeMap::new, Collectors.toList()))
                    .values()
                    .forEach(this::sendAll);
            sendAll(deletions);
            if (ended != null) {
                throw ended;
            }
        }

        /** Whether a zero is to replace what may be something else. */
        private boolean isCorrectedToZero(Line line) {
            Entry entry = before.get(line.key());
            return line.now() != null && line.now() == 0 && entry != null;
        }

        private void pend(Line line) {
            before.put(line.key(), known.pend(line.key(), line.counted()));
        }

        private void keep() {
            if (!dryRun) {
                ledger.keep(known);
            }
        }

        private void sendAll(List<Line> lines) {
            for (int first = 0; first < lines.size(); first += REQUEST) {
                send(lines.subList(first, Math.min(lines.size(), first + REQUEST)));
                keep();
            }
        }

        private void send(List<Line> lines) {
            if (ended != null) {
                lines.forEach(line -> settle(line, Fate.NOT_SENT));
                return;
            }
            boolean deletion = lines.get(0).change() == Change.DELETED;
            List<Sending> values = lines.stream().map(Run::sending).toList();
            Reply reply = deletion ? server.delete(week, values) : server.store(week, values);
            if (reply.maybeStored()) {
                lines.forEach(line -> maybeStored.add(line.key()));
            }
            if (reply instanceof Imported imported) {
                ImportSummary summary = imported.summary();
                outcome.add(summary.counts());
                boolean skipped = !deletion && summary.counts().all() < lines.size();
                for (int index = 0; index < lines.size(); index++) {
                    Line line = lines.get(index);
                    Fate fate = Fate.of(summary, index, deletion);
                    boolean zeroSkipped = skipped && isCorrectedToZero(line) && fate.kind() == Fate.Kind.ACCEPTED;
                    settle(line, zeroSkipped ? Fate.ZERO_SKIPPED : fate);
                }
            } else if (reply instanceof Failed failed) {
                ended = failed.reason();
                lines.forEach(line -> settle(line, Fate.NOT_SENT));
            } else {
                send(lines.subList(0, lines.size() / 2));
                send(lines.subList(lines.size() / 2, lines.size()));
            }
        }

        private static Sending sending(Line line) {
            if (line.now() != null) {
                return new Sending(line.key(), line.now());
            }
            // Which number is deleted does not matter, but a zero might be skipped as one that is not significant.
            return new Sending(line.key(), line.before() == null ? 1 : Math.max(1, line.before()));
        }

        private void settle(Line line, Fate reached) {
            boolean maybe = maybeStored.contains(line.key());
            Fate fate = maybe && reached.kind() == Fate.Kind.NOT_SENT ? Fate.unknown("") : reached;
            switch (fate.kind()) {
                case ACCEPTED -> {
                    if (line.now() == null) {
                        known.deleted(line.key());
                    } else {
                        known.accepted(line.key(), line.now(), line.counted());
                    }
                }
                case REFUSED, NOT_SENT -> {
                    // Else it stays pending, too: the try before the one that was refused may have been stored.
                    if (!maybe) {
                        known.restore(line.key(), before.get(line.key()));
                    }
                }
                case UNKNOWN -> {
                    // It stays pending.
                }
            }
            outcome.add(new Line(line.change(), line.key(), line.counted(), line.before(), line.now(), fate));
        }
    }
}
