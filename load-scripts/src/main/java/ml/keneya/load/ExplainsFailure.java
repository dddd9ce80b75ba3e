package ml.keneya.load;

import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.ExplainedException;
import ml.keneya.load.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns an exception into a sentence and an exit status; the one place that does. */
final class ExplainsFailure implements IExecutionExceptionHandler {
    private final Terminal terminal;

    ExplainsFailure(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        if (failure instanceof ExplainedException explained) {
            terminal.remarkLine(explained.explainedIn(terminal.messages()));
            return explained.exitStatus();
        }
        terminal.remark("failure.unexpected", failure);
        return ExitStatus.BROKEN;
    }
}
