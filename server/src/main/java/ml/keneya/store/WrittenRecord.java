package ml.keneya.store;

import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * A record as a transaction leaves it.
 *
 * @param resource what is stored, not to be changed; absent when the record was deleted
 */
public record WrittenRecord(RecordStored change, @Nullable Resource resource) {}
