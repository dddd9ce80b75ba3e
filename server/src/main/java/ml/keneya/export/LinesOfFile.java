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
import ml.keneya.export.pseudonymised.PseudonymisesRecords;
import ml.keneya.store.RawVersion;
import org.jspecify.annotations.Nullable;

/** Lines of a file that are ready, until they are many enough to be handed on. */
final class LinesOfFile implements PieceOfFile {

    /** What one file takes of the memory, beside its largest record. */
    private static final int PIECE = 2 * 1024 * 1024;

    private final FhirContext context;
    private final List<String> elements;
    private final Audience audience;
    private final @Nullable PseudonymisesRecords pseudonymises;
    private final Map<String, Optional<KeptElements>> keptByType = new HashMap<>();
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream(PIECE + PIECE / 8);
    private final ByteArrayOutputStream whole = new ByteArrayOutputStream();

    /** @param pseudonymises for an audience that gets records in no other form; null for others */
    LinesOfFile(FhirContext context, ExportJob job, @Nullable PseudonymisesRecords pseudonymises) {
        this.context = context;
        this.elements = job.request().elements();
        this.audience = job.request().audience();
        this.pseudonymises = pseudonymises;
    }

    @Override
    public boolean add(RawVersion version) {
        Optional<KeptElements> kept = kept(version.resourceType());
        if (kept.isEmpty() && pseudonymises == null) {
            SplicesRecords.write(shown(version), lines);
        } else {
            whole.reset();
            SplicesRecords.write(shown(version), whole);
            write(version.resourceType(), whole.toByteArray(), kept.orElse(null));
        }
        lines.write('\n');
        return !isFull();
    }

    private void write(String type, byte[] record, @Nullable KeptElements kept) {
        byte[] left = record;
        if (pseudonymises != null) {
            whole.reset();
            pseudonymises.write(type, record, whole);
            left = whole.toByteArray();
        }
        if (kept == null) {
            lines.write(left, 0, left.length);
        } else {
            reduce(kept, left);
        }
    }

    /** By which other site a version of a person came is nobody's business at this one. */
    private RawVersion shown(RawVersion version) {
        String source = version.source();
        boolean others = audience.kind() == Audience.Kind.OWN
                && PatientCompartment.NAME.equals(version.resourceType())
                && source != null
                && !source.endsWith("/" + audience.facility());
        return others
                ? new RawVersion(
                        version.key(),
                        version.resourceType(),
                        version.id(),
                        version.version(),
                        version.lastUpdated(),
                        null,
                        version.json())
                : version;
    }

    /** The id under which the audience knows a record. */
    String id(String type, String id) {
        return pseudonymises == null ? id : pseudonymises.id(type, id);
    }

    /** A record that is not stored but was made for this file. */
    void add(String type, String json) {
        refuseUnlessForEverything();
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
        refuseUnlessForEverything();
        String id = new String(JsonStringEncoder.getInstance().quoteAsString(patient));
        byte[] header = ("{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"header\",\"valueReference\":"
                        + "{\"reference\":\"Patient/" + id + "\"}}]}\n")
                .getBytes(StandardCharsets.UTF_8);
        lines.write(header, 0, header.length);
    }

    /** Such a line names records that this audience may not know of. */
    private void refuseUnlessForEverything() {
        if (!audience.isEverything()) {
            throw new IllegalStateException("Only who may have everything gets such lines.");
        }
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
