package ml.keneya.load.terminology;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import ml.keneya.load.exchange.ExchangeOptions;
import ml.keneya.load.exchange.Timing;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.ExplainedException;
import ml.keneya.load.terminal.Interruption;
import ml.keneya.load.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Loads a code system from what its publisher distributes, piece by piece. */
@Command(name = "load", mixinStandardHelpOptions = true)
public final class TerminologyLoadCommand implements Callable<Integer> {
    /**
     * Changes with the order or the content of the facts that are made of a file: 2 since ClaML gives its fifth
     * characters.
     */
    private static final int READING = 2;

    private final Terminal terminal;

    @Mixin
    private final ExchangeOptions options;

    @Mixin
    private final HeadingOptions given = new HeadingOptions();

    @Parameters(paramLabel = "FILE", descriptionKey = "terminology.file")
    private Path path = Path.of("");

    private volatile boolean stopped;

    public TerminologyLoadCommand(Terminal terminal, Timing timing) {
        this.terminal = terminal;
        this.options = new ExchangeOptions(timing);
    }

    @Override
    public Integer call() {
        try (var interruption = Interruption.calling(() -> stopped = true);
                Publication publication = Publication.of(path)) {
            PublishedForm form = PublishedForms.of(publication);
            Heading heading = form.heading(given);
            String digest = Publication.digest(form.files(), READING, heading.language());
            terminal.remark("terminology.reading", heading.title(), heading.system(), heading.version());
            return send(form, heading, digest);
        } catch (IOException unreadable) {
            terminal.remark("terminology.no-reading", path, unreadable);
            return ExitStatus.BROKEN;
        }
    }

    private int send(PublishedForm form, Heading heading, String digest) throws IOException {
        List<PublishedFile> files = form.files();
        var progress = new LoadProgress(terminal, options.timing(), files);
        var upload = new ConceptUpload(options.exchange(terminal), heading, digest, progress, () -> stopped);
        try {
            if (!upload.begin()) {
                terminal.say("terminology.already", heading.system(), heading.version());
                return ExitStatus.DONE;
            }
            if (upload.known() > 0) {
                terminal.remark("terminology.goes-on", upload.known());
            }
            for (PublishedFile file : files) {
                form.read(progress.watched(file), heading, upload);
            }
            long concepts = upload.complete();
            terminal.say(
                    "terminology.done",
                    heading.title(),
                    heading.version(),
                    concepts,
                    progress.facts(),
                    progress.seconds());
            return ExitStatus.DONE;
        } catch (ConceptUpload.StoppedException asked) {
            terminal.remark("terminology.resume");
            return ExitStatus.UNREACHABLE;
        } catch (ExplainedException failed) {
            terminal.remark("terminology.resume");
            throw failed;
        }
    }
}
