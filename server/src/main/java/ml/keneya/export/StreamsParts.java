package ml.keneya.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import ml.keneya.export.ExportPart.Blocks;
import ml.keneya.store.RecordsAtMoment;
import org.springframework.stereotype.Component;

/**
 * Writes the lines of one file. A piece is read into memory and handed on only when its statement has ended, so that a
 * slow client holds neither a connection nor a transaction.
 */
@Component
class StreamsParts {

    /** Records asked for by their keys at once. */
    private static final int STEP = 2_000;

    /** Deletions in one line. */
    static final int DELETIONS = 1_000;

    private static final JsonFactory JSON = new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

    private final RecordsAtMoment records;
    private final OpensFiles files;
    private final StreamsBlocks blocks;
    private final StreamsOrigins origins;
    private final RestsDuringWrites rests;

    // Five collaborators: what is read, in which form it is written, two other kinds of files, and who goes first.
    StreamsParts(
            RecordsAtMoment records,
            OpensFiles files,
            StreamsBlocks blocks,
            StreamsOrigins origins,
            RestsDuringWrites rests) {
        this.records = records;
        this.files = files;
        this.blocks = blocks;
        this.origins = origins;
        this.rests = rests;
    }

    void write(ExportJob job, ExportPart part, OutputStream stream) throws IOException {
        if (part.deletions()) {
            writeDeletions(job, part, stream);
            return;
        }
        Blocks range = part.blocks();
        if (range != null) {
            if (ExportMembers.BLOCKS.equals(part.resourceType())) {
                blocks.write(job, range, stream);
            } else {
                origins.write(job, range, stream);
            }
            return;
        }
        writeRecords(job, part, files.open(job), stream);
    }

    /** What is made of the records of a file that are cut into files by their keys. */
    void writeRecords(ExportJob job, ExportPart part, PieceOfFile lines, OutputStream stream) throws IOException {
        if (part.keys() == null) {
            Long[] after = {part.after()};
            while (after[0] != null) {
                Long from = after[0];
                rests.read(() ->
                        after[0] = records.readRange(part.resourceType(), job.at(), from, part.last(), lines::add));
                lines.handOn(stream);
            }
        } else {
            writeChosen(job, part, lines, stream);
        }
    }

    private void writeChosen(ExportJob job, ExportPart part, PieceOfFile lines, OutputStream stream)
            throws IOException {
        long[] keys = part.keys() == null ? new long[0] : part.keys();
        long[] lastKey = new long[1];
        int from = 0;
        while (from < keys.length) {
            int to = Math.min(keys.length, from + STEP);
            long[] step = Arrays.copyOfRange(keys, from, to);
            rests.read(() -> records.readKeys(part.resourceType(), job.at(), step, version -> {
                lastKey[0] = version.key();
                return lines.add(version);
            }));
            // When there is enough, not all of them were taken; the keys are in order.
            from = lines.isFull() ? Arrays.binarySearch(keys, lastKey[0]) + 1 : to;
            lines.handOn(stream);
        }
    }

    /** Each line is a transaction that a copy of the records can execute. */
    private void writeDeletions(ExportJob job, ExportPart part, OutputStream stream) throws IOException {
        LinesOfFile lines = files.open(job);
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
                    json.writeStringField("url", part.resourceType() + "/" + lines.id(part.resourceType(), id));
                    json.writeEndObject();
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeEndObject();
                json.writeRaw('\n');
            }
        }
    }
}
