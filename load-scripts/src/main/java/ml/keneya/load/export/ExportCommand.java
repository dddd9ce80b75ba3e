package ml.keneya.load.export;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import ml.keneya.load.exchange.ExchangeOptions;
import ml.keneya.load.exchange.RefusedException;
import ml.keneya.load.exchange.Timing;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.ExplainedException;
import ml.keneya.load.terminal.Interruption;
import ml.keneya.load.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Fetches everything, or what has changed since an earlier export, into a folder. */
@Command(name = "export", mixinStandardHelpOptions = true)
public final class ExportCommand implements Callable<Integer> {
    private static final int MOST = 32;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;

    private final Terminal terminal;

    @Mixin
    private final ExchangeOptions options;

    @Option(names = "--out", paramLabel = "DIR", descriptionKey = "export.out", required = true)
    private Path out = Path.of("");

    @Option(names = "--since", paramLabel = "T|DIR", descriptionKey = "export.since")
    private @Nullable String since;

    @Option(names = "--type", paramLabel = "TYPE", split = ",", descriptionKey = "export.type")
    private List<String> types = List.of();

    @Option(names = "--elements", paramLabel = "ELEMENT", split = ",", descriptionKey = "export.elements")
    private List<String> elements = List.of();

    @Option(names = "--group", paramLabel = "ID", descriptionKey = "export.group")
    private @Nullable String group;

    @Option(names = "--people", descriptionKey = "export.people")
    private boolean people;

    @Option(names = "--parallel", paramLabel = "N", descriptionKey = "export.parallel", defaultValue = "4")
    private int parallel;

    @Option(names = "--json", descriptionKey = "json")
    private boolean json;

    public ExportCommand(Terminal terminal, Timing timing) {
        this.terminal = terminal;
        this.options = new ExchangeOptions(timing);
    }

    @Override
    public Integer call() {
        if (parallel < 1 || parallel > MOST) {
            terminal.remark("misuse.value", parallel, "--parallel");
            return ExitStatus.MISUSED;
        }
        try {
            ExportFolder folder = ExportFolder.of(out);
            Optional<String> words = words();
            if (words.isEmpty()) {
                return ExitStatus.MISUSED;
            }
            if (folder.manifest().isPresent() || folder.holdsAnotherThan(asked(words.get()))) {
                terminal.remark("export.folder-taken", out);
                return ExitStatus.MISUSED;
            }
            return export(folder, words.get());
        } catch (IOException unusable) {
            terminal.remark("export.folder-unusable", out, unusable);
            return ExitStatus.BROKEN;
        }
    }

    private int export(ExportFolder folder, String words) throws IOException {
        var bulk = new BulkExport(options.exchange(terminal), options.timing(), terminal);
        var progress = new ExportProgress(terminal, options.timing(), json);
        var fetches = new FetchesFiles(bulk, folder, progress, parallel);
        Thread waiting = Thread.currentThread();
        try (var interruption = Interruption.ofThisThread(() -> {
            fetches.stop();
            waiting.interrupt();
        })) {
            try {
                JsonNode manifest = manifest(bulk, folder, words);
                List<ExportedFile> files = ExportedFile.in(manifest);
                if (fetched(fetches, files, interruption)) {
                    folder.complete(manifest);
                    progress.summary(manifest.path("transactionTime").asText(), files.size());
                    return ExitStatus.DONE;
                }
            } catch (ExplainedException failed) {
                if (!interruption.settled()) {
                    throw failed;
                }
            }
            if (!interruption.settled()) {
                return ExitStatus.BROKEN;
            }
            terminal.remark("export.interrupted");
            terminal.remark("export.resume");
            return ExitStatus.UNREACHABLE;
        }
    }

    /** @return whether all files are there; when that is not for an interruption, it has been said how to go on */
    private boolean fetched(FetchesFiles fetches, List<ExportedFile> files, Interruption interruption) {
        boolean whole = false;
        try {
            whole = fetches.fetch(files);
            return whole;
        } finally {
            if (!whole && !interruption.isAsked()) {
                terminal.remark("export.resume");
            }
            if (whole) {
                interruption.settled();
            }
        }
    }

    /** Goes on with the export that was begun, as long as the exchange has it. */
    private JsonNode manifest(BulkExport bulk, ExportFolder folder, String words) throws IOException {
        Optional<String> begun = folder.begun(asked(words));
        if (begun.isPresent()) {
            try {
                return bulk.manifest(begun.get());
            } catch (RefusedException refused) {
                if (refused.status() != NOT_FOUND && refused.status() != GONE) {
                    throw refused;
                }
                terminal.remark("export.begun-again");
            }
        }
        String status = bulk.begin(words);
        folder.begin(asked(words), status);
        return bulk.manifest(status);
    }

    private String asked(String words) {
        return options.base() + " " + words;
    }

    private Optional<String> words() throws IOException {
        List<String> parameters = new ArrayList<>();
        if (!types.isEmpty()) {
            parameters.add("_type=" + encoded(String.join(",", types)));
        }
        if (!elements.isEmpty()) {
            parameters.add("_elements=" + encoded(String.join(",", elements)));
        }
        if (since != null) {
            Optional<String> instant = instant(since);
            if (instant.isEmpty()) {
                return Optional.empty();
            }
            parameters.add("_since=" + encoded(instant.get()));
        }
        String path = group != null ? "Group/" + encoded(group) + "/" : people ? "Patient/" : "";
        String query = parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
        return Optional.of(path + "$export" + query);
    }

    /** An instant, or the one that an earlier export in a folder ends with. */
    private Optional<String> instant(String given) throws IOException {
        Path folder = Path.of(given);
        if (!Files.isDirectory(folder)) {
            return Optional.of(given);
        }
        Optional<String> time = ExportFolder.of(folder)
                .manifest()
                .map(manifest -> manifest.path("transactionTime").asText());
        if (time.isEmpty()) {
            terminal.remark("export.since-unfinished", folder);
        }
        return time;
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
