package ml.keneya.load.exchange;

import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.ExplainedException;

/** The exchange answered a question with a refusal, or with something that is not an answer to it. */
public final class RefusedException extends ExplainedException {
    private RefusedException(String key, Object... values) {
        super(ExitStatus.REFUSED, null, key, values);
    }

    static RefusedException of(Answer answer, Object address) {
        return new RefusedException("exchange.refused", answer.status(), address, Issue.firstOf(answer));
    }

    public static RefusedException leadsElsewhere(Object link) {
        return new RefusedException("exchange.link-elsewhere", link);
    }

    public static RefusedException goesInCircles(Object link) {
        return new RefusedException("exchange.link-circle", link);
    }
}
