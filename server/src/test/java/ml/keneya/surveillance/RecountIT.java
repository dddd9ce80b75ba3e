package ml.keneya.surveillance;

import static ml.keneya.surveillance.Strata.one;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.deleting;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Every figure counted a second time, from the records as they were sent, by plain Java that knows nothing of views or
 * of the statements. The weeks are long past, so that no other test has cases in them.
 */
@KeneyaIntegrationTest
class RecountIT {

    private static final LocalDate MONDAY = LocalDate.parse("2004-05-31");
    private static final String WEEK = "2004-W23";

    @Autowired
    Exchange exchange;

    private final SomeCases some = new SomeCases(MONDAY);
    private final Map<String, Resource> sent = new LinkedHashMap<>();
    private final Map<String, String> facilities = new HashMap<>();
    private final Set<String> chosen = new HashSet<>();
    private final String facility = unique("site");
    private final String other = unique("site");

    @Test
    void agreesWithTheReportWhateverHappensToTheCases() {
        List<Bundle> deliveries = List.of(some.delivery(), some.delivery(), some.delivery(), some.delivery());
        deliveries.forEach(each -> send(each, facility));
        send(some.delivery(), other);
        carriesWhatFiguresDependOn();
        agrees();

        // Sent again because the answer was lost.
        send(deliveries.get(0), facility);
        agrees();

        // Late arrivals, months after the week.
        send(some.delivery(), other);
        agrees();

        Condition reclassified = changed(aCaseThat(each -> true), found -> Cases.classify(found, "discarded"));
        Condition confirmed =
                changed(aCaseThat(each -> !isConfirmed(each)), found -> Cases.classify(found, "confirmed"));
        Condition moved = changed(aCaseThat(each -> true), found -> found.setOnset(new DateTimeType("2004-06-07")));
        Condition fatal = aCaseThat(each -> !each.died());
        Patient died = (Patient) sent.get(fatal.getSubject().getReference());
        changed(
                fatal,
                found -> died.setDeceased(new DateTimeType(MONDAY.plusDays(8).toString())));
        Condition notified = changed(aCaseThat(each -> each.notifiedOn() == null), found -> {
            found.setOnset(new DateTimeType(MONDAY.toString()));
            found.addExtension(
                    Cases.NOTIFICATION, new DateTimeType(MONDAY.plusDays(3).toString()));
        });
        send(
                transaction(
                        putting(reclassified), putting(confirmed), putting(moved), putting(died), putting(notified)),
                facility);
        agrees();

        Condition mistaken = changed(aCaseThat(each -> true), found -> {
            SomeCases.verify(found, "entered-in-error");
            found.setClinicalStatus(null);
        });
        // Refuted, and the classification of before left as it was.
        Condition refuted = changed(aCaseThat(RecountIT::isConfirmed), found -> SomeCases.verify(found, "refuted"));
        String deleted = "Condition/" + aCaseThat(each -> true).getIdElement().getIdPart();
        changed((Condition) sent.get(deleted), found -> sent.remove(deleted));
        send(transaction(putting(mistaken), deleting(deleted), putting(refuted)), facility);
        agrees();
    }

    private static boolean isConfirmed(SentCase each) {
        return each.classification().equals("confirmed");
    }

    /** One of the first facility that counts in the week and has an onset, and to which nothing has happened yet. */
    private Condition aCaseThat(Predicate<SentCase> wanted) {
        return casesIn("", facility).stream()
                .filter(each -> isWithin(each.onset()) && !each.isDiscarded())
                .filter(wanted)
                .map(SentCase::found)
                .filter(found -> chosen.add(found.getIdElement().getIdPart()))
                .findFirst()
                .orElseThrow();
    }

    /** What makes no difference to any figure would show nothing. */
    private Condition changed(Condition found, Consumer<Condition> change) {
        List<Map<String, List<Long>>> before = List.of(recount(), declared("", ""));
        change.accept(found);
        assertThat(List.of(recount(), declared("", ""))).isNotEqualTo(before);
        return found;
    }

    /** A recount of figures that are all zero would agree with anything. */
    private void carriesWhatFiguresDependOn() {
        for (int column = 0; column < 7; column++) {
            int each = column;
            assertThat(declared("", "").values()).anyMatch(counts -> counts.get(each) > 0);
        }
        assertThat(recount().values()).anyMatch(counts -> counts.get(1) > 0).anyMatch(counts -> counts.get(2) > 0);
        // On each of the days that stand in for an onset, and on none.
        assertThat(casesIn("", "").stream().map(SentCase::datedBy).distinct()).hasSize(5);
    }

    private void agrees() {
        Map<String, List<Long>> recount = recount();
        assertThat(recount).isNotEmpty();
        assertThat(figures("2015|ML", "")).isEqualTo(recount);
        for (String site : List.of(facility, other)) {
            assertThat(figures("health|" + site, "")).isEqualTo(recountIn("", site));
        }
        for (String level : List.of("region", "cercle", "commune", "facility")) {
            assertThat(figures("2015|ML", level)).as("sum over level %s", level).isEqualTo(recount);
        }
        assertThat(figures("2023|ML", "region")).isEqualTo(recount);
        for (String place : List.of("ML01", "ML0101", "ML010101", "ML02")) {
            assertThat(figures("2015|" + place, "")).as("figures of %s", place).isEqualTo(recountIn(place, ""));
        }
        agreesWeekByWeek();
        agreesByClassification();
        // Each level keeps apart what lies in none of its places: a cercle also those of whom only the region is known.
        assertThat(byPlace("region")).isEqualTo(Map.of("", those(""), "ML01", those("ML01"), "ML02", those("ML02")));
        assertThat(byPlace("cercle").get("ML0101")).isEqualTo(those("ML0101"));
        assertThat(byPlace("commune").get("ML010101")).isEqualTo(those("ML010101"));
    }

    /** How many live there; without a place, of how many nobody says where. */
    private long those(String place) {
        long there = total(recountIn(place, ""));
        return place.isEmpty() ? there - total(recountIn("ML", "")) : there;
    }

    private static long total(Map<String, List<Long>> figures) {
        return figures.values().stream().mapToLong(counts -> counts.get(0)).sum();
    }

    private void agreesByClassification() {
        for (String level : List.of("region", "commune", "facility")) {
            assertThat(declaredFigures("2015|ML", level))
                    .as("declared by %s", level)
                    .isEqualTo(declared("", ""));
        }
        for (String place : List.of("ML01", "ML0101", "ML010101", "ML02")) {
            assertThat(declaredFigures("2015|" + place, "commune"))
                    .as("declared in %s", place)
                    .isEqualTo(declared(place, ""));
        }
        for (String site : List.of(facility, other)) {
            assertThat(declaredFigures("health|" + site, "facility")).isEqualTo(declared("", site));
        }
    }

    private Map<String, List<Long>> declaredFigures(String subject, String level) {
        return Strata.of(exchange.get("Measure/ml-idsr-declared/$evaluate-measure?week=" + WEEK + "&subject="
                        + subject.replace("|", "%7C") + "&level=" + level)
                .hasStatus(200)
                .as(MeasureReport.class));
    }

    /**
     * Of each disease how many began, were notified and were notified late, and how many are suspected, probable,
     * confirmed and discarded today.
     */
    private Map<String, List<Long>> declared(String place, String site) {
        Map<String, List<Long>> figures = new TreeMap<>();
        for (SentCase each : casesIn(place, site)) {
            LocalDate onset = each.onset();
            LocalDate notified = each.notifiedOn();
            boolean day = isWithin(each.day());
            if (!isWithin(onset) && !isWithin(notified) && !day) {
                continue;
            }
            boolean counts = !each.isDiscarded();
            boolean late = isWithin(notified) && onset != null && notified.isAfter(onset.plusDays(2));
            String classification = each.classification();
            Strata.add(
                    figures,
                    each.disease(),
                    List.of(
                            one(counts && isWithin(onset)),
                            one(counts && isWithin(notified)),
                            one(counts && late),
                            one(day && classification.equals("suspected")),
                            one(day && classification.equals("probable")),
                            one(day && classification.equals("confirmed")),
                            one(day && !counts)));
        }
        return figures;
    }

    /** The curve of some weeks has in this one what the report of the week says, by disease. */
    private void agreesWeekByWeek() {
        String asked = "Measure/$idsr-series?periodStart=" + MONDAY.minusWeeks(3) + "&periodEnd=" + MONDAY.plusDays(20);
        for (String level : List.of("", "&level=region", "&level=commune", "&level=facility")) {
            Map<String, List<Long>> series = new TreeMap<>();
            Strata.rows(exchange.get(asked + level).hasStatus(200).body()).stream()
                    .filter(row -> row.get("week").equals(WEEK))
                    .forEach(row -> add(
                            series,
                            row.get("disease"),
                            List.of(
                                    number(row, "suspected_cases"),
                                    number(row, "confirmed_cases"),
                                    number(row, "deaths"))));
            Map<String, List<Long>> recount = new TreeMap<>();
            recount().forEach((key, counts) -> add(recount, key.split("/")[0], counts));
            assertThat(series).as("series %s", level).isEqualTo(recount);
        }
    }

    /** Cases, confirmed and deaths by disease, age, sex and residence status, whatever the place. */
    private Map<String, List<Long>> figures(String subject, String level) {
        Map<String, List<Long>> figures = new TreeMap<>();
        for (Map<String, String> row : report(subject, level)) {
            if (row.get("state").equals("counted")) {
                add(
                        figures,
                        String.join(
                                "/",
                                row.get("disease"),
                                row.get("age_group"),
                                row.get("sex"),
                                row.get("residence_status")),
                        List.of(number(row, "suspected_cases"), number(row, "confirmed_cases"), number(row, "deaths")));
            }
        }
        return figures;
    }

    private Map<String, Long> byPlace(String level) {
        return report("2015|ML", level).stream()
                .filter(row -> row.get("state").equals("counted"))
                .collect(Collectors.groupingBy(
                        row -> row.get("place"),
                        TreeMap::new,
                        Collectors.summingLong(row -> number(row, "suspected_cases"))));
    }

    private List<Map<String, String>> report(String subject, String level) {
        String csv = exchange.get("Measure/$idsr-weekly?week=" + WEEK + "&_format=csv&subject="
                        + subject.replace("|", "%7C") + (level.isEmpty() ? "" : "&level=" + level))
                .hasStatus(200)
                .body();
        String[] lines = csv.split("\r\n");
        String[] names = lines[0].split(",", -1);
        List<Map<String, String>> rows = new ArrayList<>();
        for (int line = 1; line < lines.length; line++) {
            String[] cells = lines[line].split(",", -1);
            Map<String, String> row = new LinkedHashMap<>();
            for (int column = 0; column < names.length; column++) {
                row.put(names[column], cells[column]);
            }
            rows.add(row);
        }
        return rows;
    }

    private static long number(Map<String, String> row, String column) {
        return Long.parseLong(row.get(column));
    }

    private Map<String, List<Long>> recount() {
        return recountIn("", "");
    }

    private Map<String, List<Long>> recountIn(String place, String site) {
        Map<String, List<Long>> figures = new TreeMap<>();
        for (SentCase each : casesIn(place, site)) {
            if (isWithin(each.day()) && !each.isDiscarded()) {
                add(
                        figures,
                        String.join("/", each.disease(), each.ageGroup(), each.sex(), each.residence()),
                        List.of(1L, one(each.classification().equals("confirmed")), one(each.died())));
            }
        }
        return figures;
    }

    /** Those of a notifiable disease that are no mistake; of all places, or all facilities, where none is named. */
    private List<SentCase> casesIn(String place, String site) {
        return cases().stream()
                .filter(each -> site.isEmpty()
                        || site.equals(facilities.get(each.getIdElement().getIdPart())))
                .map(each ->
                        new SentCase(each, (Patient) sent.get(each.getSubject().getReference()), (Encounter)
                                sent.get(each.getEncounter().getReference())))
                .filter(each -> !each.disease().isEmpty() && !each.isMistake())
                .filter(each -> each.place().startsWith(place))
                .toList();
    }

    private static boolean isWithin(LocalDate day) {
        return day != null && !day.isBefore(MONDAY) && !day.isAfter(MONDAY.plusDays(6));
    }

    private static void add(Map<String, List<Long>> figures, String key, List<Long> counts) {
        figures.merge(
                key,
                counts,
                (one, other) ->
                        List.of(one.get(0) + other.get(0), one.get(1) + other.get(1), one.get(2) + other.get(2)));
    }

    private List<Condition> cases() {
        return sent.values().stream()
                .filter(Condition.class::isInstance)
                .map(Condition.class::cast)
                .toList();
    }

    private void send(Bundle bundle, String facility) {
        exchange.post(bundle, facility).hasStatus(200);
        for (BundleEntryComponent entry : bundle.getEntry()) {
            if (entry.hasResource()) {
                Resource resource = entry.getResource();
                facilities.put(resource.getIdElement().getIdPart(), facility);
                sent.put(resource.fhirType() + "/" + resource.getIdElement().getIdPart(), resource);
            }
        }
    }
}
