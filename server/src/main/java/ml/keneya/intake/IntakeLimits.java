package ml.keneya.intake;

/** What one delivery may hold (decision 20). */
final class IntakeLimits {

    static final int ENTRIES = 1_000;

    private IntakeLimits() {}
}
