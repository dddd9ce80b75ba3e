package ml.keneya.load.bulletin;

/**
 * A number, or why there is none.
 *
 * @param number means something only where it is known
 */
record Count(State state, long number) {
    /** What is known of a number, in the words of the exchange's weekly report. */
    enum State {
        COUNTED,
        /** A site there has handed in its report, and there is none. */
        ZERO,
        /** There was one in an earlier version, and there is none now. */
        WITHDRAWN,
        /** Nobody there has said anything, which does not mean that there is none. */
        SILENT,
        /** There may be none, a few or many: whoever asks may not know small numbers. */
        HIDDEN
    }

    static final Count SILENT = new Count(State.SILENT, 0);

    static Count of(long number) {
        return new Count(number == 0 ? State.ZERO : State.COUNTED, number);
    }

    boolean isKnown() {
        return state != State.SILENT && state != State.HIDDEN;
    }

    /** Whether there is one for sure. */
    boolean isPositive() {
        return isKnown() && number > 0;
    }

    /** Whether there is one for all that is shown. */
    boolean mayBePositive() {
        return state == State.HIDDEN || isPositive();
    }

    /** The two together: hidden where one is, and unsaid only where both are. */
    Count plus(Count other) {
        if (state == State.HIDDEN || other.state == State.HIDDEN) {
            return new Count(State.HIDDEN, 0);
        }
        if (state == State.SILENT) {
            return other;
        }
        if (other.state == State.SILENT) {
            return this;
        }
        State both = state == State.COUNTED || other.state == State.COUNTED
                ? State.COUNTED
                : state == State.WITHDRAWN || other.state == State.WITHDRAWN ? State.WITHDRAWN : State.ZERO;
        return new Count(both, number + other.number);
    }
}
