package ml.keneya.surveillance;

import static ml.keneya.surveillance.Cases.aCase;
import static ml.keneya.surveillance.Cases.aPerson;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.deleting;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
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

    private static final List<String> DISEASES = List.of("cholera", "measles", "malaria", "rubella");
    private static final List<String> CLASSES = List.of("", "suspected", "probable", "confirmed", "discarded");
    /** Two communes of one cercle, one of another, one of another region, and nowhere. */
    private static final List<String> COMMUNES = List.of("ML010101", "ML010102", "ML010201", "ML020101", "");

    private static final List<String> BIRTHS =
            List.of("", "1980", "2004-05", "2003-06-02", "2001-02-28", "1991-01-01", "1989-06-01");
    private static final List<String> RESIDENCES = List.of("", "resident", "internally-displaced");
    private static final LocalDate MONDAY = LocalDate.parse("2004-05-31");
    private static final String WEEK = "2004-W23";

    @Autowired
    Exchange exchange;

    private final Random random = new Random(20040531);
    private final Map<String, Resource> sent = new LinkedHashMap<>();

    @Test
    void agreesWithTheReportWhateverHappensToTheCases() {
        String facility = unique("site");
        List<Bundle> deliveries = List.of(aDelivery(), aDelivery(), aDelivery());
        deliveries.forEach(each -> send(each, facility));
        agrees(facility);

        // Sent again because the answer was lost.
        send(deliveries.get(0), facility);
        agrees(facility);

        // Late arrivals, months after the week.
        send(aDelivery(), facility);
        agrees(facility);

        List<Condition> cases = cases();
        Condition reclassified = cases.get(0);
        Cases.classify(reclassified, "discarded");
        Condition confirmed = cases.get(1);
        Cases.classify(confirmed, "confirmed");
        Condition moved = cases.get(2);
        moved.setOnset(new DateTimeType("2004-06-07"));
        Patient died = (Patient) sent.get(cases.get(3).getSubject().getReference());
        died.setDeceased(new DateTimeType(MONDAY.plusDays(8).toString()));
        send(transaction(putting(reclassified), putting(confirmed), putting(moved), putting(died)), facility);
        agrees(facility);

        Condition mistaken = cases.get(4);
        mistaken.setVerificationStatus(new CodeableConcept(
                new Coding("http://terminology.hl7.org/CodeSystem/condition-ver-status", "entered-in-error", null)));
        mistaken.setClinicalStatus(null);
        String deleted = "Condition/" + cases.get(5).getIdElement().getIdPart();
        // Refuted, and the classification of before left as it was.
        Condition refuted = cases.get(6);
        Cases.classify(refuted, "confirmed");
        refuted.setOnset(new DateTimeType(MONDAY.toString()));
        refuted.setVerificationStatus(new CodeableConcept(
                new Coding("http://terminology.hl7.org/CodeSystem/condition-ver-status", "refuted", null)));
        send(transaction(putting(mistaken), deleting(deleted), putting(refuted)), facility);
        sent.remove(deleted);
        agrees(facility);
    }

    private void agrees(String facility) {
        Map<String, List<Long>> recount = recount();
        Map<String, List<Long>> national = figures("2015|ML", "");
        assertThat(recount).isNotEmpty();
        assertThat(national).isEqualTo(recount);
        assertThat(figures("health|" + facility, "")).isEqualTo(recount);
        for (String level : List.of("region", "cercle", "commune", "facility")) {
            assertThat(figures("2015|ML", level)).as("sum over level %s", level).isEqualTo(recount);
        }
        assertThat(figures("2023|ML", "region")).isEqualTo(recount);
        for (String place : List.of("ML01", "ML0101", "ML010101", "ML02")) {
            assertThat(figures("2015|" + place, "")).as("figures of %s", place).isEqualTo(recountIn(place));
        }
        agreesWeekByWeek();
        agreesByClassification();
        // Regions keep apart what lies in none of them.
        Map<String, Long> byRegion = byPlace("region");
        assertThat(byRegion).containsOnlyKeys("", "ML01", "ML02");
        assertThat(byRegion.get("ML01"))
                .isEqualTo(byPlace("cercle").entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith("ML01"))
                        .mapToLong(Map.Entry::getValue)
                        .sum());
    }

    /**
     * Of each disease how many are suspected, probable, confirmed and discarded today; nobody gave a day of
     * notification.
     */
    private void agreesByClassification() {
        Map<String, List<Long>> recount = new TreeMap<>();
        for (Condition each : cases()) {
            LocalDate onset = LocalDate.parse(each.getOnsetDateTimeType().getValueAsString());
            String status = each.getVerificationStatus().getCodingFirstRep().getCode();
            if ("entered-in-error".equals(status) || onset.isBefore(MONDAY) || onset.isAfter(MONDAY.plusDays(6))) {
                continue;
            }
            String classification = "refuted".equals(status) ? "discarded" : classificationOf(each);
            Strata.add(
                    recount,
                    each.getCode().getCodingFirstRep().getCode(),
                    List.of(
                            Strata.one(!classification.equals("discarded")),
                            0L,
                            0L,
                            Strata.one(classification.equals("suspected")),
                            Strata.one(classification.equals("probable")),
                            Strata.one(classification.equals("confirmed")),
                            Strata.one(classification.equals("discarded"))));
        }
        String asked = "Measure/ml-idsr-declared/$evaluate-measure?week=" + WEEK + "&level=";
        for (String level : List.of("region", "commune", "facility")) {
            assertThat(Strata.of(exchange.get(asked + level).hasStatus(200).as(MeasureReport.class)))
                    .as("classification by %s", level)
                    .isEqualTo(recount);
        }
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
        return recountIn("");
    }

    private Map<String, List<Long>> recountIn(String place) {
        Map<String, List<Long>> figures = new TreeMap<>();
        for (Condition each : cases()) {
            Patient person = (Patient) sent.get(each.getSubject().getReference());
            LocalDate onset = LocalDate.parse(each.getOnsetDateTimeType().getValueAsString());
            String classification = classificationOf(each);
            boolean mistaken = each.getVerificationStatus().hasCoding();
            boolean within = !onset.isBefore(MONDAY) && !onset.isAfter(MONDAY.plusDays(6));
            if (mistaken
                    || !within
                    || classification.equals("discarded")
                    || !communeOf(person).startsWith(place)) {
                continue;
            }
            add(
                    figures,
                    String.join(
                            "/",
                            each.getCode().getCodingFirstRep().getCode(),
                            ageGroup(person, onset),
                            person.getGender().toCode(),
                            residenceOf(person)),
                    List.of(1L, classification.equals("confirmed") ? 1L : 0L, died(person, onset) ? 1L : 0L));
        }
        return figures;
    }

    private static void add(Map<String, List<Long>> figures, String key, List<Long> counts) {
        figures.merge(
                key,
                counts,
                (one, other) ->
                        List.of(one.get(0) + other.get(0), one.get(1) + other.get(1), one.get(2) + other.get(2)));
    }

    private static String classificationOf(Condition found) {
        return found.getExtension().stream()
                .map(extension -> ((CodeableConcept) extension.getValue())
                        .getCodingFirstRep()
                        .getCode())
                .findFirst()
                .orElse("suspected");
    }

    private static boolean died(Patient person, LocalDate onset) {
        if (!person.hasDeceased()) {
            return false;
        }
        long days = ChronoUnit.DAYS.between(
                onset, LocalDate.parse(person.getDeceasedDateTimeType().getValueAsString()));
        return days >= 0 && days <= 30;
    }

    private static String communeOf(Patient person) {
        return person.hasAddress()
                ? ((Coding) person.getAddressFirstRep().getExtensionFirstRep().getValue()).getCode()
                : "";
    }

    private static String residenceOf(Patient person) {
        return person.hasExtension()
                ? ((CodeableConcept) person.getExtension().get(0).getValue())
                        .getCodingFirstRep()
                        .getCode()
                : "unknown";
    }

    private static String ageGroup(Patient person, LocalDate onset) {
        String text = person.hasBirthDate() ? person.getBirthDateElement().getValueAsString() : "";
        if (text.isEmpty()) {
            return "unknown";
        }
        LocalDate born =
                LocalDate.parse(text.length() == 4 ? text + "-07-01" : text.length() == 7 ? text + "-15" : text);
        int years = Period.between(born, onset).getYears();
        return years < 1 ? "0-11m" : years < 5 ? "1-4y" : years < 15 ? "5-14y" : "15y+";
    }

    private List<Condition> cases() {
        return sent.values().stream()
                .filter(Condition.class::isInstance)
                .map(Condition.class::cast)
                .toList();
    }

    private Bundle aDelivery() {
        Bundle bundle = transaction();
        for (int number = 0; number < 25; number++) {
            Patient person = aPerson(
                    oneOf(COMMUNES), oneOf(List.of("male", "female", "unknown")), oneOf(BIRTHS), oneOf(RESIDENCES));
            // From two days before the week to two days after it.
            LocalDate onset = MONDAY.plusDays(random.nextInt(11) - 2L);
            if (random.nextInt(6) == 0) {
                person.setDeceased(
                        new DateTimeType(onset.plusDays(random.nextInt(60)).toString()));
            }
            bundle.addEntry(putting(person));
            bundle.addEntry(putting(aCase(person, oneOf(DISEASES), oneOf(CLASSES), onset.toString())));
        }
        return bundle;
    }

    private void send(Bundle bundle, String facility) {
        exchange.post(bundle, facility).hasStatus(200);
        for (BundleEntryComponent entry : bundle.getEntry()) {
            if (entry.hasResource()) {
                Resource resource = entry.getResource();
                sent.put(resource.fhirType() + "/" + resource.getIdElement().getIdPart(), resource);
            }
        }
    }

    private String oneOf(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
