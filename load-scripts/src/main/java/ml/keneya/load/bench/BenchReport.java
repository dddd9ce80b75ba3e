package ml.keneya.load.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ml.keneya.load.exchange.Json;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.Messages;
import ml.keneya.load.terminal.Terminal;
import ml.keneya.load.terminal.TextTable;

/** What a run found, for people and for programs. */
final class BenchReport {
    private final String name;
    private final BenchRun run;
    private final List<List<Figure>> figures;

    BenchReport(String name, BenchRun run) {
        this.name = name;
        this.run = run;
        this.figures = run.figures();
    }

    int exitStatus() {
        boolean anyError = figures.stream()
                .flatMap(List::stream)
                .flatMap(figure -> figure.samples().stream())
                .anyMatch(sample -> sample.seen().errors() > 0);
        return anyError ? ExitStatus.REFUSED : ExitStatus.DONE;
    }

    void printTo(Terminal terminal) {
        Messages words = terminal.messages();
        var table = new TextTable(Stream.of(
                        "what",
                        "server",
                        "workers",
                        "rate",
                        "p50",
                        "p95",
                        "p99",
                        "cpu-server",
                        "cpu-postgres",
                        "cpu-driver",
                        "others",
                        "calibration",
                        "memory",
                        "verdict")
                .map(heading -> words.text("bench.heading." + heading))
                .toList());
        figures.stream().flatMap(List::stream).forEach(figure -> table.add(row(figure, words)));
        table.printTo(terminal);
        terminal.blank();
        terminal.say("bench.units", Workload.RESOURCES_PER_BUNDLE);
        figures.stream().filter(pair -> pair.size() == 2).forEach(pair -> ratio(pair.get(0), pair.get(1), terminal));
        figures.stream().flatMap(List::stream).forEach(figure -> faults(figure, terminal));
        terminal.say(
                "bench.machine",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version", ""),
                run.plan().warmup(),
                run.plan().repeats());
    }

    private List<String> row(Figure figure, Messages words) {
        Locale language = words.language();
        return List.of(
                figure.name(),
                figure.target(),
                String.valueOf(figure.concurrency()),
                figure.of(Sample::perSecond).withRange(language, 1),
                figure.of(sample -> sample.seen().millisAt(0.50)).plain(language, 1),
                figure.of(sample -> sample.seen().millisAt(0.95)).plain(language, 1),
                figure.of(sample -> sample.seen().millisAt(0.99)).plain(language, 1),
                figure.of(sample -> sample.perThousand(sample.cpu().server())).withRange(language, 3),
                figure.of(sample -> sample.perThousand(sample.cpu().postgres())).withRange(language, 3),
                figure.of(sample -> sample.perThousand(sample.cpu().driver())).plain(language, 3),
                figure.of(Sample::otherCores).withRange(language, 2),
                figure.of(Sample::calibrationMillis).plain(language, 0),
                figure.of(Sample::residentMebibytes).plain(language, 0),
                verdict(figure, words));
    }

    private static String verdict(Figure figure, Messages words) {
        int sound = figure.sound().size();
        int all = figure.samples().size();
        if (sound == all) {
            return words.text("bench.sound", all);
        }
        String flaws = figure.flaws().stream()
                .map(flaw -> words.text("bench.flaw." + flaw.label()))
                .collect(Collectors.joining(", "));
        return words.text(sound == 0 ? "bench.void" : "bench.partly-void", sound, all, flaws);
    }

    private static void ratio(Figure own, Figure other, Terminal terminal) {
        Locale language = terminal.language();
        terminal.say(
                "bench.ratio",
                own.name(),
                own.concurrency(),
                own.target(),
                other.target(),
                own.timesThatOf(other, Sample::perSecond).withRange(language, 2),
                own.timesThatOf(other, Sample::costPerThousand).withRange(language, 2),
                terminal.messages()
                        .text(own.isPublishable() && other.isPublishable() ? "bench.ratio-sound" : "bench.ratio-void"));
    }

    private static void faults(Figure figure, Terminal terminal) {
        figure.samples().stream()
                .flatMap(sample -> sample.seen().faults().stream())
                .limit(2)
                .forEach(fault -> terminal.say("bench.fault", figure.name(), figure.target(), fault));
    }

    ObjectNode json(String validation) {
        ObjectNode document = Json.object().put("bench", name);
        document.putObject("machine")
                .put("cores", Runtime.getRuntime().availableProcessors())
                .put("driverJava", System.getProperty("java.version", ""))
                .put("system", System.getProperty("os.name", "") + " " + System.getProperty("os.version", ""));
        document.putObject("plan")
                .put("firstBundle", run.plan().first())
                .put("warmupBundles", run.plan().warmup())
                .put("alreadyWarm", run.plan().alreadyWarm())
                .put("repeats", run.plan().repeats())
                .put("resourcesPerBundle", Workload.RESOURCES_PER_BUNDLE)
                .put("validation", validation);
        ArrayNode all = document.putArray("figures");
        figures.stream().flatMap(List::stream).forEach(figure -> all.add(FigureJson.of(figure)));
        ArrayNode ratios = document.putArray("ratios");
        figures.stream()
                .filter(pair -> pair.size() == 2)
                .forEach(pair -> ratios.add(FigureJson.ratio(pair.get(0), pair.get(1))));
        return document;
    }
}
