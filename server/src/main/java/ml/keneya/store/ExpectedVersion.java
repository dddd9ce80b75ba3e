package ml.keneya.store;

import ml.keneya.fhir.IfMatch;

/**
 * A record must still be in the version that its writer has read.
 *
 * @param place of the condition in what was sent, for example {@code Bundle.entry[3].request.ifMatch}
 */
public record ExpectedVersion(RecordId record, IfMatch condition, String place) {}
