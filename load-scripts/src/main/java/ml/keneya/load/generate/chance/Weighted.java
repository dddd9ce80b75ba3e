package ml.keneya.load.generate.chance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Choices of unequal weight. */
public final class Weighted<T> {
    private final List<T> choices;
    private final double[] upTo;

    public Weighted(List<T> choices, ToDoubleFunction<T> weight) {
        if (choices.isEmpty()) {
            throw new IllegalArgumentException("Nothing to choose from");
        }
        this.choices = new ArrayList<>(choices);
        this.upTo = new double[choices.size()];
        double sum = 0;
        for (int index = 0; index < upTo.length; index++) {
            sum += weight.applyAsDouble(choices.get(index));
            upTo[index] = sum;
        }
    }

    public T pick(Chance chance) {
        return at(chance.nextDouble());
    }

    /** The choice at a point from 0 to 1 of the total weight. */
    public T at(double point) {
        double sought = point * upTo[upTo.length - 1];
        int low = 0;
        int high = upTo.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (upTo[middle] > sought) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return choices.get(low);
    }

    public List<T> choices() {
        return List.copyOf(choices);
    }
}
