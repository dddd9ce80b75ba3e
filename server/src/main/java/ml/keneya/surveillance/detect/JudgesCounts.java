package ml.keneya.surveillance.detect;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.hl7.fhir.r4.model.CodeSystem;

/**
 * Applies every weekly rule, certain or not, to counts in a file: how good the rules are is measured with the code that
 * raises the alerts ({@code ./keneya bench detect}). It needs no server.
 */
public final class JudgesCounts {

    private static final String THRESHOLDS = "/ml.keneya.terminology/package/CodeSystem-ml-alert-threshold.json";
    private static final int COLUMNS = 6;

    private JudgesCounts() {}

    /**
     * @param arguments the file of counts, with a line for each place ({@code place,district|area,inhabitants,,,}) and
     *     then one for each week with cases ({@code place,disease,,monday,cases,confirmed}); the first and the last
     *     Monday to be judged; the Monday from which on counts are known; the file to be written:
     *     {@code rule,place,told,,} with the number of weeks that a rule could tell of, and
     *     {@code rule,place,signal,monday,cases} for each with too many
     */
    public static void main(String[] arguments) throws IOException {
        LocalDate first = LocalDate.parse(arguments[1]);
        LocalDate last = LocalDate.parse(arguments[2]);
        LocalDate known = LocalDate.parse(arguments[3]);
        List<String> told = new ArrayList<>();
        Map<String, Place> places = read(Path.of(arguments[0]));
        for (WeeklyRule rule : WeeklyRules.evenUncertain(thresholds()).rules()) {
            places.forEach((name, place) -> {
                if (place.district != rule.isForAreas()) {
                    told.addAll(judge(rule, name, place.counts(rule, known), first, last));
                }
            });
        }
        Files.write(Path.of(arguments[4]), told);
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

    /** A place with its cases by disease and Monday: of all classes, and the confirmed ones. */
    private record Place(
            boolean district,
            int inhabitants,
            Map<String, Map<LocalDate, Integer>> cases,
            Map<String, Map<LocalDate, Integer>> confirmed) {

        WeeklyCounts counts(WeeklyRule rule, LocalDate known) {
            Map<LocalDate, Integer> counted =
                    (rule.confirmedOnly() ? confirmed : cases).getOrDefault(rule.disease(), Map.of());
            return new WeeklyCounts(known, counted, OptionalInt.of(inhabitants));
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
                        new Place(
                                cells[1].equals("district"),
                                Integer.parseInt(cells[2]),
                                new HashMap<>(),
                                new HashMap<>()));
                continue;
            }
            LocalDate monday = LocalDate.parse(cells[3]);
            put(place.cases, cells[1], monday, cells[4]);
            put(place.confirmed, cells[1], monday, cells[5]);
        }
        return places;
    }

    private static void put(
            Map<String, Map<LocalDate, Integer>> counts, String disease, LocalDate monday, String number) {
        counts.computeIfAbsent(disease, each -> new HashMap<>()).put(monday, Integer.parseInt(number));
    }

    private static List<Threshold> thresholds() throws IOException {
        try (InputStream file = JudgesCounts.class.getResourceAsStream(THRESHOLDS)) {
            return Threshold.all(
                    List.of(FhirContext.forR4Cached().newJsonParser().parseResource(CodeSystem.class, file)));
        }
    }
}
