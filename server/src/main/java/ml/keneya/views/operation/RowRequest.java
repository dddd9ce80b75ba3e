package ml.keneya.views.operation;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import ml.keneya.views.definition.CompiledView;
import ml.keneya.views.output.RowFormat;
import ml.keneya.views.table.LimitedReaders;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to have of a view.
 *
 * @param stored whether it is one of the views that are kept as tables
 * @param header whether CSV begins with the names of the columns
 * @param patients ids of the people whose rows are wanted; null for everybody
 * @param since only records that were stored then or later
 * @param limit at most so many rows
 * @param resources records to make rows of in place of the stored ones; empty for the stored ones
 * @param readers who get no names and nothing sensitive; null for whoever may see everything
 */
record RowRequest(
        CompiledView view,
        boolean stored,
        RowFormat format,
        boolean header,
        @Nullable List<String> patients,
        @Nullable Instant since,
        OptionalLong limit,
        List<Resource> resources,
        @Nullable LimitedReaders readers) {

    RowRequest onlyFor(LimitedReaders limited) {
        return new RowRequest(view, stored, format, header, patients, since, limit, resources, limited);
    }
}
