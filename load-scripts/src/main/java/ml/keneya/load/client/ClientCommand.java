package ml.keneya.load.client;

import picocli.CommandLine.Command;

/** Groups what an operator does with the systems that may call. */
@Command(name = "client", mixinStandardHelpOptions = true)
public final class ClientCommand {}
