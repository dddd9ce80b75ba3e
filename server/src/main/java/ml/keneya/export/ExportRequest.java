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
 * @param filters searches, of which a record of their types must meet one
 * @param patients ids of the only people wanted; null means all of the scope
 * @param since only what was written after it; null means everything
 * @param until only what was written before it; null means now
 * @param associated which Provenance comes with the records; null for none
 * @param partial whether files may be listed in several manifests, and before all are known
 * @param audience for whom it is
 * @param withheld types of which this audience gets nothing and that were not asked for by name
 * @param organizedBy the type by whose records the files are organised; null means by the type of their records
 */
record ExportRequest(
        Scope scope,
        @Nullable String group,
        List<String> types,
        List<String> elements,
        List<String> filters,
        @Nullable List<String> patients,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable String organizedBy,
        @Nullable Associated associated,
        boolean partial,
        Audience audience,
        List<String> withheld) {

    /** Which Provenance comes with the records. */
    enum Associated {
        /** Of the delivery that brought the version that is exported. */
        LATEST,
        /** Of every delivery that brought a version up to this one. */
        RELEVANT
    }

    /** The level at which {@code $export} was called. */
    enum Scope {
        SYSTEM,
        PATIENT,
        GROUP
    }

    ExportRequest {
        types = List.copyOf(types);
        elements = List.copyOf(elements);
        // Requests that were kept by an earlier version have none.
        filters = filters == null ? List.of() : List.copyOf(filters);
        // So do these: then only those could export who may have everything.
        audience = audience == null ? Audience.EVERYTHING : audience;
        withheld = withheld == null ? List.of() : List.copyOf(withheld);
        patients = patients == null ? null : List.copyOf(patients);
    }
}
