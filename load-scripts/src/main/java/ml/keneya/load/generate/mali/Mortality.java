package ml.keneya.load.generate.mali;

import java.util.List;

/** How likely people die, by age. */
public final class Mortality {
    private record Band(double fromYears, double toYears, double yearly) {}

    private final List<Band> bands;

    Mortality() {
        bands = Table.read("mortality").stream()
                .map(row -> new Band(
                        row.number("from_years"), row.number("to_years"), row.number("per_1000_a_year") / 1000))
                .toList();
    }

    /** Deaths a person and month. */
    public double monthly(double years) {
        for (Band band : bands) {
            if (years < band.toYears()) {
                return band.yearly() / 12;
            }
        }
        return bands.get(bands.size() - 1).yearly() / 12;
    }
}
