package ml.keneya.load.terminology;

import picocli.CommandLine.Command;

/** Groups what an operator does with licensed and large code systems. */
@Command(name = "terminology", mixinStandardHelpOptions = true)
public final class TerminologyCommand {}
