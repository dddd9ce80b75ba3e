package ml.keneya.load.dhis2;

import picocli.CommandLine.Command;

/** Groups what is done with DHIS2. */
@Command(name = "dhis2", mixinStandardHelpOptions = true)
public final class Dhis2Command {}
