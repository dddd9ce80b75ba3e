package ml.keneya.load.detect;

/** The server's program could not be run. */
final class JudgeFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    JudgeFailedException(String classPath) {
        super(classPath);
    }
}
