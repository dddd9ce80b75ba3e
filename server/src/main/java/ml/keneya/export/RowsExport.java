package ml.keneya.export;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is made of the records of an export of rows.
 *
 * @param format a code of {@code _format}
 * @param header whether CSV begins with the names of the columns
 * @param tracking the name that the client gave it; null when it gave none
 */
record RowsExport(
        List<Subject> subjects,
        String format,
        boolean header,
        @Nullable String tracking) {

    RowsExport {
        subjects = List.copyOf(subjects);
    }

    /**
     * One view of it.
     *
     * @param name of its files in the manifest, once in each export
     * @param resource the type of records it is over
     * @param definition as it was at kick-off
     * @param strict whether a record that does not fit breaks the file off
     */
    record Subject(String name, String resource, String definition, boolean strict) {}
}
