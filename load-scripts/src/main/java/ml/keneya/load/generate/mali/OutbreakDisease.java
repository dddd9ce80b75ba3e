package ml.keneya.load.generate.mali;

import java.util.List;
import java.util.Optional;
import ml.keneya.load.generate.chance.Weighted;

/**
 * A disease that can break out.
 *
 * @param code of {@code ml-notifiable-disease}
 * @param confirmed share of cases confirmed by laboratory; {@code probable} that of those linked to a confirmed one
 * @param ages bands of age in days
 * @param serialDays from one case to those it infects
 * @param incubationDays from exposure to first signs
 */
public record OutbreakDisease(
        String code,
        String icd10,
        String text,
        String reason,
        double confirmed,
        double probable,
        double fatal,
        double hospital,
        Weighted<int[]> ages,
        int serialDays,
        int incubationDays,
        int weeks) {
    private static OutbreakDisease of(Table.Row row) {
        return new OutbreakDisease(
                row.text("disease"),
                row.text("icd10"),
                row.text("text"),
                row.text("reason"),
                row.number("confirmed_percent") / 100,
                row.number("probable_percent") / 100,
                row.number("fatal_percent") / 100,
                row.number("hospital_percent") / 100,
                Ages.bands(row.text("age_weights")),
                row.whole("serial_days"),
                row.whole("incubation_days"),
                row.whole("weeks"));
    }

    public static Optional<OutbreakDisease> named(String code) {
        return Table.read("outbreaks").stream()
                .filter(row -> row.text("disease").equals(code))
                .findFirst()
                .map(OutbreakDisease::of);
    }

    public static List<String> codes() {
        return Table.read("outbreaks").stream().map(row -> row.text("disease")).toList();
    }
}
