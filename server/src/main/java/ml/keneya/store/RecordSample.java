package ml.keneya.store;

/**
 * Some of the records, chosen by chance that can be repeated: those whose id, mixed with the seed by PostgreSQL's own
 * hash function, gives at most a certain number. It chooses among ids wherever these are, records and what is kept of
 * them alike.
 *
 * @param seed another one chooses others
 * @param most between the smallest and the largest {@code long}
 */
public record RecordSample(long seed, long most) {

    /** All of them. */
    public static final RecordSample ALL = new RecordSample(0, Long.MAX_VALUE);

    private static final double NUMBERS = Math.pow(2, Long.SIZE);

    /** @param share between 0 and 1; about so many of the records are chosen */
    public static RecordSample ofShare(long seed, double share) {
        // A number beyond the largest one becomes the largest one.
        return new RecordSample(seed, (long) (Long.MIN_VALUE + share * NUMBERS));
    }

    /** Whether an id is among them, with {@link #seed()} and {@link #most()} as its parameters. */
    public static String condition(String column) {
        return number(column) + " <= ?";
    }

    /** The number that decides, with {@link #seed()} as its parameter. */
    static String number(String column) {
        return "hashtextextended(" + column + ", ?)";
    }
}
