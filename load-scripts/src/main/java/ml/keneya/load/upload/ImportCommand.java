package ml.keneya.load.upload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.zip.GZIPOutputStream;
import ml.keneya.load.exchange.Exchange;
import ml.keneya.load.exchange.ExchangeOptions;
import ml.keneya.load.exchange.Json;
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

/** Sends a folder of NDJSON, such as an export, piece by piece. */
@Command(name = "import", mixinStandardHelpOptions = true)
public final class ImportCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final ExchangeOptions options;

    @Parameters(paramLabel = "DIR", descriptionKey = "import.folder")
    private Path root = Path.of("");

    @Option(names = "--facility", paramLabel = "CODE", descriptionKey = "import.facility")
    private @Nullable String facility;

    @Option(names = "--json", descriptionKey = "json")
    private boolean json;

    public ImportCommand(Terminal terminal, Timing timing) {
        this.terminal = terminal;
        this.options = new ExchangeOptions(timing);
    }

    @Override
    public Integer call() {
        if (!Files.isDirectory(root)) {
            terminal.remark("import.no-folder", root);
            return ExitStatus.MISUSED;
        }
        try (var interruption = Interruption.ofThisThread()) {
            return send(interruption);
        } catch (IOException unusable) {
            terminal.remark("export.folder-unusable", root, unusable);
            return ExitStatus.BROKEN;
        }
    }

    private int send(Interruption interruption) throws IOException {
        var progress = new UploadProgress(terminal, options.timing(), json);
        try {
            UploadFolder folder = UploadFolder.of(root, options.base().toString());
            Exchange exchange = options.exchange(terminal);
            for (Path file : folder.files()) {
                send(file, folder, exchange, progress, interruption);
            }
            progress.summary();
            if (Files.exists(folder.refused())) {
                terminal.remark("import.refused", folder.refused());
                return ExitStatus.REFUSED;
            }
            return ExitStatus.DONE;
        } catch (Interruption.Stopped | ExplainedException | IOException ended) {
            if (interruption.settled()) {
                terminal.remark("import.interrupted");
                progress.summary();
                terminal.remark("import.resume");
                return ExitStatus.UNREACHABLE;
            }
            terminal.remark("import.resume");
            throw ended;
        }
    }

    private void send(
            Path file, UploadFolder folder, Exchange exchange, UploadProgress progress, Interruption interruption)
            throws IOException {
        try (var pieces = new PiecesOfFile(file)) {
            for (Piece piece = pieces.next(); piece != null; piece = pieces.next()) {
                interruption.check();
                if (folder.isAnswered(piece)) {
                    progress.skip(piece.lastLine() - piece.firstLine() + 1);
                } else {
                    send(piece, folder, exchange, progress);
                }
            }
        }
    }

    private void send(Piece piece, UploadFolder folder, Exchange exchange, UploadProgress progress) throws IOException {
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", "application/fhir+ndjson");
        headers.put("Content-Encoding", "gzip");
        headers.put("Idempotency-Key", folder.nameOf(piece));
        if (facility != null) {
            headers.put("Keneya-Facility", facility);
        }
        JsonNode answer = exchange.upload(exchange.base().under("$import"), zipped(piece.text()), headers);
        long accepted = 0;
        long refused = 0;
        for (JsonNode parameter : answer.path("parameter")) {
            switch (parameter.path("name").asText()) {
                case "accepted" -> accepted = parameter.path("valueInteger").asLong();
                case "refused" -> refused = parameter.path("valueInteger").asLong();
                case "reject" -> folder.refuse(rejected(parameter, piece));
                default -> {
                    // Newer exchanges may say more.
                }
            }
        }
        folder.answered(piece);
        progress.count(piece, accepted, refused);
    }

    private static ObjectNode rejected(JsonNode parameter, Piece piece) {
        ObjectNode rejected = Json.object().put("file", piece.file());
        for (JsonNode part : parameter.path("part")) {
            switch (part.path("name").asText()) {
                case "line" ->
                    rejected.put(
                            "line",
                            piece.firstLine() - 1 + part.path("valueInteger").asLong());
                case "quarantine" ->
                    rejected.put("quarantine", part.path("valueString").asText());
                case "outcome" ->
                    rejected.put(
                            "why",
                            part.path("resource")
                                    .path("issue")
                                    .path(0)
                                    .path("diagnostics")
                                    .asText());
                default -> {
                    // Newer exchanges may say more.
                }
            }
        }
        return rejected;
    }

    private static byte[] zipped(byte[] text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text);
        }
        return bytes.toByteArray();
    }
}
