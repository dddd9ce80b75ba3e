package ml.keneya.load;

import java.util.stream.Collectors;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in the user's language what is wrong with a command line, where picocli would say it in English. */
final class ExplainsMisuse implements IParameterExceptionHandler {
    private final Terminal terminal;

    ExplainsMisuse(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public int handleParseException(ParameterException misuse, String[] arguments) {
        terminal.remarkLine(explanation(misuse));
        terminal.remark("misuse.help", misuse.getCommandLine().getCommandSpec().qualifiedName());
        return ExitStatus.MISUSED;
    }

    private String explanation(ParameterException misuse) {
        var words = terminal.messages();
        if (misuse instanceof UnmatchedArgumentException unmatched) {
            return words.text("misuse.unknown", String.join(" ", unmatched.getUnmatched()));
        }
        if (misuse instanceof MissingParameterException missing) {
            String names =
                    missing.getMissing().stream().map(ExplainsMisuse::name).collect(Collectors.joining(", "));
            return words.text("misuse.missing", names);
        }
        if (misuse instanceof MutuallyExclusiveArgsException) {
            return words.text("misuse.together");
        }
        if (misuse.getArgSpec() != null) {
            return words.text("misuse.value", String.valueOf(misuse.getValue()), name(misuse.getArgSpec()));
        }
        return words.text("misuse.command");
    }

    private static String name(@Nullable ArgSpec argument) {
        if (argument == null) {
            return "";
        }
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }
}
