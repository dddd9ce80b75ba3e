package ml.keneya.load.generate.fhir;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Records one a line, a list for each type, as bulk data has them. */
public final class RecordLines implements Sink {
    private final Map<String, Lines> types = new HashMap<>();
    private @Nullable Lines open;

    private static final class Lines {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final FhirJson json = FhirJson.lines(bytes);
        private long count;
    }

    @Override
    public FhirJson begin(RecordName name) {
        Lines lines = types.computeIfAbsent(name.type(), type -> new Lines());
        open = lines;
        lines.count++;
        return lines.json.object().text("resourceType", name.type()).text("id", name.uuid());
    }

    @Override
    public void end() {
        if (open != null) {
            open.json.end();
        }
    }

    @Override
    public String link(RecordName name) {
        return name.type() + "/" + name.uuid();
    }

    public SortedMap<String, Long> counts() {
        SortedMap<String, Long> counts = new TreeMap<>();
        types.forEach((type, lines) -> counts.put(type, lines.count));
        return counts;
    }

    /** The bytes of each type, every line ended. */
    public SortedMap<String, byte[]> bytes() {
        SortedMap<String, byte[]> all = new TreeMap<>();
        types.forEach((type, lines) -> {
            lines.json.flush();
            lines.bytes.writeBytes("\n".getBytes(StandardCharsets.US_ASCII));
            all.put(type, lines.bytes.toByteArray());
        });
        return all;
    }
}
