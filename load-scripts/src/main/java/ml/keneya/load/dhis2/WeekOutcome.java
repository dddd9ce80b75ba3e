package ml.keneya.load.dhis2;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import ml.keneya.load.agency.EpidemiologicalWeek;
import ml.keneya.load.dhis2.ImportSummary.Counts;
import org.jspecify.annotations.Nullable;

/** What was sent of a week, what became of it, and what was not sent. */
final class WeekOutcome {
    /** Why a value is sent. */
    enum Change {
        NEW,
        CHANGED,
        /** It stands no more, so DHIS2 is to forget it. */
        DELETED
    }

    /**
     * A value that is sent.
     *
     * @param before what DHIS2 holds as far as it is known
     * @param now none for what is deleted
     */
    record Line(
            Change change,
            ValueKey key,
            Counted counted,
            @Nullable Long before,
            @Nullable Long now,
            Fate fate) {}

    private final WeeklyReport report;
    private final Plan plan;
    private final long unchanged;
    private final List<Line> lines = new ArrayList<>();
    private Counts counts = Counts.NONE;

    WeekOutcome(WeeklyReport report, Plan plan, long unchanged) {
        this.report = report;
        this.plan = plan;
        this.unchanged = unchanged;
    }

    void add(Line line) {
        lines.add(line);
    }

    void add(Counts more) {
        counts = counts.plus(more);
    }

    EpidemiologicalWeek week() {
        return report.week();
    }

    /** Of the report of the exchange. */
    String version() {
        return report.version();
    }

    Plan plan() {
        return plan;
    }

    /** How many values DHIS2 holds already, which are therefore not sent. */
    long unchanged() {
        return unchanged;
    }

    List<Line> lines() {
        return Collections.unmodifiableList(lines);
    }

    /** In DHIS2's own numbers. */
    Counts counts() {
        return counts;
    }

    long changes(Change change) {
        return lines.stream().filter(line -> line.change() == change).count();
    }

    long fates(Fate.Kind kind) {
        return lines.stream().filter(line -> line.fate().kind() == kind).count();
    }
}
