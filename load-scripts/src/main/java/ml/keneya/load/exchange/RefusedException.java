package ml.keneya.load.exchange;

import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.ExplainedException;
import org.jspecify.annotations.Nullable;

/** The exchange answered a question with a refusal, or with something that is not an answer to it. */
public final class RefusedException extends ExplainedException {
    private final int status;

    private RefusedException(int status, String key, Object... values) {
        super(ExitStatus.REFUSED, null, key, values);
        this.status = status;
    }

    /** The HTTP status of the refusal; 0 when there was none. */
    public int status() {
        return status;
    }

    static RefusedException of(Answer answer, Object address) {
        return new RefusedException(
                answer.status(), "exchange.refused", answer.status(), address, Issue.firstOf(answer));
    }

    /** @param fault columns that are missing, or what cannot be read */
    public static RefusedException notTheReport(Object address, @Nullable Object fault) {
        return new RefusedException(0, "exchange.not-the-report", address, String.valueOf(fault));
    }

    public static RefusedException leadsElsewhere(Object link) {
        return new RefusedException(0, "exchange.link-elsewhere", link);
    }

    public static RefusedException goesInCircles(Object link) {
        return new RefusedException(0, "exchange.link-circle", link);
    }
}
