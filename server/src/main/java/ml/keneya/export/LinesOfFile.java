package ml.keneya.export;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ml.keneya.store.RawVersion;

/** Lines of a file that are ready, until they are many enough to be handed on. */
final class LinesOfFile implements PieceOfFile {

    /** What one file takes of the memory, beside its largest record. */
    private static final int PIECE = 2 * 1024 * 1024;

    private final FhirContext context;
    private final List<String> elements;
    private final Map<String, Optional<KeptElements>> keptByType = new HashMap<>();
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream(PIECE + PIECE / 8);
    private final ByteArrayOutputStream whole = new ByteArrayOutputStream();

    LinesOfFile(FhirContext context, ExportJob job) {
        this.context = context;
        this.elements = job.request().elements();
    }

    @Override
    public boolean add(RawVersion version) {
        Optional<KeptElements> kept = kept(version.resourceType());
        if (kept.isEmpty()) {
            SplicesRecords.write(version, lines);
        } else {
            whole.reset();
            SplicesRecords.write(version, whole);
            reduce(kept.get(), whole.toByteArray());
        }
        lines.write('\n');
        return !isFull();
    }

    /** A record that is not stored but was made for this file. */
    void add(String type, String json) {
        byte[] record = json.getBytes(StandardCharsets.UTF_8);
        Optional<KeptElements> kept = kept(type);
        if (kept.isEmpty()) {
            lines.write(record, 0, record.length);
        } else {
            reduce(kept.get(), record);
        }
        lines.write('\n');
    }

    /** The line that begins a patient's block. */
    void addHeader(String patient) {
        String id = new String(JsonStringEncoder.getInstance().quoteAsString(patient));
        byte[] header = ("{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"header\",\"valueReference\":"
                        + "{\"reference\":\"Patient/" + id + "\"}}]}\n")
                .getBytes(StandardCharsets.UTF_8);
        lines.write(header, 0, header.length);
    }

    @Override
    public boolean isFull() {
        return lines.size() >= PIECE;
    }

    @Override
    public void handOn(OutputStream stream) throws IOException {
        lines.writeTo(stream);
        lines.reset();
    }

    private Optional<KeptElements> kept(String type) {
        return keptByType.computeIfAbsent(type, each -> Optional.ofNullable(KeptElements.of(context, each, elements)));
    }

    private void reduce(KeptElements kept, byte[] record) {
        try {
            kept.write(record, lines);
        } catch (IOException impossible) {
            throw new UncheckedIOException("What is stored is JSON, and memory does not fail.", impossible);
        }
    }
}
