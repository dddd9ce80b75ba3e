package ml.keneya.intake;

import java.util.Set;
import ml.keneya.fhir.RefusalCode;
import org.jspecify.annotations.Nullable;

/** Tells answers that say nothing about the content: the database was away, or another write was in the way. */
public final class MomentaryStatus {

    private static final Set<Integer> ALL = Set.of(409, 429, 500, 502, 503);

    private static final Set<String> OF_THE_SERVER =
            Set.of(RefusalCode.BUSY.id(), RefusalCode.NO_ROOM.id(), RefusalCode.TRACE_UNAVAILABLE.id());

    private MomentaryStatus() {}

    /** @param code the decisive one, null when there is none */
    static boolean is(int status, @Nullable String code) {
        return ALL.contains(status) && !RefusalCode.STILL_REFERENCED.id().equals(code);
    }

    /** Whether the database was away, busy or full: no fault of the delivery, however long it lasts. */
    public static boolean isOfTheServer(@Nullable String code) {
        return code != null && OF_THE_SERVER.contains(code);
    }
}
