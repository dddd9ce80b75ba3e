package ml.keneya.load.bulletin;

/**
 * Round limits of the classes of a map: multiples of 1, 2 or 5 times a power of ten.
 *
 * @param width of each class
 */
record Classes(double width) {

    static Classes upTo(double highest) {
        if (highest <= 0) {
            return new Classes(1);
        }
        double least = highest / Shade.CLASSES;
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (double factor : new double[] {1, 2, 5, 10}) {
            if (factor * power >= least * (1 - 1e-9)) {
                return new Classes(factor * power);
            }
        }
        throw new IllegalStateException("No class is as wide as " + least);
    }

    /** Whole numbers need classes of at least one. */
    static Classes ofWholeNumbers(double highest) {
        return new Classes(Math.max(1, upTo(highest).width));
    }

    /** 0 for none, else from 1. */
    int of(double value) {
        return value <= 0 ? 0 : (int) Math.min(Shade.CLASSES, Math.max(1, Math.ceil(value / width - 1e-9)));
    }
}
