package ml.keneya.surveillance.detect;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.CodeSystem;

/**
 * Applies every weekly rule, certain or not, to counts in a file, and those of days: how good the rules are is measured
 * with the code that raises the alerts ({@code ./keneya bench detect}). Of the rules of days that code is the
 * thresholds alone, because the server counts the cases of some days in its database. Rules of an age are left out,
 * because the counts tell none. It needs no server.
 */
public final class JudgesCounts {

    private static final String THRESHOLDS = "/ml.keneya.terminology/package/CodeSystem-ml-alert-threshold.json";
    private static final int COLUMNS = 6;

    private JudgesCounts() {}

    /**
     * @param arguments the file of counts, with a line for each place ({@code place,district|area,inhabitants,,,}) and
     *     then one for each week with cases ({@code place,disease,,monday,cases,confirmed}) and, of districts, for each
     *     day with cases ({@code place,disease,day,date,cases,confirmed}); the first and the last Monday to be judged;
     *     the Monday from which on counts are known; the file to be written: {@code rule,place,told,,} with the number
     *     of weeks that a rule could tell of, and {@code rule,place,signal,monday,cases} for each with too many
     */
    public static void main(String[] arguments) throws IOException {
        LocalDate first = LocalDate.parse(arguments[1]);
        LocalDate last = LocalDate.parse(arguments[2]);
        LocalDate known = LocalDate.parse(arguments[3]);
        List<String> told = new ArrayList<>();
        Map<String, Place> places = read(Path.of(arguments[0]));
        List<Threshold> thresholds = thresholds();
        for (WeeklyRule rule : WeeklyRules.evenUncertain(thresholds).rules()) {
            places.forEach((name, place) -> {
                if (place.district != rule.isForAreas()) {
                    told.addAll(judge(rule, name, place.counts(rule, known), first, last));
                }
            });
        }
        for (AlertRule rule : AlertRule.of(thresholds)) {
            places.forEach((name, place) -> {
                if (place.district && rule.oldest() == null) {
                    told.addAll(judge(rule, name, place.byDay(rule), first, last));
                }
            });
        }
        Files.write(Path.of(arguments[4]), told);
    }

    /** A week has a signal when the cases of one of its days, with those of the days before, are too many. */
    private static List<String> judge(
            AlertRule rule, String place, NavigableMap<LocalDate, Integer> byDay, LocalDate first, LocalDate last) {
        List<String> told = new ArrayList<>();
        int weeks = 0;
        for (LocalDate monday = first; !monday.isAfter(last); monday = monday.plusWeeks(1)) {
            weeks++;
            NavigableMap<LocalDate, Integer> ofWeek = byDay.subMap(monday, true, monday.plusDays(6), true);
            if (ofWeek.keySet().stream().anyMatch(day -> rule.isReached(byDay, day))) {
                told.add(String.join(
                        ",",
                        rule.code(),
                        place,
                        "signal",
                        monday.toString(),
                        ""
                                + ofWeek.values().stream()
                                        .mapToInt(Integer::intValue)
                                        .sum()));
            }
        }
        told.add(String.join(",", rule.code(), place, "told", "" + weeks, rule.disease()));
        return told;
    }

    private static List<String> judge(
            WeeklyRule rule, String place, WeeklyCounts counts, LocalDate first, LocalDate last) {
        List<String> told = new ArrayList<>();
        int weeks = 0;
        for (LocalDate monday = first; !monday.isAfter(last); monday = monday.plusWeeks(1)) {
            // A doubling can only be told after a week with cases; it was looked for all the same.
            weeks += rule.canTell(counts, monday) || rule.detector() instanceof Doubling ? 1 : 0;
            Optional<Signal> signal = rule.look(counts, monday);
            if (signal.isPresent()) {
                told.add(String.join(
                        ",",
                        rule.code(),
                        place,
                        "signal",
                        monday.toString(),
                        "" + signal.get().cases()));
            }
        }
        told.add(String.join(",", rule.code(), place, "told", "" + weeks, rule.disease()));
        return told;
    }

    /** Cases by disease and date: of all classes, and the confirmed ones. */
    private record Cases(
            Map<String, NavigableMap<LocalDate, Integer>> all,
            Map<String, NavigableMap<LocalDate, Integer>> confirmed) {

        Cases() {
            this(new HashMap<>(), new HashMap<>());
        }

        NavigableMap<LocalDate, Integer> of(String disease, boolean confirmedOnly) {
            return (confirmedOnly ? confirmed : all).getOrDefault(disease, Collections.emptyNavigableMap());
        }

        void add(String disease, LocalDate date, int number, int ofThemConfirmed) {
            all.computeIfAbsent(disease, each -> new TreeMap<>()).put(date, number);
            if (ofThemConfirmed > 0) {
                confirmed.computeIfAbsent(disease, each -> new TreeMap<>()).put(date, ofThemConfirmed);
            }
        }
    }

    /** A place with its cases by Monday and by day. */
    private record Place(boolean district, int inhabitants, Cases ofWeeks, Cases ofDays) {

        WeeklyCounts counts(WeeklyRule rule, LocalDate known) {
            return new WeeklyCounts(
                    known, ofWeeks.of(rule.disease(), rule.confirmedOnly()), OptionalInt.of(inhabitants));
        }

        NavigableMap<LocalDate, Integer> byDay(AlertRule rule) {
            return ofDays.of(rule.disease(), rule.confirmedOnly());
        }
    }

    private static Map<String, Place> read(Path file) throws IOException {
        Map<String, Place> places = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] cells = line.split(",", COLUMNS);
            Place place = places.get(cells[0]);
            if (place == null) {
                places.put(
                        cells[0],
                        new Place(cells[1].equals("district"), Integer.parseInt(cells[2]), new Cases(), new Cases()));
                continue;
            }
            (cells[2].equals("day") ? place.ofDays : place.ofWeeks)
                    .add(cells[1], LocalDate.parse(cells[3]), Integer.parseInt(cells[4]), Integer.parseInt(cells[5]));
        }
        return places;
    }

    private static List<Threshold> thresholds() throws IOException {
        try (InputStream file = JudgesCounts.class.getResourceAsStream(THRESHOLDS)) {
            return Threshold.all(
                    List.of(FhirContext.forR4Cached().newJsonParser().parseResource(CodeSystem.class, file)));
        }
    }
}
