package ml.keneya.load.agency;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts the encounters of a week by region, diagnosis, case classification and mode. */
public final class WeekTable {
    /**
     * One line.
     *
     * @param diagnosis empty for encounters without one
     * @param reason why people came, for encounters without a diagnosis
     */
    public record Line(
            String region, String diagnosis, String reason, String caseClassification, String mode, long count) {}

    /** What is counted together. */
    private record Cell(String region, String group, String reason, String caseClassification, String mode) {}

    /** A count with the words first met for its diagnosis: senders word one disease differently. */
    private record Counted(String label, long count) {}

    private final Map<Cell, Counted> cells = new LinkedHashMap<>();
    private final Set<ResourceKey> encounters = new HashSet<>();

    public void add(WeekEncounter encounter) {
        // A page that shifts while somebody writes may show one encounter twice.
        if (!encounters.add(encounter.key())) {
            return;
        }
        if (encounter.diagnoses().isEmpty()) {
            count(new Cell(encounter.region(), "", encounter.reason(), "", encounter.mode()), "");
        }
        for (Diagnosis diagnosis : encounter.diagnoses()) {
            count(
                    new Cell(
                            encounter.region(),
                            diagnosis.group(),
                            "",
                            diagnosis.caseClassification(),
                            encounter.mode()),
                    diagnosis.label());
        }
    }

    private void count(Cell cell, String label) {
        cells.merge(cell, new Counted(label, 1), (before, one) -> new Counted(before.label(), before.count() + 1));
    }

    public int encounters() {
        return encounters.size();
    }

    public List<Line> lines() {
        var lines = new ArrayList<Line>();
        cells.forEach((cell, counted) -> lines.add(new Line(
                cell.region(),
                counted.label(),
                cell.reason(),
                cell.caseClassification(),
                cell.mode(),
                counted.count())));
        lines.sort(Comparator.comparing(Line::region)
                .thenComparing(Comparator.comparing(Line::count).reversed())
                .thenComparing(Line::diagnosis)
                .thenComparing(Line::reason)
                .thenComparing(Line::mode));
        return lines;
    }
}
