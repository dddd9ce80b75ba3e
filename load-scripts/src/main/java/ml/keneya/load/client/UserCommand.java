package ml.keneya.load.client;

import picocli.CommandLine.Command;

/** Groups what an operator does with the people who may call. */
@Command(name = "user", mixinStandardHelpOptions = true)
public final class UserCommand {}
