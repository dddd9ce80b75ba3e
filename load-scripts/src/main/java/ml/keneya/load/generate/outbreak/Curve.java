package ml.keneya.load.generate.outbreak;

/** The shape of an epidemic curve, in the terms of field epidemiology. */
public enum Curve {
    /** Everybody was exposed at once: a steep rise, a slower fall. */
    POINT {
        @Override
        double weight(double week, int weeks) {
            return (week + 0.5) * StrictMath.exp(-4.0 * week / weeks);
        }
    },
    /** From person to person: generations that grow, then run out of people to infect. */
    PROPAGATED {
        @Override
        double weight(double week, int weeks) {
            double fromPeak = (week - 0.55 * (weeks - 1)) / (weeks / 4.0);
            return StrictMath.exp(-fromPeak * fromPeak / 2);
        }
    },
    /** A source that stays: about as many each week. */
    CONTINUOUS {
        @Override
        double weight(double week, int weeks) {
            return 1;
        }
    };

    abstract double weight(double week, int weeks);

    /**
     * Shares cases out over weeks by the method of largest remainders; the first week always has the index case.
     *
     * @return cases of each week
     */
    int[] shareOut(int cases, int weeks) {
        double[] shares = new double[weeks];
        double sum = 0;
        for (int week = 0; week < weeks; week++) {
            shares[week] = weight(week, weeks);
            sum += shares[week];
        }
        int[] counts = new int[weeks];
        counts[0] = 1;
        int left = cases - 1;
        double[] remainders = new double[weeks];
        int shared = 0;
        for (int week = 0; week < weeks; week++) {
            double exact = left * shares[week] / sum;
            int whole = (int) exact;
            counts[week] += whole;
            shared += whole;
            remainders[week] = exact - whole;
        }
        for (; shared < left; shared++) {
            int largest = 0;
            for (int week = 1; week < weeks; week++) {
                if (remainders[week] > remainders[largest]) {
                    largest = week;
                }
            }
            counts[largest]++;
            remainders[largest] = -1;
        }
        return counts;
    }
}
