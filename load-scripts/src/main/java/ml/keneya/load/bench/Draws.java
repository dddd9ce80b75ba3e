package ml.keneya.load.bench;

import java.util.List;
import java.util.UUID;

/**
 * A stream of numbers that is the same on every machine and every Java: SplitMix64 (Steele, Lea, Flood 2014), written
 * out because the library promises no sequence.
 */
final class Draws {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    Draws(long seed) {
        this.state = seed;
    }

    private long next() {
        state += GOLDEN_GAMMA;
        long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** A number from 0 to bound - 1. */
    int below(int bound) {
        return (int) Long.remainderUnsigned(next(), bound);
    }

    boolean happens(int percent) {
        return below(100) < percent;
    }

    <T> T from(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    /** A random UUID in form (version 4), though not by chance. */
    UUID uuid() {
        return new UUID(next() & ~0xF000L | 0x4000L, next() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L);
    }
}
