package ml.keneya.test;

import java.lang.management.ManagementFactory;
import java.util.Optional;

/** Whether abuse leaves memory taken. */
final class HeapAfterAbuse {

    /**
     * Caches fill by some tens of megabytes while a class of tests runs; what is kept of the large bodies of abuse
     * cases (200 MB of text, a million names) is more, and so is what thousands of small requests would leave.
     */
    static final long MOST_MEGABYTES = 100;

    private static final long MEGABYTE = 1024L * 1024;

    /** What another class that runs at the same time holds for a moment is not what abuse leaves. */
    private static final int MOST_LOOKS = 10;

    private final long before = usedMegabytes();
    private long growth;

    /** @return what there is to say if too much is taken */
    Optional<String> fault() {
        growth = usedMegabytes() - before;
        for (int look = 1; look < MOST_LOOKS && growth > MOST_MEGABYTES; look++) {
            growth = usedMegabytes() - before;
        }
        return growth <= MOST_MEGABYTES
                ? Optional.empty()
                : Optional.of("Abuse left " + growth + " MB taken, " + MOST_MEGABYTES + " are allowed");
    }

    /** Megabytes, as seen last. */
    long growth() {
        return growth;
    }

    private static long usedMegabytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEGABYTE;
    }
}
