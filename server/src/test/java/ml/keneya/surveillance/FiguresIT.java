package ml.keneya.surveillance;

import static ml.keneya.surveillance.Cases.aPerson;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.Measure;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
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

    static List<String> indicators() {
        return IndicatorFolders.names();
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
    @MethodSource("indicators")
    void namesItsOwnFiguresToDhis2(String indicator) {
        Measure measure = exchange.get("Measure/" + indicator).hasStatus(200).as(Measure.class);
        Set<String> counted = measure.getGroup().stream()
                .flatMap(group -> group.getPopulation().stream()
                        .map(population -> WritesMeasureReports.codeOf(group) + "/"
                                + population.getCriteria().getExpression()))
                .collect(Collectors.toSet());
        if (indicator.equals("ml-idsr-weekly")) {
            return;
        }
        ConceptMap map = exchange.get("ConceptMap/" + indicator + "-to-dhis2")
                .hasStatus(200)
                .as(ConceptMap.class);
        List<String> header = List.of(figures(indicator, MONTH, "csv")
                .lines()
                .findFirst()
                .orElseThrow()
                .split(","));
        List<String> elements = new ArrayList<>();
        map.getGroup().stream().flatMap(group -> group.getElement().stream()).forEach(element -> {
            String[] source = element.getCode().split("[?]", 2);
            assertThat(counted).contains(source[0]);
            assertThat(header).contains(source[0].split("/")[1]);
            if (source.length > 1) {
                for (String stratum : source[1].split("&")) {
                    assertThat(header).contains(stratum.split("=")[0]);
                }
            }
            element.getTarget().forEach(target -> elements.add(target.getCode()));
        });
        assertThat(elements).doesNotHaveDuplicates();
        // Every count is told somewhere.
        assertThat(map.getGroupFirstRep().getElement().stream()
                        .map(element -> element.getCode().split("[?]", 2)[0])
                        .collect(Collectors.toSet()))
                .containsAll(counted);
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

    private static void give(Bundle bundle, String bornOn, String vaccine, String rank, boolean own) {
        Patient child = aPerson("ML020101", "female", bornOn, "");
        Immunization dose = new SomeVaccinations(LocalDate.parse("2003-05-01")).aDose(child, vaccine, rank);
        dose.setPrimarySource(own).setOccurrence(new DateTimeType("2003-05-12"));
        bundle.addEntry(putting(child));
        bundle.addEntry(putting(dose));
    }

    private static void contact(Bundle bundle, String sex) {
        Patient person = aPerson("ML020101", sex, "1980-01-01", "");
        Encounter contact = new Encounter().setStatus(EncounterStatus.FINISHED);
        contact.setId(UUID.randomUUID().toString());
        contact.getClass_()
                .setSystem("http://terminology.hl7.org/CodeSystem/v3-ActCode")
                .setCode("AMB");
        contact.setSubject(new Reference("Patient/" + person.getIdElement().getIdPart()));
        contact.getPeriod().setStartElement(new DateTimeType("2003-05-12"));
        bundle.addEntry(putting(person));
        bundle.addEntry(putting(contact));
    }
}
