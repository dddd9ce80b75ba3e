package ml.keneya.load.generate.mali;

import java.util.List;

/**
 * Why people come to a clinic.
 *
 * @param yearly visits a person and year, under 5, 5 to 14, 15 to 49 and from 50 years
 * @param notifiable code of {@code ml-notifiable-disease}, or empty
 * @param classification code of {@code ml-case-classification}, or empty
 */
public record Cause(
        String name,
        Season season,
        List<Double> yearly,
        String icd10,
        String notifiable,
        String classification,
        String text,
        String reason) {
    public Cause {
        yearly = List.copyOf(yearly);
    }

    static List<Cause> all() {
        return Table.read("causes").stream()
                .map(row -> new Cause(
                        row.text("cause"),
                        Season.named(row.text("season")),
                        List.of(
                                row.number("under_5"),
                                row.number("aged_5_to_14"),
                                row.number("aged_15_to_49"),
                                row.number("over_49")),
                        row.text("icd10"),
                        row.text("notifiable"),
                        row.text("classification"),
                        row.text("text"),
                        row.text("reason")))
                .toList();
    }

    /** Visits a person of this age makes in a month. */
    public double monthly(int ageGroup, int month) {
        return yearly.get(ageGroup) * season.factor(month) / 12;
    }

    /** The column of {@link #yearly} for an age in years. */
    public static int ageGroup(int years) {
        if (years < 5) {
            return 0;
        }
        if (years < 15) {
            return 1;
        }
        return years < 50 ? 2 : 3;
    }
}
