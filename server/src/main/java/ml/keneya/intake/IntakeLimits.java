package ml.keneya.intake;

/** What one delivery may hold, and what is kept of a sender (decision 20). */
final class IntakeLimits {

    static final int ENTRIES = 1_000;

    /** Deliveries that are kept of one sender, those that wait and those that were refused each. */
    static final int KEPT_DELIVERIES = 1_000;

    /** Of one sender, inflated. */
    static final long KEPT_BYTES = 256L * 1024 * 1024;

    /** Of one client, for whichever facilities it sends. */
    static final long KEPT_BYTES_OF_CLIENT = 4L * 1024 * 1024 * 1024;

    /** Uploads in pieces that one sender may have open. */
    static final int OPEN_UPLOADS = 20;

    /** Of one sender, as announced. */
    static final long BYTES_OF_OPEN_UPLOADS = 64L * 1024 * 1024;

    private IntakeLimits() {}
}
