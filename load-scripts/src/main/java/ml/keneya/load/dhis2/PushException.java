package ml.keneya.load.dhis2;

import ml.keneya.load.terminal.ExplainedException;
import ml.keneya.load.terminal.Messages;
import org.jspecify.annotations.Nullable;

/** A push that cannot begin or go on. */
class PushException extends ExplainedException {
    PushException(int status, @Nullable Throwable cause, String key, Object... values) {
        super(status, cause, key, values);
    }

    /** The same reason, with the name of the server that it speaks of: a push speaks with two. */
    static PushException ofDhis2(ExplainedException reason) {
        return new PushException(reason.exitStatus(), reason, "dhis2.of-dhis2", String.valueOf(reason.getMessage())) {
            @Override
            public String explainedIn(Messages messages) {
                return messages.text("dhis2.of-dhis2", reason.explainedIn(messages));
            }
        };
    }
}
