package ml.keneya.load.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import ml.keneya.load.detect.Counted.Injected;
import ml.keneya.load.detect.Judge.Said;
import ml.keneya.load.generate.mali.Mali;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Tells of each weekly rule, and of those that count the cases of some days, how soon and how surely it finds
 * outbreaks, and how often it cries for nothing.
 */
@Command(name = "detect", mixinStandardHelpOptions = true)
public final class BenchDetectCommand implements Callable<Integer> {
    private final Terminal terminal;

    // The settings of the rules were fixed with seeds 1 and 2 before these were drawn.
    @Option(names = "--seeds", paramLabel = "S", split = ",", descriptionKey = "bench.detect.seeds")
    private List<Long> seeds = new ArrayList<>(List.of(101L, 102L, 103L, 104L, 105L));

    @Option(names = "--people", paramLabel = "N", descriptionKey = "bench.detect.people", defaultValue = "120000")
    private long people;

    @Option(
            names = "--server-jar",
            paramLabel = "JAR",
            descriptionKey = "bench.server-jar",
            defaultValue = "${env:KENEYA_SERVER_JAR:-keneya-server.jar}")
    private String serverJar = "";

    public BenchDetectCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Mali mali = Mali.of(Trial.REGIONS);
        Map<String, Score> scores = new TreeMap<>();
        try {
            for (long seed : seeds) {
                Trial trial = Trial.of(seed);
                Counted counted = Counted.of(mali, trial.scenario(mali), people);
                terminal.remark(
                        "bench.detect.counted", seed, counted.outbreaks().size());
                new Judge(serverJar).judge(trial, counted).forEach((rule, said) -> add(scores, rule, said, counted));
            }
        } catch (JudgeFailedException notRun) {
            terminal.remark("bench.no-server-jar", serverJar);
            return ExitStatus.BROKEN;
        }
        terminal.line(
                "| rule | disease | found | median delay, weeks | false alarms a place and year | place-years | found by size |");
        terminal.line("|---|---|---|---|---|---|---|");
        // Where nothing broke out and nothing was cried there is nothing to tell.
        scores.values().stream()
                .filter(score -> score.outbreaks() > 0 || score.falseAlarms() > 0)
                .forEach(this::tell);
        return ExitStatus.DONE;
    }

    private static void add(Map<String, Score> scores, String rule, Said said, Counted counted) {
        List<Injected> outbreaks = counted.outbreaks().stream()
                .filter(outbreak -> outbreak.disease().equals(said.disease()))
                .toList();
        scores.computeIfAbsent(rule, each -> new Score(rule, said.disease()))
                .add(said.signals(), said.told(), outbreaks);
    }

    private void tell(Score score) {
        terminal.line(String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %.2f | %.0f | %s |",
                score.rule(),
                score.disease(),
                score.outbreaks() == 0 ? "–" : score.detected() + "/" + score.outbreaks(),
                score.medianDelay(),
                score.falseAlarms(),
                score.placeYears(),
                score.bySize()));
    }
}
