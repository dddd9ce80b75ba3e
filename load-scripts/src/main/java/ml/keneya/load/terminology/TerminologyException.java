package ml.keneya.load.terminology;

import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.ExplainedException;

/** The files are not what they should be, or do not say what must be known. */
final class TerminologyException extends ExplainedException {
    TerminologyException(String key, Object... values) {
        super(ExitStatus.MISUSED, null, key, values);
    }
}
