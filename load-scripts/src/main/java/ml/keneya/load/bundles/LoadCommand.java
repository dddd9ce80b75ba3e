package ml.keneya.load.bundles;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import ml.keneya.load.exchange.ExchangeOptions;
import ml.keneya.load.exchange.Timing;
import ml.keneya.load.exchange.UnreachableException;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.Interruption;
import ml.keneya.load.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Posts bundle files to the exchange. */
@Command(name = "load", mixinStandardHelpOptions = true)
public final class LoadCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final ExchangeOptions options;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    // Asked for in call(): the commands below this one take other parameters.
    @Parameters(arity = "0..*", paramLabel = "FILE|DIR", descriptionKey = "files")
    private List<Path> paths = List.of();

    @Option(names = "--facility", paramLabel = "CODE", descriptionKey = "facility")
    private @Nullable String facility;

    @Option(names = "--warnings", descriptionKey = "warnings")
    private boolean warnings;

    @Option(names = "--json", descriptionKey = "json-lines")
    private boolean json;

    public LoadCommand(Terminal terminal, Timing timing) {
        this.terminal = terminal;
        this.options = new ExchangeOptions(timing);
    }

    @Override
    public Integer call() {
        if (paths.isEmpty()) {
            throw new MissingParameterException(
                    spec.commandLine(), spec.positionalParameters().get(0), "");
        }
        for (Path path : paths) {
            if (!Files.exists(path)) {
                terminal.remark("load.no-such-file", path);
                return ExitStatus.MISUSED;
            }
        }
        return load(json ? LoadReport.inJson(terminal) : LoadReport.inWords(terminal, warnings));
    }

    private int load(LoadReport report) {
        Instant start = options.timing().clock().instant();
        try (var interruption = Interruption.ofThisThread()) {
            Optional<UnreachableException> unreachable = send(report, interruption);
            if (interruption.settled()) {
                terminal.remark("load.interrupted");
                terminal.remark("load.resume");
            } else if (unreachable.isPresent()) {
                terminal.remarkLine(unreachable.get().explainedIn(terminal.messages()));
                terminal.remark("load.resume");
            }
            report.summary(since(start));
            return unreachable.map(UnreachableException::exitStatus).orElseGet(report::exitStatus);
        }
    }

    /** @return why not everything could be sent */
    private Optional<UnreachableException> send(LoadReport report, Interruption interruption) {
        var sender = new BundleSender(options.exchange(terminal));
        var files = new BundleFiles(file -> {
            interruption.check();
            report.add(outcomeOf(file, sender));
        });
        try {
            paths.forEach(files::visit);
        } catch (Interruption.Stopped asked) {
            return Optional.empty();
        } catch (UnreachableException unreachable) {
            return Optional.of(unreachable);
        }
        return Optional.empty();
    }

    private Outcome outcomeOf(BundleFile file, BundleSender sender) {
        if (file instanceof BundleFile.Unreadable unreadable) {
            return new Outcome.Unsent(unreadable.name(), unreadable.reason(), unreadable.detail());
        }
        var found = (BundleFile.Found) file;
        return sender.send(found.name(), found.content(), facility);
    }

    private Duration since(Instant start) {
        return Duration.between(start, options.timing().clock().instant());
    }
}
