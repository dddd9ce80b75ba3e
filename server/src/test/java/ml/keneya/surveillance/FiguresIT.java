package ml.keneya.surveillance;

import static ml.keneya.surveillance.Cases.aPerson;
import static ml.keneya.surveillance.Cases.aReportOfNothing;
import static ml.keneya.surveillance.SomeCare.aContact;
import static ml.keneya.surveillance.SomeCare.code;
import static ml.keneya.surveillance.SomeSites.anOrganization;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.ConceptMap.SourceElementComponent;
import org.hl7.fhir.r4.model.ConceptMap.TargetElementComponent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.Measure;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedArtifact;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The figures of every indicator, in the forms of spreadsheets and of DHIS2; and that an indicator is a folder. */
@KeneyaIntegrationTest
class FiguresIT {

    private static final String MONTH = "periodStart=2003-05-01&periodEnd=2003-05-31";

    @Autowired
    Exchange exchange;

    private final String facility = unique("cscom");
    private final String here = "&subject=health%7C" + facility;

    /** What a stratum may be; any other value is never there. */
    private static final Map<String, String> STRATA =
            Map.of("dose", "[0-5]", "age_group", "0-11m|12-23m|24-59m|5y[+]", "sex", "female|male");

    static List<String> indicators() {
        return IndicatorFolders.names();
    }

    /** All but the weekly report, which has an answer of its own. */
    static List<String> indicatorsWithMaps() {
        return indicators().stream()
                .filter(each -> !each.equals("ml-idsr-weekly"))
                .toList();
    }

    @Test
    void tellsDosesAsCsvToDhis2AndAsAdx() throws IOException {
        Bundle bundle = transaction();
        give(bundle, "2003-03-20", "PENTA", "1", true);
        give(bundle, "2003-03-20", "PENTA", "1", true);
        give(bundle, "2002-02-10", "PENTA", "1", true);
        give(bundle, "2003-01-20", "PENTA", "3", true);
        give(bundle, "2003-03-20", "PENTA", "2", false);
        give(bundle, "2003-05-01", "BCG", "", true);
        exchange.post(bundle, facility).hasStatus(200);

        List<Map<String, String>> rows = Strata.rows(figures("ml-epi-doses", MONTH + here, "csv"));
        assertThat(rows)
                .allSatisfy(row -> assertThat(row)
                        .containsEntry("measure", "ml-epi-doses")
                        .containsEntry("period_start", "2003-05-01")
                        .containsEntry("period_end", "2003-05-31")
                        .containsEntry("division", "health")
                        .containsEntry("place", facility));
        assertThat(rows.stream()
                        .map(row -> String.join(
                                " ", row.get("group"), row.get("dose"), row.get("age_group"), row.get("doses_given")))
                        .filter(row -> !row.endsWith(" 0")))
                .containsExactlyInAnyOrder(
                        "BCG unknown 0-11m 1", "PENTA 1 0-11m 2", "PENTA 1 12-23m 1", "PENTA 3 0-11m 1");

        Map<String, String> inDhis2 = inDhis2(figures("ml-epi-doses", MONTH + here, "dhis2"), "200305");
        assertThat(inDhis2)
                // A vaccine of one dose needs no rank.
                .containsEntry("PEV_BCG_0_11M", "1")
                .containsEntry("PEV_PENTA1_0_11M", "2")
                .containsEntry("PEV_PENTA1_12_23M", "1")
                .containsEntry("PEV_PENTA2_0_11M", "0")
                .containsEntry("PEV_PENTA3_0_11M", "1")
                .containsEntry("PEV_PENTA_DONNEES", "4")
                .containsEntry("PEV_PENTA_REPORTEES", "1")
                // Nobody there recorded any dose of it, which is not zero.
                .doesNotContainKeys("PEV_RR1_0_11M", "PEV_RR_DONNEES");

        String adx = figures("ml-epi-doses", MONTH + here, "adx");
        assertThat(adx)
                .contains(
                        "xmlns=\"urn:ihe:qrph:adx:2015\"",
                        "<group dataSet=\"ML_EPI_DOSES\" period=\"2003-05-01/P1M\" orgUnit=\"" + facility + "\">");
        Map<String, String> inAdx = new TreeMap<>();
        Matcher values =
                Pattern.compile("dataElement=\"([^\"]+)\" value=\"([^\"]+)\"").matcher(adx);
        while (values.find()) {
            inAdx.put(values.group(1), values.group(2));
        }
        assertThat(inAdx).isEqualTo(inDhis2);
    }

    @Test
    void refusesWhatDhis2HasNoNameFor() {
        String days = "?periodStart=2003-05-01&periodEnd=2003-05-30";
        exchange.get("Measure/ml-epi-doses/$figures" + days + "&_format=dhis2").isRefused(400, "ML-FHIR-096");
        exchange.get("Measure/ml-epi-doses/$figures" + days + "&_format=adx").hasStatus(200);
        exchange.get("Measure/ml-epi-doses/$figures" + days + "&_format=turtle").isRefused(400, "ML-FHIR-040");
        // The weekly report has an answer of its own, which tells zero from silence.
        exchange.get("Measure/ml-idsr-weekly/$figures?week=2003-W20&_format=adx")
                .isRefused(404, "ML-FHIR-095");
        exchange.get("Measure/ml-idsr-weekly/$figures?week=2003-W20&_format=csv")
                .hasStatus(200);
        // Of the people of a region a facility saw some: no value of the facility.
        String part = "Measure/ml-epi-doses/$figures?" + MONTH + "&level=facility&subject=2015%7CML02&_format=";
        exchange.get(part + "dhis2").isRefused(400, "ML-FHIR-097");
        exchange.get(part + "adx").isRefused(400, "ML-FHIR-097");
        exchange.get(part + "csv").hasStatus(200);
        exchange.get(part.replace("2015%7CML02", "2015%7CML") + "dhis2").hasStatus(200);
        exchange.get("Measure/unknown/$figures" + days).isRefused(404, "ML-FHIR-004");
    }

    @Test
    void anIndicatorIsAFolder() throws IOException {
        Bundle bundle = transaction();
        contact(bundle, "female");
        contact(bundle, "female");
        contact(bundle, "male");
        exchange.post(bundle, facility).hasStatus(200);

        Measure measure =
                exchange.get("Measure/ml-example-contacts").hasStatus(200).as(Measure.class);
        assertThat(measure.getDescription()).isEqualTo("Un indicateur qui n’est qu’un dossier.");
        MeasureReport report = exchange.get("Measure/ml-example-contacts/$evaluate-measure?" + MONTH + here)
                .hasStatus(200)
                .as(MeasureReport.class);
        assertThat(report.getGroupFirstRep().getPopulationFirstRep().getCount()).isEqualTo(3);
        assertThat(Strata.of(report, "sex"))
                .isEqualTo(Map.of("contacts/female", List.of(2L), "contacts/male", List.of(1L)));
        assertThat(Strata.rows(figures("ml-example-contacts", MONTH + here, "csv")))
                .extracting(row -> row.get("sex") + " " + row.get("contacts"))
                .containsExactly("female 2", "male 1");
        assertThat(inDhis2(figures("ml-example-contacts", MONTH + here, "dhis2"), "200305"))
                .isEqualTo(Map.of("EXEMPLE_CONTACTS", "3", "EXEMPLE_CONTACTS_FEMMES", "2"));
    }

    @ParameterizedTest
    @MethodSource("indicators")
    void saysOfWhichPopulation(String indicator) {
        Measure measure = exchange.get("Measure/" + indicator).hasStatus(200).as(Measure.class);

        assertThat(measure.getRelatedArtifact().stream()
                        .filter(each -> "population".equals(each.getLabel()))
                        .map(RelatedArtifact::getDisplayElement))
                .singleElement()
                .satisfies(display -> {
                    assertThat(display.getValue()).isNotBlank();
                    assertThat(display.getExtensionFirstRep().getExtensionString("content"))
                            .isNotBlank()
                            .isNotEqualTo(display.getValue());
                });
    }

    @ParameterizedTest
    @MethodSource("indicators")
    void isDefinedAsTheGuideHasIt(String indicator) {
        List<String> definitions = indicator.equals("ml-idsr-weekly")
                ? List.of("Measure/" + indicator)
                : List.of("Measure/" + indicator, "ConceptMap/" + indicator + "-to-dhis2");
        for (String definition : definitions) {
            OperationOutcome found =
                    exchange.get(definition + "/$validate").hasStatus(200).as(OperationOutcome.class);
            assertThat(found.getIssue())
                    .as(definition)
                    .noneMatch(issue ->
                            issue.getSeverity() == IssueSeverity.ERROR || issue.getSeverity() == IssueSeverity.FATAL);
        }
    }

    /** A name that is misspelt would be a zero, or a sum of too much, for ever. */
    @ParameterizedTest
    @MethodSource("indicatorsWithMaps")
    void namesItsOwnFiguresToDhis2(String indicator) {
        Measure measure = exchange.get("Measure/" + indicator).hasStatus(200).as(Measure.class);
        Set<String> counted = measure.getGroup().stream()
                .flatMap(group -> group.getPopulation().stream()
                        .map(population -> WritesMeasureReports.codeOf(group) + "/"
                                + population.getCriteria().getExpression()))
                .collect(Collectors.toSet());
        List<String> header = List.of(figures(indicator, MONTH, "csv")
                .lines()
                .findFirst()
                .orElseThrow()
                .split(","));
        Set<String> told = new TreeSet<>();
        for (SourceElementComponent element : map(indicator).getGroupFirstRep().getElement()) {
            String[] source = element.getCode().split("[?]", 2);
            told.add(source[0]);
            assertThat(header).contains(source[0].split("/")[1]);
            if (source.length > 1) {
                for (String stratum : source[1].split("&")) {
                    String[] pair = stratum.split("=");
                    assertThat(STRATA).containsKey(pair[0]);
                    assertThat(header).contains(pair[0]);
                    assertThat(pair[1]).matches(STRATA.get(pair[0]));
                }
            }
            element.getTarget()
                    .forEach(target -> target.getDependsOn()
                            .forEach(other -> assertThat(header)
                                    .contains(other.getProperty().split("#")[1])));
        }
        // Every count is told somewhere, and no group goes without.
        assertThat(told).containsAll(counted);
        Set<String> groups = told.stream().map(each -> each.split("/")[0]).collect(Collectors.toSet());
        if (indicator.equals("ml-idsr-declared")) {
            assertThat(groups).containsAll(codes("ml-notifiable-disease"));
        }
        if (indicator.equals("ml-epi-doses")) {
            assertThat(groups).contains("unknown").containsAll(codes("ml-vaccine"));
        }
    }

    @Test
    void namesNoTwoFiguresAlike() {
        List<TargetElementComponent> targets = indicatorsWithMaps().stream()
                .flatMap(indicator -> map(indicator).getGroup().stream())
                .peek(group -> assertThat(group.getTarget()).isEqualTo("https://keneya.ml/id/dhis2-data-element"))
                .flatMap(group -> group.getElement().stream())
                .flatMap(element -> element.getTarget().stream())
                .toList();

        assertThat(targets).extracting(TargetElementComponent::getCode).doesNotHaveDuplicates();
        assertThat(targets)
                .extracting(TargetElementComponent::getDisplay)
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(name).matches("\\p{Lu}.*[^ :]"));
    }

    /** Nobody is without a dose because she is too young to be judged. */
    @Test
    void tellsOfACohortOnceAllItsChildrenAreOldEnough() throws IOException {
        LocalDate month = LocalDate.now(ZoneOffset.UTC).withDayOfMonth(1).minusMonths(2);
        Organization centre = anOrganization(facility, "cscom", "", "");
        Bundle bundle = transaction(putting(centre));
        follow(centre, give(bundle, month.plusDays(3).toString(), "PENTA", "1", true));
        exchange.post(bundle, facility).hasStatus(200);
        String period =
                "periodStart=" + month + "&periodEnd=" + month.plusMonths(1).minusDays(1) + here;

        assertThat(inDhis2(
                        figures("ml-epi-cohort", period, "dhis2"),
                        month.toString().replace("-", "").substring(0, 6)))
                .isEqualTo(Map.of("PEV_COHORTE_ENFANTS", "1", "PEV_COHORTE_TROP_JEUNES", "1"));
        assertThat(inDhis2(
                        figures("ml-epi-coverage-by-cohort", period, "dhis2"),
                        month.toString().replace("-", "").substring(0, 6)))
                .containsEntry("PEV_COUVERTURE_PENTA1_ENFANTS", "1")
                .doesNotContainKeys("PEV_COUVERTURE_PENTA1_VACCINES", "PEV_COUVERTURE_PENTA1_AGE_LIMITE_PASSE");

        Bundle earlier = transaction();
        follow(centre, give(earlier, "2003-05-03", "PENTA", "1", true));
        exchange.post(earlier, facility).hasStatus(200);
        assertThat(inDhis2(figures("ml-epi-cohort", MONTH + here, "dhis2"), "200305"))
                .containsEntry("PEV_COHORTE_PENTA1", "1")
                .containsEntry("PEV_COHORTE_ZERO_DOSE", "0");
    }

    /** As the MeasureReport has it: where a site handed in its report, no case means zero. */
    @Test
    void tellsZeroOfCasesWhereASiteReported() throws IOException {
        exchange.post(transaction(putting(aPerson("", "male", "", ""))), facility)
                .hasStatus(200);
        String week = "week=2003-W21" + here;
        assertThat(inDhis2(figures("ml-idsr-declared", week, "dhis2"), "2003W21"))
                .isEmpty();

        exchange.post(transaction(creating(aReportOfNothing("2003-05-19", "2003-05-25", "2003-05-26"))), facility)
                .hasStatus(200);
        assertThat(inDhis2(figures("ml-idsr-declared", week, "dhis2"), "2003W21"))
                .containsEntry("SIMR_CHOLERA_NOTIFIES", "0")
                .containsEntry("SIMR_RUBELLA_CONFIRMES", "0");
        assertThat(inDhis2(figures("ml-idsr-completeness", week, "dhis2"), "2003W21"))
                .containsEntry("SIMR_RAPPORTS_RECUS", "1");
    }

    @Test
    void leavesEmptyWhatIsNotCountedOfAGroup() {
        Bundle bundle = transaction();
        Patient mother = aPerson("ML020101", "female", "1980-01-01", "");
        Encounter contact = aContact(mother, "AMB", "2003-05-12");
        contact.addType(code("ml-contact-type", "antenatal"));
        bundle.addEntry(putting(mother));
        bundle.addEntry(putting(contact));
        exchange.post(bundle, facility).hasStatus(200);

        assertThat(Strata.rows(figures("ml-maternal", MONTH + here, "csv")))
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("events", "1")
                        .containsEntry("first_contacts", "0")
                        .containsEntry("caesareans", "")
                        .containsEntry("low_weights", ""));
    }

    private ConceptMap map(String indicator) {
        return exchange.get("ConceptMap/" + indicator + "-to-dhis2")
                .hasStatus(200)
                .as(ConceptMap.class);
    }

    private List<String> codes(String system) {
        return exchange.get("CodeSystem/" + system).hasStatus(200).as(CodeSystem.class).getConcept().stream()
                .map(ConceptDefinitionComponent::getCode)
                .toList();
    }

    private String figures(String indicator, String asked, String format) {
        return exchange.get("Measure/" + indicator + "/$figures?" + asked + "&_format=" + format)
                .hasStatus(200)
                .body();
    }

    private Map<String, String> inDhis2(String json, String period) throws IOException {
        Map<String, String> values = new TreeMap<>();
        for (JsonNode value : new ObjectMapper().readTree(json).path("dataValues")) {
            assertThat(value.path("orgUnit").asText()).isEqualTo(facility);
            assertThat(value.path("period").asText()).isEqualTo(period);
            values.put(value.path("dataElement").asText(), value.path("value").asText());
        }
        return values;
    }

    private static void follow(Organization centre, Patient child) {
        child.setManagingOrganization(
                new Reference("Organization/" + centre.getIdElement().getIdPart()));
    }

    private static Patient give(Bundle bundle, String bornOn, String vaccine, String rank, boolean own) {
        Patient child = aPerson("ML020101", "female", bornOn, "");
        Immunization dose = new SomeVaccinations(LocalDate.parse("2003-05-01")).aDose(child, vaccine, rank);
        dose.setPrimarySource(own).setOccurrence(new DateTimeType(bornOn.startsWith("200") ? "2003-05-12" : bornOn));
        bundle.addEntry(putting(child));
        bundle.addEntry(putting(dose));
        return child;
    }

    private static void contact(Bundle bundle, String sex) {
        Patient person = aPerson("ML020101", sex, "1980-01-01", "");
        bundle.addEntry(putting(person));
        bundle.addEntry(putting(aContact(person, "AMB", "2003-05-12")));
    }
}
