package ml.keneya.load.export;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import ml.keneya.load.exchange.ExchangeOptions;
import ml.keneya.load.exchange.Timing;
import ml.keneya.load.exchange.Wire;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures a bulk export from the kick-off to the last byte of the last file, which is thrown away. Any server of Bulk
 * Data Access can be measured.
 */
@Command(name = "export", mixinStandardHelpOptions = true)
public final class BenchExportCommand implements Callable<Integer> {
    private static final int BUFFER = 1 << 16;
    private static final double NANOS = 1e9;

    private final Terminal terminal;

    @Mixin
    private final ExchangeOptions options;

    @Option(names = "--type", paramLabel = "TYPE", split = ",", descriptionKey = "export.type")
    private List<String> types = List.of();

    @Option(names = "--parallel", paramLabel = "N", descriptionKey = "export.parallel", defaultValue = "4")
    private int parallel;

    @Option(names = "--compressed", descriptionKey = "bench.compressed")
    private boolean compressed;

    @Option(names = "--repeats", paramLabel = "N", descriptionKey = "bench.repeats", defaultValue = "3")
    private int repeats;

    public BenchExportCommand(Terminal terminal, Timing timing) {
        this.terminal = terminal;
        this.options = new ExchangeOptions(timing);
    }

    @Override
    public Integer call() {
        var bulk = new BulkExport(options.exchange(terminal), options.timing(), terminal);
        boolean whole = true;
        for (int repeat = 0; repeat < repeats; repeat++) {
            whole &= measure(bulk);
        }
        return whole ? ExitStatus.DONE : ExitStatus.NOT_AS_SENT;
    }

    /** @return whether as many lines came as the manifest names */
    private boolean measure(BulkExport bulk) {
        long start = System.nanoTime();
        String status = bulk.begin(types.isEmpty() ? "$export" : "$export?_type=" + String.join(",", types));
        JsonNode manifest = bulk.manifest(status);
        double prepared = (System.nanoTime() - start) / NANOS;
        List<ExportedFile> files = ExportedFile.in(manifest);
        var lines = new AtomicLong();
        var bytes = new AtomicLong();
        fetch(bulk, files, lines, bytes);
        double seconds = (System.nanoTime() - start) / NANOS;
        bulk.cancel(status);
        long expected = files.stream().mapToLong(ExportedFile::lines).sum();
        terminal.say(
                "bench.export",
                lines.get(),
                bytes.get() / 1e6,
                files.size(),
                prepared,
                seconds,
                lines.get() / seconds,
                bytes.get() / 1e6 / seconds);
        boolean tells = files.stream().allMatch(file -> file.lines() >= 0);
        return !tells || expected == lines.get();
    }

    private void fetch(BulkExport bulk, List<ExportedFile> files, AtomicLong lines, AtomicLong bytes) {
        ExecutorService workers = Executors.newFixedThreadPool(Math.max(1, parallel));
        try {
            List<Future<?>> running = new ArrayList<>();
            for (ExportedFile file : ExportedFile.largestFirst(files)) {
                running.add(workers.submit(() -> fetch(bulk, file, body -> count(body, lines, bytes))));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        } finally {
            workers.shutdownNow();
        }
    }

    private void fetch(BulkExport bulk, ExportedFile file, Wire.Receiver receiver) {
        if (compressed) {
            bulk.fetch(file, receiver);
        } else {
            bulk.fetchPlain(file, receiver);
        }
    }

    private static void count(InputStream body, AtomicLong lines, AtomicLong bytes) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
            long ends = 0;
            for (int index = 0; index < count; index++) {
                if (buffer[index] == '\n') {
                    ends++;
                }
            }
            lines.addAndGet(ends);
            bytes.addAndGet(count);
        }
    }
}
