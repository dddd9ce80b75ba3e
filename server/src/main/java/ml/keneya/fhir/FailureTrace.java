package ml.keneya.fhir;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A failure as the log may show it: where it happened, without its messages, which may quote a record. */
public final class FailureTrace {

    private static final int FRAMES = 15;
    private static final int CAUSES = 8;

    private FailureTrace() {}

    public static String of(Throwable failure) {
        return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(CAUSES)
                .map(FailureTrace::withoutMessage)
                .collect(Collectors.joining("\ncaused by "));
    }

    private static String withoutMessage(Throwable failure) {
        return failure.getClass().getName() + "\n"
                + Arrays.stream(failure.getStackTrace())
                        .limit(FRAMES)
                        .map(frame -> "  " + frame)
                        .collect(Collectors.joining("\n"));
    }
}
