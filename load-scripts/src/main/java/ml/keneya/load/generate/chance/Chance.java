package ml.keneya.load.generate.chance;

import java.util.List;

/**
 * A stream of pseudo-random numbers that depends on its key alone: SplitMix64 (Steele, Lea and Flood, OOPSLA 2014),
 * written out here because the JDK does not promise to keep the algorithms behind its own generators. Logarithms come
 * from {@link StrictMath}, whose results are the same on every processor.
 */
public final class Chance {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1.0p-53;

    private final long key;
    private long state;

    private Chance(long key) {
        this.key = key;
        this.state = key;
    }

    /** The stream of a number within the stream of another, and so on. */
    public static Chance of(long... path) {
        return new Chance(key(path));
    }

    /** A stream of its own for one purpose, so that drawing more for one thing never changes another. */
    public Chance branch(long purpose) {
        return new Chance(key(key, purpose));
    }

    /** One number out of several, far from that of any neighbour. */
    public static long key(long... path) {
        long mixed = GOLDEN;
        for (long part : path) {
            mixed = mix(mixed + GOLDEN ^ mix(part + GOLDEN));
        }
        return mixed;
    }

    /** The same for text, by its UTF-16 units. */
    public static long key(String text) {
        long mixed = text.length();
        for (int index = 0; index < text.length(); index++) {
            mixed = mix(mixed + GOLDEN ^ text.charAt(index));
        }
        return mixed;
    }

    private static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }

    public long nextLong() {
        state += GOLDEN;
        return mix(state);
    }

    /** From 0 inclusive to 1 exclusive. */
    public double nextDouble() {
        return (nextLong() >>> 11) * UNIT;
    }

    /** From 0 inclusive to the bound exclusive. */
    public int below(int bound) {
        return (int) ((nextLong() >>> 32) * bound >>> 32);
    }

    /** From the one to the other, both inclusive. */
    public int between(int lowest, int highest) {
        return lowest + below(highest - lowest + 1);
    }

    public boolean happens(double probability) {
        return nextDouble() < probability;
    }

    /** A waiting time with this mean, in whole units. */
    public int waiting(double mean) {
        return (int) (-mean * StrictMath.log(1 - nextDouble()));
    }

    /** Near the mean, by the sum of four draws: enough for weights and temperatures. */
    public double around(double mean, double spread) {
        double sum = nextDouble() + nextDouble() + nextDouble() + nextDouble() - 2;
        return mean + spread * sum * 1.7320508075688772;
    }

    public <T> T oneOf(List<T> choices) {
        return choices.get(below(choices.size()));
    }
}
