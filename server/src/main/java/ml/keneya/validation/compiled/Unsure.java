package ml.keneya.validation.compiled;

/** Thrown where an expression meets values for which its result is not known. */
final class Unsure extends RuntimeException {

    private static final Unsure ONE = new Unsure();

    private Unsure() {
        super("Not compiled", null, false, false);
    }

    static Unsure because() {
        return ONE;
    }
}
