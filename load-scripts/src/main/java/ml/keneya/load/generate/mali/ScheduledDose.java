package ml.keneya.load.generate.mali;

import java.time.LocalDate;
import java.util.List;

/**
 * A dose of the vaccination schedule.
 *
 * @param visit at which visit of the schedule it is given
 * @param number its number within the series; 0 for the birth dose of polio vaccine
 * @param cvx empty where CVX has no code
 * @param since first epoch day of use
 * @param until last epoch day of use
 * @param interval at least so many days after the one before it of the same vaccine; 0 where the visits see to that
 * @param introduced whether a source says, or general knowledge has it, that Mali gives it
 */
public record ScheduledDose(
        String vaccine,
        String visit,
        int number,
        int series,
        String cvx,
        String text,
        String site,
        String route,
        long since,
        long until,
        int interval,
        boolean introduced) {
    static List<ScheduledDose> all() {
        return Table.read("schedule").stream()
                .map(row -> new ScheduledDose(
                        row.text("vaccine"),
                        row.text("visit"),
                        row.whole("number"),
                        row.whole("series"),
                        row.text("cvx"),
                        row.text("text"),
                        row.text("site"),
                        row.text("route"),
                        row.has("since") ? LocalDate.parse(row.text("since")).toEpochDay() : Long.MIN_VALUE,
                        row.has("until") ? LocalDate.parse(row.text("until")).toEpochDay() : Long.MAX_VALUE,
                        row.has("interval_days") ? row.whole("interval_days") : 0,
                        row.text("introduced").equals("yes")))
                .toList();
    }

    public boolean isInUseOn(long day) {
        return day >= since && day <= until;
    }
}
