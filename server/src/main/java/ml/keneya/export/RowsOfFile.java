package ml.keneya.export;

import ca.uhn.fhir.context.FhirContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import ml.keneya.store.RawVersion;
import ml.keneya.views.ViewForExport;
import org.hl7.fhir.r4.model.Resource;

/** Rows of a file that are ready, until they are many enough to be handed on. */
final class RowsOfFile implements PieceOfFile {

    private static final int PIECE = 1024 * 1024;

    private final FhirContext context;
    private final ByteArrayOutputStream ready = new ByteArrayOutputStream(PIECE + PIECE / 8);
    private final ByteArrayOutputStream record = new ByteArrayOutputStream();
    private final ViewForExport.Rows rows;

    RowsOfFile(FhirContext context, ViewForExport view, String format, boolean header) {
        this.context = context;
        this.rows = view.open(ready, format, header);
    }

    @Override
    public boolean add(RawVersion version) {
        record.reset();
        SplicesRecords.write(version, record);
        rows.add((Resource) context.newJsonParser().parseResource(new ByteArrayInputStream(record.toByteArray())));
        return !isFull();
    }

    @Override
    public boolean isFull() {
        return ready.size() >= PIECE;
    }

    @Override
    public void handOn(OutputStream stream) throws IOException {
        ready.writeTo(stream);
        ready.reset();
    }

    void finish(OutputStream stream) throws IOException {
        rows.finish();
        handOn(stream);
    }
}
