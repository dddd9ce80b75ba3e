package ml.keneya.load.generate.mali;

import java.util.List;
import ml.keneya.load.generate.chance.Weighted;

/** The age pyramid. */
public final class Ages {
    private static final double DAYS_A_YEAR = 365.25;

    private record Group(double fromYears, double toYears, double percent) {}

    private final List<Group> groups;

    Ages() {
        groups = Table.read("age-pyramid").stream()
                .map(row -> new Group(row.number("from_years"), row.number("to_years"), row.number("percent")))
                .toList();
    }

    /** The age in days at a point from 0, the youngest, to 1, the oldest, of all people. */
    public int daysAt(double point) {
        double sought = point * 100;
        for (Group group : groups) {
            if (sought < group.percent()) {
                double part = sought / group.percent();
                return (int) ((group.fromYears() + part * (group.toYears() - group.fromYears())) * DAYS_A_YEAR);
            }
            sought -= group.percent();
        }
        return (int) (groups.get(groups.size() - 1).toYears() * DAYS_A_YEAR);
    }

    /** Within bands such as {@code 0-1:15;1-5:40}, in years with their weights: an age in days for each point. */
    static Weighted<int[]> bands(String text) {
        List<double[]> bands = List.of(text.split(";")).stream()
                .map(band -> band.split("[-:]"))
                .map(parts -> new double[] {
                    Double.parseDouble(parts[0]), Double.parseDouble(parts[1]), Double.parseDouble(parts[2])
                })
                .toList();
        List<int[]> days = bands.stream()
                .map(band -> new int[] {(int) (band[0] * DAYS_A_YEAR), (int) (band[1] * DAYS_A_YEAR), (int) band[2]})
                .toList();
        return new Weighted<>(days, band -> band[2]);
    }
}
