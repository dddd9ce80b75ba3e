package ml.keneya.views;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import ml.keneya.fhir.RefusedException;
import ml.keneya.views.definition.CompiledView;
import ml.keneya.views.output.RowFormat;
import ml.keneya.views.output.RowWriter;
import ml.keneya.views.upkeep.MakesRows;
import ml.keneya.views.upkeep.MakesRows.Outcome;
import org.hl7.fhir.r4.model.Resource;

/** A view, ready to make rows of records that are handed to it. */
public final class ViewForExport {

    private final CompiledView view;
    private final boolean strict;

    /** @param strict whether a record that does not fit is an error rather than one without rows */
    ViewForExport(CompiledView view, boolean strict) {
        this.view = view;
        this.strict = strict;
    }

    public String name() {
        return view.name();
    }

    /** The type of the records it is over. */
    public String resource() {
        return view.resource();
    }

    public boolean isStrict() {
        return strict;
    }

    /** The definition as JSON text. */
    public String source() {
        return view.source();
    }

    /** Takes records and writes their rows. */
    public interface Rows {

        /** @throws RefusedException when the record does not fit a definition that a client sent */
        void add(Resource record);

        /** Writes what must follow the last row; the stream stays open. */
        void finish();
    }

    /**
     * Begins a file of rows.
     *
     * @param format one of which {@link ViewsForExport#mediaType} is known
     * @param header whether CSV begins with the names of the columns
     */
    public Rows open(OutputStream stream, String format, boolean header) {
        try {
            RowWriter writer = RowFormat.named(format).orElseThrow().open(stream, view.columns(), header);
            return new Written(writer);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private final class Written implements Rows {

        private final RowWriter writer;

        Written(RowWriter writer) {
            this.writer = writer;
        }

        @Override
        public void add(Resource record) {
            Outcome outcome = MakesRows.of(view, record, true);
            if (outcome.failure() != null && strict) {
                throw outcome.failure();
            }
            try {
                for (Object[] cells : outcome.rows().rows()) {
                    writer.row(cells);
                }
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        @Override
        public void finish() {
            try {
                writer.finish();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }
}
