package ml.keneya.fhir;

/** Knows failures that are nobody's mistake and may be gone in a moment: the client is asked to come back (503). */
public interface MomentaryFailures {

    /** @param cause one link of a chain of causes; the others are asked about too */
    boolean include(Throwable cause);

    /**
     * Tells what lasts until somebody makes room on a disk.
     *
     * @param cause as above
     */
    boolean comeOfAFullDisk(Throwable cause);

    /**
     * Tells what would fail in the same way however often it is tried.
     *
     * @param cause as above
     */
    boolean neverInclude(Throwable cause);
}
