package ml.keneya.load.bench;

import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.ExplainedException;

/** A benchmark cannot be run, or not go on. */
final class BenchException extends ExplainedException {
    BenchException(String key, Object... values) {
        super(ExitStatus.UNREACHABLE, null, key, values);
    }
}
