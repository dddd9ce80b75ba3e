package ml.keneya.load.detect;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import ml.keneya.load.generate.care.Care;
import ml.keneya.load.generate.care.Visit;
import ml.keneya.load.generate.care.Visit.Entry.Diagnosis;
import ml.keneya.load.generate.mali.Mali;
import ml.keneya.load.generate.people.Household;
import ml.keneya.load.generate.people.Households;
import ml.keneya.load.generate.people.Person;
import ml.keneya.load.generate.people.Scenario;
import org.jspecify.annotations.Nullable;

/** What a population gives when its notifiable cases are counted by week, and which of it was put there. */
final class Counted {
    private static final int CONFIRMED = 1;

    /** @param area whether it is a commune; otherwise a district, which is a cercle of before the reform */
    record Place(String code, boolean area) {}

    /** An outbreak in a district with the weeks in which its cases fell ill. */
    record Injected(String disease, String district, int cases, TreeSet<LocalDate> weeks) {}

    private final Map<String, Integer> inhabitants = new TreeMap<>();
    private final Set<String> areas = new TreeSet<>();
    private final Map<String, Map<LocalDate, int[]>> weeks = new TreeMap<>();
    private final Map<String, Map<LocalDate, int[]>> days = new TreeMap<>();
    private final Map<Integer, Injected> injected = new TreeMap<>();

    private Counted() {}

    /** @param people how many there are; the last household may make it a few more */
    static Counted of(Mali mali, Scenario scenario, long people) {
        var households = new Households(mali, scenario);
        var care = new Care(mali, scenario);
        var counted = new Counted();
        long left = people;
        for (long number = 0; left > 0; number++) {
            Household household = households.household(number, Integer.MAX_VALUE);
            left -= household.members().size();
            counted.add(household, care);
        }
        return counted;
    }

    private void add(Household household, Care care) {
        String area = household.commune().code();
        String district = household.commune().cercle2015().code();
        areas.add(area);
        inhabitants.merge(area, household.members().size(), Integer::sum);
        inhabitants.merge(district, household.members().size(), Integer::sum);
        for (Person person : household.members()) {
            for (Visit visit : care.visits(household, person)) {
                for (Visit.Entry entry : visit.entries()) {
                    if (entry instanceof Diagnosis diagnosis
                            && !diagnosis.notifiable().isEmpty()) {
                        LocalDate week = monday(diagnosis.onset());
                        boolean confirmed = diagnosis.classification().equals("confirmed");
                        count(weeks, area + "," + diagnosis.notifiable(), week, confirmed);
                        count(weeks, district + "," + diagnosis.notifiable(), week, confirmed);
                        count(
                                days,
                                district + "," + diagnosis.notifiable(),
                                LocalDate.ofEpochDay(diagnosis.onset()),
                                confirmed);
                        note(visit.affliction(), week);
                    }
                }
            }
        }
    }

    private static void count(
            Map<String, Map<LocalDate, int[]>> all, String series, LocalDate date, boolean confirmed) {
        int[] counts = all.computeIfAbsent(series, each -> new TreeMap<>())
                .computeIfAbsent(date, each -> new int[CONFIRMED + 1]);
        counts[0]++;
        counts[CONFIRMED] += confirmed ? 1 : 0;
    }

    private void note(Household.@Nullable Affected affected, LocalDate week) {
        if (affected == null) {
            return;
        }
        var order = affected.outbreak().order();
        String district = affected.outbreak().communes().get(0).cercle2015().code();
        injected.computeIfAbsent(
                        affected.outbreak().number(),
                        number -> new Injected(order.disease().code(), district, order.cases(), new TreeSet<>()))
                .weeks()
                .add(week);
    }

    private static LocalDate monday(int day) {
        return LocalDate.ofEpochDay(day).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    List<Injected> outbreaks() {
        return List.copyOf(injected.values());
    }

    /** In the form that the server's program reads. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        inhabitants.forEach((place, number) ->
                lines.add(place + "," + (areas.contains(place) ? "area" : "district") + "," + number + ",,,"));
        weeks.forEach((series, counts) -> counts.forEach(
                (monday, cases) -> lines.add(series + ",," + monday + "," + cases[0] + "," + cases[CONFIRMED])));
        days.forEach((series, counts) -> counts.forEach(
                (day, cases) -> lines.add(series + ",day," + day + "," + cases[0] + "," + cases[CONFIRMED])));
        return lines;
    }
}
