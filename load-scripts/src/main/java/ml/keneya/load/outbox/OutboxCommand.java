package ml.keneya.load.outbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import ml.keneya.load.exchange.ExchangeOptions;
import ml.keneya.load.exchange.FhirBase;
import ml.keneya.load.exchange.Json;
import ml.keneya.load.exchange.KeyOptions;
import ml.keneya.load.exchange.Timing;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.Interruption;
import ml.keneya.load.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends the bundles that a clinic writes into a folder. */
@Command(name = "outbox", mixinStandardHelpOptions = true)
public final class OutboxCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Timing timing;

    @Parameters(paramLabel = "DIR", descriptionKey = "outbox.folder")
    private Path folder = Path.of("");

    @Option(
            names = {"--server", "--base"},
            paramLabel = "URL",
            descriptionKey = "base",
            defaultValue = "${env:KENEYA_BASE:-http://127.0.0.1:8080/fhir}",
            converter = ExchangeOptions.BaseConverter.class)
    @SuppressWarnings("NullAway.Init")
    private FhirBase base;

    @Mixin
    private final KeyOptions key = new KeyOptions();

    @Option(names = "--facility", paramLabel = "CODE", descriptionKey = "facility")
    private @Nullable String facility;

    @Option(names = "--timeout", paramLabel = "S", descriptionKey = "timeout", defaultValue = "600")
    private int timeoutSeconds;

    @Option(names = "--once", descriptionKey = "outbox.once")
    private boolean once;

    @Option(names = "--attempts", paramLabel = "N", descriptionKey = "outbox.attempts", defaultValue = "6")
    private int attempts;

    @Option(names = "--json", descriptionKey = "outbox.json")
    private boolean json;

    public OutboxCommand(Terminal terminal, Timing timing) {
        this.terminal = terminal;
        this.timing = timing;
    }

    @Override
    public Integer call() {
        var server = new OutboxServer(
                base,
                key.credentials(base),
                facility,
                Duration.ofSeconds(Math.max(1, timeoutSeconds)),
                terminal.language());
        var surroundings = new Outbox.Surroundings(timing, System::nanoTime, folder.toFile()::getUsableSpace);
        var line = new StatusLine(terminal, timing.clock());
        try (Outbox outbox = Outbox.open(OutboxFolder.of(folder), server, line::show, surroundings);
                var interruption = Interruption.calling(outbox::stop)) {
            if (once) {
                OutboxStatus status = outbox.empty(Math.max(1, attempts));
                if (!interruption.isAsked()) {
                    return ended(status);
                }
                summarise(status);
            } else {
                outbox.run();
            }
            terminal.remark("outbox.stopped");
            return interruption.isAsked() ? ExitStatus.DONE : ExitStatus.BROKEN;
        } catch (OutboxInUseException inUse) {
            terminal.remark("outbox.in-use", folder);
            return ExitStatus.MISUSED;
        } catch (IOException unusable) {
            terminal.remark("outbox.unusable", folder, unusable);
            return ExitStatus.BROKEN;
        }
    }

    private int ended(OutboxStatus status) {
        summarise(status);
        if (status.trouble() != null) {
            terminal.remarkLine(status.trouble());
            return ExitStatus.UNREACHABLE;
        }
        return status.refused() + status.waiting() == 0 ? ExitStatus.DONE : ExitStatus.REFUSED;
    }

    private void summarise(OutboxStatus status) {
        if (!json) {
            terminal.say("outbox.ended", status.sent(), status.refused(), status.waiting());
            return;
        }
        ObjectNode document = Json.object();
        document.putObject("summary")
                .put("sent", status.sent())
                .put("refused", status.refused())
                .put("waiting", status.waiting());
        terminal.json(document);
    }
}
