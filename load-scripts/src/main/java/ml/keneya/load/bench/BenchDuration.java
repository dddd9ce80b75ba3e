package ml.keneya.load.bench;

import picocli.CommandLine.Option;

/** For how long requests are sent: first unmeasured, to warm the server, then measured. */
final class BenchDuration {

    @Option(names = "--seconds", paramLabel = "S", descriptionKey = "bench.seconds", defaultValue = "8")
    private double seconds;

    @Option(names = "--warm-seconds", paramLabel = "S", descriptionKey = "bench.warm-seconds", defaultValue = "5")
    private double warmSeconds;

    double seconds() {
        return seconds;
    }

    double warmSeconds() {
        return warmSeconds;
    }
}
