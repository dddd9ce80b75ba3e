package ml.keneya.export;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import ml.keneya.store.RawVersion;
import ml.keneya.store.RecordsAtMoment;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Writes the lines of one file. A piece is read into memory and handed on only when its statement has ended, so that a
 * slow client holds neither a connection nor a transaction.
 */
@Component
class StreamsParts {

    /** What one file takes of the memory, beside its largest record. */
    private static final int PIECE = 2 * 1024 * 1024;

    /** Records asked for by their keys at once. */
    private static final int STEP = 2_000;

    /** Deletions in one line. */
    static final int DELETIONS = 1_000;

    private static final JsonFactory JSON = new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

    private final RecordsAtMoment records;
    private final FhirContext context;

    StreamsParts(RecordsAtMoment records, FhirContext context) {
        this.records = records;
        this.context = context;
    }

    void write(ExportJob job, ExportPart part, OutputStream stream) throws IOException {
        if (part.deletions()) {
            writeDeletions(part, stream);
            return;
        }
        Piece piece = new Piece(
                KeptElements.of(context, part.resourceType(), job.request().elements()));
        if (part.keys() == null) {
            Long after = part.after();
            while (after != null) {
                after = records.readRange(part.resourceType(), job.at(), after, part.last(), piece::add);
                piece.handOn(stream);
            }
        } else {
            writeChosen(job, part, piece, stream);
        }
    }

    private void writeChosen(ExportJob job, ExportPart part, Piece piece, OutputStream stream) throws IOException {
        long[] keys = part.keys() == null ? new long[0] : part.keys();
        int from = 0;
        while (from < keys.length) {
            int to = Math.min(keys.length, from + STEP);
            piece.lastKey = keys[to - 1];
            records.readKeys(part.resourceType(), job.at(), Arrays.copyOfRange(keys, from, to), piece::add);
            // A full piece has not taken all of them; the keys are in order.
            from = piece.isFull() ? Arrays.binarySearch(keys, piece.lastKey) + 1 : to;
            piece.handOn(stream);
        }
    }

    /** Each line is a transaction that a copy of the records can execute. */
    private void writeDeletions(ExportPart part, OutputStream stream) throws IOException {
        long[] keys = part.keys() == null ? new long[0] : part.keys();
        for (int from = 0; from < keys.length; from += DELETIONS) {
            List<String> ids = records.ids(
                    part.resourceType(), Arrays.copyOfRange(keys, from, Math.min(keys.length, from + DELETIONS)));
            try (JsonGenerator json = JSON.createGenerator(stream)) {
                json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
                json.writeStartObject();
                json.writeStringField("resourceType", "Bundle");
                json.writeStringField("type", "transaction");
                json.writeArrayFieldStart("entry");
                for (String id : ids) {
                    json.writeStartObject();
                    json.writeObjectFieldStart("request");
                    json.writeStringField("method", "DELETE");
                    json.writeStringField("url", part.resourceType() + "/" + id);
                    json.writeEndObject();
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeEndObject();
                json.writeRaw('\n');
            }
        }
    }

    /** Lines that are ready, until they are many enough to be handed on. */
    private static final class Piece {

        private final ByteArrayOutputStream lines = new ByteArrayOutputStream(PIECE + PIECE / 8);
        private final ByteArrayOutputStream whole = new ByteArrayOutputStream();
        private final @Nullable KeptElements elements;
        private long lastKey;

        Piece(@Nullable KeptElements elements) {
            this.elements = elements;
        }

        boolean add(RawVersion version) {
            lastKey = version.key();
            if (elements == null) {
                SplicesRecords.write(version, lines);
            } else {
                whole.reset();
                SplicesRecords.write(version, whole);
                try {
                    elements.write(whole.toByteArray(), lines);
                } catch (IOException impossible) {
                    throw new UncheckedIOException("What is stored is JSON, and memory does not fail.", impossible);
                }
            }
            lines.write('\n');
            return !isFull();
        }

        boolean isFull() {
            return lines.size() >= PIECE;
        }

        void handOn(OutputStream stream) throws IOException {
            lines.writeTo(stream);
            lines.reset();
        }
    }
}
