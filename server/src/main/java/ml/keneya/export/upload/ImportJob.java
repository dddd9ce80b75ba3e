package ml.keneya.export.upload;

import java.util.List;
import java.util.UUID;
import ml.keneya.fhir.Caller;
import org.jspecify.annotations.Nullable;

/**
 * An import of files from addresses.
 *
 * @param base the address of the exchange that the sender knows
 * @param language as {@code Accept-Language} said it
 * @param source the number, from 0, of the file that is read
 * @param line up to this line of it everything was delivered
 * @param validator what tells whether the file is still the one that was begun
 * @param attempts how often it was leased
 * @param failures tries since the last line that was delivered
 * @param outcome why it failed, as FHIR JSON; null when it did not
 */
record ImportJob(
        UUID id,
        Caller caller,
        String base,
        @Nullable String language,
        List<String> sources,
        Status status,
        int source,
        long line,
        @Nullable String validator,
        long accepted,
        long refused,
        int attempts,
        int failures,
        int httpStatus,
        @Nullable String outcome) {

    /** Where it stands. */
    enum Status {
        WAITING,
        RUNNING,
        DONE,
        FAILED
    }
}
