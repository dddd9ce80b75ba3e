package ml.keneya.load.folder;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import ml.keneya.load.bundles.BundleFiles;
import ml.keneya.load.bundles.BundleSender;
import ml.keneya.load.bundles.LoadReport;
import ml.keneya.load.exchange.ExchangeOptions;
import ml.keneya.load.exchange.Timing;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.ExplainedException;
import ml.keneya.load.terminal.Interruption;
import ml.keneya.load.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Posts a folder of bundles: several at a time, resumable, with progress and a summary of refusals. */
@Command(name = "bundles", mixinStandardHelpOptions = true)
public final class LoadBundlesCommand implements Callable<Integer> {
    private static final int MOST = 32;

    private final Terminal terminal;

    @Mixin
    private final ExchangeOptions options;

    @Parameters(paramLabel = "DIR", descriptionKey = "load.folder")
    private Path folder = Path.of("");

    @Option(names = "--facility", paramLabel = "CODE", descriptionKey = "facility")
    private @Nullable String facility;

    @Option(names = "--parallel", paramLabel = "N", descriptionKey = "load.parallel", defaultValue = "4")
    private int parallel;

    @Option(names = "--unordered", descriptionKey = "load.unordered")
    private boolean unordered;

    @Option(names = "--journal", paramLabel = "FILE", descriptionKey = "load.journal")
    private @Nullable Path journal;

    @Option(names = "--refused-again", descriptionKey = "load.refused-again")
    private boolean refusedAgain;

    @Option(names = "--json", descriptionKey = "load.json-many")
    private boolean json;

    public LoadBundlesCommand(Terminal terminal, Timing timing) {
        this.terminal = terminal;
        this.options = new ExchangeOptions(timing);
    }

    @Override
    public Integer call() {
        if (!Files.exists(folder)) {
            terminal.remark("load.no-such-file", folder);
            return ExitStatus.MISUSED;
        }
        if (parallel < 1 || parallel > MOST) {
            terminal.remark("misuse.value", parallel, "--parallel");
            return ExitStatus.MISUSED;
        }
        try (Journal open = Journal.open(journalPath(), delivery())) {
            return load(open);
        }
    }

    // Beside the folder, so that the folder itself may lie on a read-only medium and be copied as it is.
    private Path journalPath() {
        if (journal != null) {
            return journal;
        }
        Path whole = folder.toAbsolutePath().normalize();
        return whole.resolveSibling(whole.getFileName() + ".journal");
    }

    private String delivery() {
        return options.base() + " " + (facility == null ? "-" : facility);
    }

    private int load(Journal open) {
        LoadReport report = LoadReport.ofMany(terminal, json);
        var progress = new Progress(terminal, report, options.timing(), BundleFiles.size(folder));
        var load = new FolderLoad(
                new BundleSender(options.exchange(terminal)),
                open,
                report,
                progress,
                new FolderLoad.Choices(parallel, unordered, refusedAgain, facility));
        try (var interruption = Interruption.calling(load::stop)) {
            int status;
            try {
                load.run(List.of(folder));
                status = report.exitStatus();
            } catch (ExplainedException ended) {
                if (!interruption.isAsked()) {
                    terminal.remarkLine(ended.explainedIn(terminal.messages()));
                }
                status = ended.exitStatus();
            }
            if (interruption.isAsked()) {
                terminal.remark("load.interrupted");
            }
            if (interruption.isAsked() || status != report.exitStatus()) {
                terminal.remark("load.resume-journal", journalPath());
            }
            report.summary(progress.taken());
            return status;
        }
    }
}
