package ml.keneya.load.bench;

/** What is measured once the servers are warm. */
@FunctionalInterface
interface Benchmark {
    void measure(BenchRun run);
}
