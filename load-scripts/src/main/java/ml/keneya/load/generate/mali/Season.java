package ml.keneya.load.generate.mali;

import java.util.List;

/** How much more or less often something happens in each month; the mean of the twelve is 1. */
public final class Season {
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    private final double[] factors = new double[MONTHS.size()];

    private Season(Table.Row row) {
        for (int month = 0; month < factors.length; month++) {
            factors[month] = row.number(MONTHS.get(month));
        }
    }

    static Season named(String name) {
        return Table.read("seasons").stream()
                .filter(row -> row.text("season").equals(name))
                .findFirst()
                .map(Season::new)
                .orElseThrow(() -> new IllegalArgumentException("No season " + name));
    }

    /** @param month from 1 to 12 */
    public double factor(int month) {
        return factors[month - 1];
    }
}
