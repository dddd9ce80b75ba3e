package ml.keneya.load.audit;

import picocli.CommandLine.Command;

/** Groups what an operator does with the trace. */
@Command(name = "audit", mixinStandardHelpOptions = true)
public final class AuditCommand {}
