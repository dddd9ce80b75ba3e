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
 * @param key the name that its sender gave it; null when its content alone tells what was delivered before
 * @param together how many lines are delivered at once, from its beginning to its end
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
        @Nullable String key,
        List<String> sources,
        int together,
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

    /** An import that is asked for. */
    record Asked(
            Caller caller,
            String base,
            @Nullable String language,
            @Nullable String key,
            List<String> sources,
            int together) {}

    /** Under which its lines are delivered, so that nothing of it is done twice; null when it has no name. */
    @Nullable
    String nameOf(int file) {
        return key == null ? null : "import-" + key + "-" + file;
    }

    /** Where it stands. */
    enum Status {
        WAITING,
        RUNNING,
        DONE,
        FAILED
    }
}
