package ml.keneya.views.operation;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.store.RecordSource;
import ml.keneya.store.StoredVersions;
import ml.keneya.views.Pseudonyms;
import ml.keneya.views.definition.CompiledView;
import ml.keneya.views.output.RowWriter;
import ml.keneya.views.table.LimitedReaders;
import ml.keneya.views.table.RowFilter;
import ml.keneya.views.upkeep.KeptTables;
import ml.keneya.views.upkeep.MakesRows;
import ml.keneya.views.upkeep.MakesRows.Outcome;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes the rows that were asked for and hands each on at once: from the table where the view is kept, otherwise from
 * the stored records or from those that came with the request.
 */
@Component
class RunsViews {

    private final KeptTables tables;
    private final StoredVersions versions;
    private final RecordSource source;
    private final Pseudonyms pseudonyms;

    RunsViews(KeptTables tables, StoredVersions versions, RecordSource source, Pseudonyms pseudonyms) {
        this.tables = tables;
        this.versions = versions;
        this.source = source;
        this.pseudonyms = pseudonyms;
    }

    void run(RowRequest request, OutputStream stream) throws IOException {
        ShownColumns shown = shownTo(request.readers(), request.view());
        Rows rows = new Rows(request, shown, request.format().open(stream, shown.columns(), request.header()));
        try {
            if (request.readers() != null) {
                if (!fromTable(request, rows)) {
                    throw new RefusedException(Refusal.of(RefusalCode.BUSY));
                }
            } else if (!request.resources().isEmpty()) {
                request.resources().forEach(rows::of);
            } else if (!request.stored() || !fromTable(request, rows)) {
                versions.streamCurrent(List.of(request.view().resource()), version -> {
                    boolean wanted =
                            request.since() == null || !version.lastUpdated().isBefore(request.since());
                    if (wanted) {
                        rows.of(source.read(version));
                    }
                });
            }
        } catch (Enough enough) {
            // What was asked for has been written.
        } catch (UncheckedIOException gone) {
            throw gone.getCause();
        }
        rows.writer.finish();
    }

    private ShownColumns shownTo(@Nullable LimitedReaders readers, CompiledView view) {
        if (readers == null) {
            return ShownColumns.all(view.columns());
        }
        return readers.seePseudonyms()
                ? ShownColumns.underPseudonyms(view.columns(), pseudonyms.keyed())
                : ShownColumns.withoutNames(view.columns());
    }

    private boolean fromTable(RowRequest request, Rows rows) {
        return tables.stream(
                request.view(),
                new RowFilter(request.patients(), request.since(), request.limit()),
                request.readers(),
                rows::write);
    }

    /** Ends a stream from inside. */
    private static final class Enough extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Enough() {
            super("enough", null, false, false);
        }
    }

    private static final class Rows {

        private final CompiledView view;
        private final Optional<List<String>> patients;
        private final long limit;
        private final ShownColumns shown;
        private final RowWriter writer;
        private long written;

        Rows(RowRequest request, ShownColumns shown, RowWriter writer) {
            this.shown = shown;
            this.view = request.view();
            this.patients = Optional.ofNullable(request.patients());
            this.limit = request.limit().orElse(Long.MAX_VALUE);
            this.writer = writer;
        }

        /** @throws RefusedException when the record does not fit the definition, which its author should hear */
        void of(Resource resource) {
            if (!resource.fhirType().equals(view.resource())) {
                return;
            }
            Outcome outcome = MakesRows.of(view, resource, true);
            if (outcome.failure() != null) {
                throw outcome.failure();
            }
            String patient = outcome.rows().origin().patient();
            if (patients.isPresent() && !patients.get().contains(String.valueOf(patient))) {
                return;
            }
            outcome.rows().rows().forEach(this::write);
        }

        void write(@Nullable Object[] cells) {
            if (written == limit) {
                throw new Enough();
            }
            written++;
            try {
                writer.row(shown.of(cells));
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        }
    }
}
