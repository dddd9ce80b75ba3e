package ml.keneya.load.views;

import picocli.CommandLine.Command;

/** Groups what an operator does with views. */
@Command(name = "views", mixinStandardHelpOptions = true)
public final class ViewsCommand {}
