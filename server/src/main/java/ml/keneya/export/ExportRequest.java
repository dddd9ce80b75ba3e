package ml.keneya.export;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants.
 *
 * @param scope whose records
 * @param group the id of the group, when its records are wanted
 * @param types resource types, in the order of the files
 * @param elements of which records are reduced, each {@code element} or {@code Type.element}; empty means whole records
 * @param patients ids of the only people wanted; null means all of the scope
 * @param since only what was written after it; null means everything
 * @param until only what was written before it; null means now
 */
record ExportRequest(
        Scope scope,
        @Nullable String group,
        List<String> types,
        List<String> elements,
        @Nullable List<String> patients,
        @Nullable Instant since,
        @Nullable Instant until) {

    /** The level at which {@code $export} was called. */
    enum Scope {
        SYSTEM,
        PATIENT,
        GROUP
    }

    ExportRequest {
        types = List.copyOf(types);
        elements = List.copyOf(elements);
        patients = patients == null ? null : List.copyOf(patients);
    }
}
