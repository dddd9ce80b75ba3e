package ml.keneya.surveillance;

import static ml.keneya.surveillance.Cases.aPerson;
import static ml.keneya.surveillance.Strata.one;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Screened children classed a second time, from the records as they were sent, by plain Java. No other test has
 * measured an arm in that week.
 */
@KeneyaIntegrationTest
class RecountNutritionIT {

    private static final LocalDate FIRST = LocalDate.parse("1992-05-04");
    private static final LocalDate LAST = LocalDate.parse("1992-05-10");

    @Autowired
    Exchange exchange;

    private final Random random = new Random(19920504);
    private final Map<Patient, List<Observation>> children = new LinkedHashMap<>();
    private final String facility = unique("site");

    @Test
    void agreesWhateverHappensToTheMeasurements() {
        for (int number = 0; number < 80; number++) {
            addChild();
        }
        sendAll();
        agrees();

        // The worst was a mistake; an arm was written in the wrong unit; a child was measured on another day.
        List<Observation> all = children.values().stream().flatMap(List::stream).toList();
        all.get(0).setStatus(ObservationStatus.ENTEREDINERROR);
        all.stream()
                .filter(each -> each.hasValueQuantity()
                        && "mm".equals(each.getValueQuantity().getCode()))
                .limit(3)
                .forEach(each -> each.getValueQuantity().setValue(new BigDecimal("114.9")));
        all.get(5).setEffective(new DateTimeType(LAST.plusDays(1).toString()));
        sendAll();
        agrees();
    }

    private void agrees() {
        Map<String, List<Long>> recount = recount("");
        for (int column = 0; column < 6; column++) {
            int each = column;
            assertThat(recount.values()).anyMatch(counts -> counts.get(each) > 0);
        }
        assertThat(figures("2015|ML", "")).isEqualTo(recount);
        assertThat(figures("health|" + facility, "")).isEqualTo(recount);
        for (String level : List.of("region", "cercle", "commune", "facility")) {
            assertThat(figures("2015|ML", level)).as("sum over level %s", level).isEqualTo(recount);
        }
        assertThat(figures("2023|ML", "region")).isEqualTo(recount);
        for (String place : List.of("ML01", "ML0102", "ML02")) {
            assertThat(figures("2015|" + place, "")).as("figures of %s", place).isEqualTo(recount(place));
        }
        Map<String, List<Long>> totals = new TreeMap<>();
        recount.values().forEach(counts -> Strata.add(totals, "all", counts));
        List<Long> all = totals.get("all");
        String csv = exchange.get("Measure/ml-nutrition-screening/$rates?" + asked("2015|ML", ""))
                .hasStatus(200)
                .body();
        assertThat(Strata.rows(csv).get(0))
                .containsEntry("screened", all.get(0).toString())
                .containsEntry(
                        "severe_percent",
                        BigDecimal.valueOf(100 * all.get(1))
                                .divide(BigDecimal.valueOf(all.get(0) - all.get(4)), 1, RoundingMode.HALF_UP)
                                .toString());
    }

    private Map<String, List<Long>> recount(String place) {
        Map<String, List<Long>> figures = new TreeMap<>();
        children.forEach((child, found) -> {
            int worst = 9;
            boolean oedema = false;
            int months = 0;
            LocalDate worstDay = null;
            for (Observation each : found) {
                LocalDate day = LocalDate.parse(each.getEffectiveDateTimeType().getValueAsString());
                LocalDate born = LocalDate.parse(child.getBirthDateElement().getValueAsString());
                int age =
                        born.isAfter(day) ? -1 : (int) Period.between(born, day).toTotalMonths();
                if (each.getStatus() == ObservationStatus.ENTEREDINERROR
                        || day.isBefore(FIRST)
                        || day.isAfter(LAST)
                        || age < 6
                        || age > 59) {
                    continue;
                }
                oedema |= each.getValue() instanceof BooleanType swollen && swollen.booleanValue();
                int now = classOf(each);
                if (now < worst || now == worst && day.isBefore(worstDay)) {
                    worst = now;
                    worstDay = day;
                    months = age;
                }
            }
            String commune = child.hasAddress()
                    ? ((Coding) child.getAddressFirstRep()
                                    .getExtensionFirstRep()
                                    .getValue())
                            .getCode()
                    : "";
            if (worst < 9 && commune.startsWith(place)) {
                Strata.add(
                        figures,
                        (months < 24 ? "6-23m/" : "24-59m/") + child.getGender().toCode(),
                        List.of(
                                1L,
                                one(worst == 0),
                                one(worst == 1),
                                one(worst == 2),
                                one(worst == 3),
                                one(oedema),
                                0L));
            }
        });
        return figures;
    }

    private static int classOf(Observation found) {
        if (found.getValue() instanceof BooleanType swollen) {
            return swollen.booleanValue() ? 0 : 2;
        }
        if (!found.hasValueQuantity()) {
            return 3;
        }
        Quantity arm = found.getValueQuantity();
        if (!List.of("mm", "cm").contains(String.valueOf(arm.getCode()))) {
            return 3;
        }
        double millimetres = arm.getValue().doubleValue() * (arm.getCode().equals("cm") ? 10 : 1);
        if (millimetres < 60 || millimetres > 500) {
            return 3;
        }
        return millimetres < 115 ? 0 : millimetres < 125 ? 1 : 2;
    }

    private void addChild() {
        Patient child = aPerson(
                oneOf(List.of("ML010101", "ML010201", "ML020101", "")),
                oneOf(List.of("male", "female")),
                oneOf(List.of(
                        "1991-11-04",
                        "1991-11-07",
                        "1991-01-01",
                        "1990-05-06",
                        "1989-02-01",
                        "1987-05-08",
                        "1980-01-01")),
                "");
        List<Observation> found = new ArrayList<>();
        for (int number = random.nextInt(4); number > 0; number--) {
            Observation each = new Observation()
                    .setSubject(new Reference("Patient/" + child.getIdElement().getIdPart()))
                    .setEffective(new DateTimeType(
                            FIRST.plusDays(random.nextInt(9) - 1L).toString()));
            each.setId(UUID.randomUUID().toString());
            each.setStatus(ObservationStatus.FINAL);
            String kind = oneOf(List.of("loinc", "loinc", "muac", "oedema"));
            if (kind.equals("loinc")) {
                each.getCode().addCoding().setSystem("http://loinc.org").setCode("56072-2");
            } else {
                each.getCode()
                        .addCoding()
                        .setSystem(Cases.BASE + "/CodeSystem/ml-observation")
                        .setCode(kind.equals("muac") ? "muac" : "nutritional-oedema");
            }
            if (kind.equals("oedema")) {
                each.setValue(new BooleanType(random.nextInt(3) == 0));
            } else {
                each.setValue(oneOf(List.of(
                        arm("mm", "110"),
                        arm("mm", "115"),
                        arm("cm", "12.4"),
                        arm("mm", "125"),
                        arm("mm", "140"),
                        // Written in the wrong unit.
                        arm("mm", "12.4"),
                        arm("cm", "140"),
                        new Quantity().setUnit("rouge").setValue(new BigDecimal("1")))));
            }
            found.add(each);
        }
        children.put(child, found);
    }

    private static Quantity arm(String unit, String value) {
        return new Quantity()
                .setSystem("http://unitsofmeasure.org")
                .setCode(unit)
                .setUnit(unit)
                .setValue(new BigDecimal(value));
    }

    private void sendAll() {
        Bundle bundle = transaction();
        children.forEach((child, found) -> {
            bundle.addEntry(putting(child));
            found.forEach(each -> bundle.addEntry(putting(each)));
        });
        exchange.post(bundle, facility).hasStatus(200);
    }

    private Map<String, List<Long>> figures(String subject, String level) {
        MeasureReport report = exchange.get("Measure/ml-nutrition-screening/$evaluate-measure?" + asked(subject, level))
                .hasStatus(200)
                .as(MeasureReport.class);
        Map<String, List<Long>> figures = new TreeMap<>();
        Strata.of(report, "age_group", "sex")
                .forEach((key, counts) -> figures.put(key.substring("screening/".length()), counts));
        return figures;
    }

    private static String asked(String subject, String level) {
        return "week=1992-W19&subject=" + subject.replace("|", "%7C") + (level.isEmpty() ? "" : "&level=" + level);
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
