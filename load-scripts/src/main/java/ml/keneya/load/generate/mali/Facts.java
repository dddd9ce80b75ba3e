package ml.keneya.load.generate.mali;

import java.util.HashMap;
import java.util.Map;

/** Figures about Mali that the generator obeys; where each comes from stands beside it in {@code facts.csv}. */
public final class Facts {
    private final Map<String, Double> values = new HashMap<>();

    Facts() {
        Table.read("facts").forEach(row -> values.put(row.text("key"), row.number("value")));
    }

    public double value(String key) {
        Double value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("No fact " + key);
        }
        return value;
    }

    /** A percentage as a probability. */
    public double share(String key) {
        return value(key) / 100;
    }
}
