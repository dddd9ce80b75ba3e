package ml.keneya.store;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import ml.keneya.fhir.Caller;

/**
 * Says which records are shown to roles that work for no facility: a stage knows what of its own concerns whom. Such a
 * caller may change what it is shown, as far as its role goes, and brings nothing new.
 */
public interface SharesRecords {

    /** Whether there can be anything of the type for the caller. */
    boolean mayShare(String type, Caller caller);

    /** Those of the records that the caller sees. */
    Set<RecordId> shared(Collection<RecordId> records, Caller caller);

    /** Whether labels of sensitivity, which keep records from others, are judged in {@link #shared}. */
    default boolean judgesLabels() {
        return false;
    }

    /** Ids of what a search of the type may find, the newest first and not more than asked for. */
    List<String> newest(String type, Caller caller, int most);
}
