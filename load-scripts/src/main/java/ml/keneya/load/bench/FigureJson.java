package ml.keneya.load.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ml.keneya.load.exchange.Json;

/** Figures for programs: medians and ranges, and every run behind them. Durations in ms, CPU in seconds per 1 000. */
final class FigureJson {
    private FigureJson() {}

    static ObjectNode of(Figure figure) {
        ObjectNode json = Json.object()
                .put("name", figure.name())
                .put("server", figure.target())
                .put("concurrency", figure.concurrency())
                .put("publishable", figure.isPublishable())
                .put("soundRuns", figure.sound().size());
        spread(json, "perSecond", figure.of(Sample::perSecond));
        spread(json, "p50", figure.of(sample -> sample.seen().millisAt(0.50)));
        spread(json, "p95", figure.of(sample -> sample.seen().millisAt(0.95)));
        spread(json, "p99", figure.of(sample -> sample.seen().millisAt(0.99)));
        spread(
                json,
                "cpuServerPer1000",
                figure.of(sample -> sample.perThousand(sample.cpu().server())));
        spread(
                json,
                "cpuPostgresPer1000",
                figure.of(sample -> sample.perThousand(sample.cpu().postgres())));
        spread(
                json,
                "cpuDriverPer1000",
                figure.of(sample -> sample.perThousand(sample.cpu().driver())));
        spread(json, "cpuPer1000", figure.of(Sample::costPerThousand));
        ArrayNode samples = json.putArray("runs");
        figure.samples().forEach(sample -> samples.add(run(figure, sample)));
        return json;
    }

    static ObjectNode ratio(Figure own, Figure other) {
        ObjectNode json = Json.object()
                .put("name", own.name())
                .put("concurrency", own.concurrency())
                .put("of", own.target())
                .put("to", other.target())
                .put("publishable", own.isPublishable() && other.isPublishable());
        spread(json, "perSecond", own.timesThatOf(other, Sample::perSecond));
        spread(json, "cpuPer1000", own.timesThatOf(other, Sample::costPerThousand));
        return json;
    }

    private static ObjectNode run(Figure figure, Sample sample) {
        ObjectNode json = Json.object()
                .put("requests", sample.requests())
                .put("seconds", rounded(sample.seen().seconds()));
        number(json, "perSecond", sample.perSecond());
        number(json, "p50", sample.seen().millisAt(0.50));
        number(json, "p95", sample.seen().millisAt(0.95));
        number(json, "p99", sample.seen().millisAt(0.99));
        number(json, "max", sample.seen().millisAt(1));
        number(json, "cpuServer", sample.cpu().server());
        number(json, "cpuPostgres", sample.cpu().postgres());
        number(json, "cpuDriver", sample.cpu().driver());
        number(json, "otherCores", sample.otherCores());
        number(json, "calibrationMillis", sample.calibrationMillis());
        number(json, "residentMebibytes", sample.residentMebibytes());
        json.put("errors", sample.seen().errors()).put("replays", sample.seen().replays());
        number(json, "entriesPerRequest", sample.seen().entries() / (double) sample.requests());
        ArrayNode flaws = json.putArray("flaws");
        sample.flaws(figure.bestCalibration(), figure.cold()).forEach(flaw -> flaws.add(flaw.label()));
        return json;
    }

    private static void spread(ObjectNode json, String name, Spread spread) {
        ObjectNode figures = json.putObject(name);
        number(figures, "median", spread.median());
        number(figures, "min", spread.least());
        number(figures, "max", spread.most());
    }

    // JSON has no word for "not a number", and null says that it is not known.
    private static void number(ObjectNode json, String name, double value) {
        if (Double.isFinite(value)) {
            json.put(name, rounded(value));
        } else {
            json.putNull(name);
        }
    }

    private static double rounded(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }
}
