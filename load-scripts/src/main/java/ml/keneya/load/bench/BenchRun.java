package ml.keneya.load.bench;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import ml.keneya.load.terminal.Terminal;

/**
 * One run against one or two servers. Each repeat measures every server before the next repeat begins, and every other
 * repeat in the opposite order, so that a slow minute of the machine falls on all of them.
 */
final class BenchRun {
    private static final int BLOCK = 500;
    private static final int WARMUP_WORKERS = 4;

    private final List<Target> targets;
    private final BenchPlan plan;
    private final Clock clock;
    private final Terminal terminal;
    private final Meter meter;
    private final List<Series> series = new ArrayList<>();
    private Instant begun = Instant.EPOCH;
    private int posted;

    BenchRun(List<Target> targets, BenchPlan plan, Clock clock, Terminal terminal) {
        this.targets = List.copyOf(targets);
        this.plan = plan;
        this.clock = clock;
        this.terminal = terminal;
        this.meter = new Meter(ProcessTimes.ofThisMachine(), new Calibration(plan.calibrationWarmUps()));
    }

    /** The samples of one measurement, by the name of the server. */
    private record Series(String name, int concurrency, Map<String, List<Sample>> samples) {}

    List<Target> targets() {
        return targets;
    }

    BenchPlan plan() {
        return plan;
    }

    /** Posts the sites that the bundles name, then bundles until the servers are warm. */
    void prepare() {
        begun = clock.instant();
        if (plan.facility() == null) {
            targets.forEach(BenchRun::postFacilities);
        }
        for (Target target : targets) {
            for (int done = 0; done < plan.warmup(); done += BLOCK) {
                int count = Math.min(BLOCK, plan.warmup() - done);
                int first = plan.first() + done;
                terminal.remark("bench.warming", target.name(), done, plan.warmup());
                requireGood(
                        target,
                        loop(target, WARMUP_WORKERS, new Ingestion(first, count, target.kept(), plan.facility()))
                                .run(first, count));
            }
        }
        posted = plan.warmup();
    }

    private static void postFacilities(Target target) {
        try {
            Response answer = target.client().send(Request.post("", Workload.facilities(), Map.of()));
            if (answer.status() >= 300) {
                throw new BenchException("bench.refused", target.name(), answer.beginning());
            }
        } catch (IOException away) {
            throw new BenchException("bench.away", target.name(), away.toString());
        }
    }

    private static void requireGood(Target target, ClosedLoop.Seen seen) {
        if (seen.errors() > 0) {
            throw new BenchException("bench.refused", target.name(), String.join("\n", seen.faults()));
        }
    }

    /** Measures the posting of so many bundles that no server has seen before. */
    void measureIngestion(int count) {
        for (int workers : plan.concurrency()) {
            Series figures = begin("ingest", workers);
            for (int repeat = 0; repeat < plan.repeats(); repeat++) {
                int first = plan.first() + posted;
                for (Target target : inTurn(repeat)) {
                    var errand = new Ingestion(first, count, target.kept(), plan.facility());
                    add(
                            figures,
                            repeat,
                            target,
                            meter.measure(
                                    target,
                                    Workload.RESOURCES_PER_BUNDLE,
                                    () -> loop(target, workers, errand).run(first, count)));
                }
                posted += count;
            }
        }
    }

    /**
     * Measures one kind of request for a while, after a while that does not count.
     *
     * @param errand what is asked of a server
     */
    void measureRequests(String name, double warmSeconds, double seconds, Function<Target, Errand> errand) {
        for (int workers : plan.concurrency()) {
            Series figures = begin(name, workers);
            targets.forEach(
                    target -> loop(target, workers, errand.apply(target)).runFor(0, warmSeconds));
            for (int repeat = 0; repeat < plan.repeats(); repeat++) {
                int first = (repeat + 1) * 10_000_000;
                for (Target target : inTurn(repeat)) {
                    Errand asked = errand.apply(target);
                    add(
                            figures,
                            repeat,
                            target,
                            meter.measure(
                                    target,
                                    1,
                                    () -> loop(target, workers, asked).runFor(first, seconds)));
                }
            }
        }
    }

    /** What a server has been given so far. */
    SearchShape.Posted postedTo(Target target) {
        if (posted == 0) {
            throw new BenchException("bench.nothing-kept", "Bundle");
        }
        return new SearchShape.Posted(plan.first(), posted, target.kept(), begun, clock.instant());
    }

    private Series begin(String name, int workers) {
        var figures = new Series(name, workers, new LinkedHashMap<>());
        targets.forEach(target -> figures.samples().put(target.name(), new ArrayList<>()));
        series.add(figures);
        return figures;
    }

    private List<Target> inTurn(int repeat) {
        return repeat % 2 == 0 || targets.size() < 2 ? targets : List.of(targets.get(1), targets.get(0));
    }

    private void add(Series figures, int repeat, Target target, Sample sample) {
        figures.samples().getOrDefault(target.name(), new ArrayList<>()).add(sample);
        terminal.remark(
                "bench.sample",
                figures.name(),
                target.name(),
                figures.concurrency(),
                repeat + 1,
                plan.repeats(),
                sample.perSecond(),
                sample.costPerThousand(),
                sample.otherCores());
    }

    private static ClosedLoop loop(Target target, int workers, Errand errand) {
        return new ClosedLoop(workers, target.client(), errand);
    }

    /** Measurement by measurement, the figure of each server in the order of the servers. */
    List<List<Figure>> figures() {
        double best = series.stream()
                .flatMap(each -> each.samples().values().stream().flatMap(List::stream))
                .mapToDouble(Sample::calibrationMillis)
                .min()
                .orElse(Double.NaN);
        return series.stream()
                .map(each -> targets.stream()
                        .map(target -> new Figure(
                                each.name(),
                                target.name(),
                                each.concurrency(),
                                each.samples().getOrDefault(target.name(), List.of()),
                                best,
                                plan.leavesCold()))
                        .toList())
                .toList();
    }
}
