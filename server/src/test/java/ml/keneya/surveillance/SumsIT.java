package ml.keneya.surveillance;

import static ml.keneya.surveillance.Cases.aCase;
import static ml.keneya.surveillance.Cases.aPerson;
import static ml.keneya.surveillance.SomeCare.aContact;
import static ml.keneya.surveillance.SomeCare.aQuestion;
import static ml.keneya.surveillance.SomeCare.anArm;
import static ml.keneya.surveillance.SomeCare.code;
import static ml.keneya.surveillance.SomeSites.aReport;
import static ml.keneya.surveillance.SomeSites.anOrganization;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Measure;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupPopulationComponent;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Whatever an indicator counts, the places of a level come to the place that they lie in, with what lies in none of
 * them, at every level of the three divisions; and what is told apart by age, sex and whatever else comes to the total.
 * Records of every kind, at random, in a month in which no other test has any.
 */
@KeneyaIntegrationTest
class SumsIT {

    private static final LocalDate FIRST = LocalDate.parse("1988-02-01");
    private static final LocalDate LAST = LocalDate.parse("1988-02-28");
    private static final String BASE = Cases.BASE;
    private static final List<String> BIRTHS = List.of("", "1987-06-01", "1985", "1980-03", "1951-01-01", "1988-02-01");
    private static final List<String> RESIDENCES = List.of("", "resident", "internally-displaced", "refugee");

    @Autowired
    Exchange exchange;

    @Autowired
    JdbcClient jdbc;

    private final Random random = new Random(19880201);
    private final Map<String, MeasureReport> asked = new LinkedHashMap<>();
    private final SomePregnancies pregnancies = new SomePregnancies(FIRST);
    private final SomeVaccinations vaccinations = new SomeVaccinations(FIRST);
    private final List<Organization> sites = new ArrayList<>();
    private final String directorate = unique("drs");
    private final List<String> districts = List.of(unique("district"), unique("district"));

    @Test
    void bringsThePlacesOfEveryLevelAndAllThatIsToldApartToTheTotal() {
        List<String> communes = register();
        for (int delivery = 0; delivery < 12; delivery++) {
            send(communes);
        }
        for (String indicator : IndicatorFolders.names()) {
            Map<String, List<Long>> country = figures(indicator, "2015|ML", "");
            assertThat(country).as(indicator).isNotEmpty();
            assertThat(inCsv(indicator)).as("%s as CSV", indicator).isEqualTo(country);
            descend(indicator, "2015", "ML", List.of("region", "cercle", "commune"));
            descend(indicator, "2023", "ML", List.of("region", "cercle"));
            assertThat(figures(indicator, "health|ML", "facility"))
                    .as(indicator)
                    .isEqualTo(country);
            descend(indicator, "health", directorate, List.of("health-district", "cscom"));
        }
    }

    /** From a place to those of the next level, and from each of these on. */
    private void descend(String indicator, String division, String place, List<String> levels) {
        if (levels.isEmpty()) {
            return;
        }
        String subject = division + "|" + place;
        Map<String, List<Long>> whole = figures(indicator, subject, "");
        MeasureReport report = evaluate(indicator, subject, levels.get(0));
        assertThat(Strata.of(report, names(report)))
                .as("%s: %s of %s", indicator, levels.get(0), subject)
                .isEqualTo(whole);
        TreeSet<String> parts = new TreeSet<>();
        report.getGroup()
                .forEach(group -> group.getStratifierFirstRep()
                        .getStratum()
                        .forEach(stratum -> stratum.getComponent().stream()
                                .filter(each -> each.getCode().getText().equals("place"))
                                .forEach(each -> parts.add(each.getValue().getText()))));
        parts.remove("unknown");
        for (String part : parts) {
            assertThat(figuresOf(report, part))
                    .as("%s: %s asked for alone", indicator, part)
                    .isEqualTo(figures(indicator, division + "|" + part, ""));
            descend(indicator, division, part, levels.subList(1, levels.size()));
        }
    }

    /** Counts of all strata, whatever the place, and that each group is the sum of its own. */
    private Map<String, List<Long>> figures(String indicator, String subject, String level) {
        MeasureReport report = evaluate(indicator, subject, level);
        report.getGroup().stream()
                .filter(MeasureReportGroupComponent::hasStratifier)
                .forEach(group -> {
                    List<Long> sums = new ArrayList<>();
                    List<MeasureReportGroupPopulationComponent> populations = group.getPopulation().stream()
                            .filter(each -> each.getCountElement().hasValue())
                            .toList();
                    populations.forEach(each -> sums.add(0L));
                    group.getStratifierFirstRep().getStratum().forEach(stratum -> {
                        assertThat(stratum.getPopulation()).hasSameSizeAs(populations);
                        for (int column = 0; column < sums.size(); column++) {
                            long count = stratum.getPopulation().get(column).getCount();
                            sums.set(column, sums.get(column) + count);
                        }
                    });
                    assertThat(sums)
                            .as("%s: totals of %s", indicator, subject)
                            .isEqualTo(populations.stream()
                                    .map(each -> (long) each.getCount())
                                    .toList());
                });
        return told(report);
    }

    /** What the CSV of communes says, whatever the place, in the form of {@link #told}. */
    private Map<String, List<Long>> inCsv(String indicator) {
        MeasureReport report = evaluate(indicator, "2015|ML", "");
        Map<String, List<Long>> figures = new TreeMap<>();
        String csv = exchange.get("Measure/" + indicator + "/$figures?_format=csv&level=commune&periodStart=" + FIRST
                        + "&periodEnd=" + LAST)
                .hasStatus(200)
                .body();
        Measure measure = exchange.get("Measure/" + indicator).hasStatus(200).as(Measure.class);
        for (Map<String, String> row : Strata.rows(csv)) {
            List<String> key = new ArrayList<>(List.of(row.get("group")));
            for (String name : names(report)) {
                key.add(row.get(name));
            }
            List<Long> counts = measure.getGroup().stream()
                    .filter(group -> WritesMeasureReports.codeOf(group).equals(row.get("group")))
                    .findFirst()
                    .orElse(measure.getGroupFirstRep())
                    .getPopulation()
                    .stream()
                    .map(population -> population.getCriteria().getExpression())
                    // There is no view of specimens.
                    .filter(count -> !count.equals("sampled_cases"))
                    .map(count -> Long.valueOf(row.get(count)))
                    .toList();
            Strata.add(figures, String.join("/", key), counts);
        }
        figures.values()
                .removeIf(counts -> names(report).length == 0 && counts.stream().allMatch(count -> count == 0));
        return figures;
    }

    private static Map<String, List<Long>> told(MeasureReport report) {
        boolean apart = report.getGroup().stream().anyMatch(MeasureReportGroupComponent::hasStratifier);
        if (apart) {
            return Strata.of(report, names(report));
        }
        Map<String, List<Long>> totals = new TreeMap<>();
        report.getGroup().stream()
                .filter(group -> group.getPopulation().stream()
                        .anyMatch(each -> each.getCountElement().hasValue() && each.getCount() > 0))
                .forEach(group -> totals.put(
                        group.getCode().hasCoding()
                                ? group.getCode().getCodingFirstRep().getCode()
                                : group.getCode().getText(),
                        group.getPopulation().stream()
                                .filter(each -> each.getCountElement().hasValue())
                                .map(each -> (long) each.getCount())
                                .toList()));
        return totals;
    }

    private static Map<String, List<Long>> figuresOf(MeasureReport report, String place) {
        MeasureReport one = report.copy();
        one.getGroup()
                .forEach(group -> group.getStratifier()
                        .forEach(stratifier -> stratifier
                                .getStratum()
                                .removeIf(stratum -> stratum.getComponent().stream()
                                        .noneMatch(each -> each.getCode()
                                                        .getText()
                                                        .equals("place")
                                                && each.getValue().getText().equals(place)))));
        return Strata.of(one, names(one));
    }

    /** By what strata are told apart beside the place. */
    private static String[] names(MeasureReport report) {
        return report.getGroup().stream()
                .flatMap(group -> group.getStratifier().stream())
                .flatMap(stratifier -> stratifier.getStratum().stream())
                .flatMap(stratum -> stratum.getComponent().stream())
                .map(each -> each.getCode().getText())
                .filter(name -> !name.equals("place"))
                .distinct()
                .sorted()
                .toArray(String[]::new);
    }

    private MeasureReport evaluate(String indicator, String subject, String level) {
        return asked.computeIfAbsent(
                "Measure/" + indicator + "/$evaluate-measure?periodStart=" + FIRST + "&periodEnd=" + LAST + "&subject="
                        + subject.replace("|", "%7C") + (level.isEmpty() ? "" : "&level=" + level),
                query -> exchange.get(query).hasStatus(200).as(MeasureReport.class));
    }

    /** A directorate with two districts of two sites each, and a site that nobody is above. */
    private List<String> register() {
        List<String> communes = new ArrayList<>(jdbc
                .sql("select code from keneya.place where division = '2015' and level = 'commune' order by code")
                .query(String.class)
                .list()
                .stream()
                .filter(code -> random.nextInt(50) == 0)
                .toList());
        Organization above = anOrganization(directorate, "drs", "", "");
        Bundle registry = transaction(putting(above));
        for (String code : districts) {
            Organization district = anOrganization(code, "health-district", "", "");
            district.setPartOf(
                    new Reference("Organization/" + above.getIdElement().getIdPart()));
            registry.addEntry(putting(district));
            for (int site = 0; site < 2; site++) {
                sites.add(aSite(oneOf(communes), district));
            }
        }
        sites.add(aSite(oneOf(communes), null));
        sites.forEach(site -> registry.addEntry(putting(site)));
        exchange.post(registry, unique("registry")).hasStatus(200);
        communes.add("");
        return communes;
    }

    private static Organization aSite(String commune, Organization above) {
        Organization site = anOrganization(unique("cscom"), "cscom", "1980-01-01", "");
        site.addAddress().addExtension(Cases.COMMUNE, new Coding(Cases.DIVISION_2015, commune, null));
        if (above != null) {
            site.setPartOf(new Reference("Organization/" + above.getIdElement().getIdPart()));
        }
        return site;
    }

    private void send(List<String> communes) {
        Organization site = oneOf(sites);
        Bundle bundle = transaction();
        if (random.nextBoolean()) {
            bundle.addEntry(putting(aReport(site, LocalDate.parse("1988-02-08"))));
        }
        for (int number = 0; number < 12; number++) {
            Patient person = aPerson(
                    oneOf(communes), oneOf(List.of("female", "male", "unknown")), oneOf(BIRTHS), oneOf(RESIDENCES));
            bundle.addEntry(putting(person));
            String disease = oneOf(List.of("rubella", "malaria", "typhoid"));
            String classification = oneOf(List.of("", "suspected", "probable", "confirmed", "discarded"));
            bundle.addEntry(putting(aCase(person, disease, classification, aDay())));
            bundle.addEntry(putting(aContactAt(site, person)));
            bundle.addEntry(putting(anArmOrFeet(person)));
            bundle.addEntry(putting(aQuestion(person, oneOf(List.of("cardiology", "dermatology")), aDay())));
            for (String rank : List.of("1", "2", "3").subList(0, random.nextInt(4))) {
                bundle.addEntry(
                        putting(vaccinations.aDose(person, "PENTA", rank).setOccurrence(new DateTimeType(aDay()))));
            }
        }
        pregnancies.pregnancy().getEntry().forEach(bundle::addEntry);
        exchange.post(bundle, site.getIdentifierFirstRep().getValue()).hasStatus(200);
    }

    private Encounter aContactAt(Organization site, Patient person) {
        Encounter contact = aContact(person, oneOf(List.of("VR", "AMB")), aDay());
        if (random.nextBoolean()) {
            contact.setServiceType(code("ml-telehealth-speciality", oneOf(List.of("cardiology", "dermatology"))));
            contact.addExtension(
                    BASE + "/StructureDefinition/ml-ext-requesting-site",
                    new Reference("Organization/" + site.getIdElement().getIdPart()));
        }
        return contact;
    }

    private Observation anArmOrFeet(Patient person) {
        Observation found = anArm(person, 100L + random.nextInt(50), aDay());
        if (random.nextInt(4) == 0) {
            found.setCode(code("ml-observation", "nutritional-oedema")).setValue(new BooleanType(random.nextBoolean()));
        }
        return found;
    }

    private String aDay() {
        return FIRST.plusDays(random.nextInt(28)).toString();
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
