package ml.keneya.load.bench;

import picocli.CommandLine.Command;

/** Groups the benchmarks. */
@Command(name = "bench", mixinStandardHelpOptions = true)
public final class BenchCommand {}
