package ml.keneya.load.agency;

import picocli.CommandLine.Command;

/** Groups what can be pulled. */
@Command(name = "pull", mixinStandardHelpOptions = true)
public final class PullCommand {}
