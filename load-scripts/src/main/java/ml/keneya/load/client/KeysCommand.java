package ml.keneya.load.client;

import picocli.CommandLine.Command;

/** Groups what an operator does with the keys of the server itself. */
@Command(name = "keys", mixinStandardHelpOptions = true)
public final class KeysCommand {}
