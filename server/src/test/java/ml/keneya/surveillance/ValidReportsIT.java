package ml.keneya.surveillance;

import static ml.keneya.surveillance.Cases.aPerson;
import static ml.keneya.surveillance.SomeCare.aContact;
import static ml.keneya.surveillance.SomeCare.aQuestion;
import static ml.keneya.surveillance.SomeCare.anArm;
import static ml.keneya.surveillance.SomeSites.aReport;
import static ml.keneya.surveillance.SomeSites.anOrganization;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.Verdict;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What the exchange asks of reports it asks of its own. In a week of a year in which no other test has records. */
@KeneyaIntegrationTest
class ValidReportsIT {

    private static final LocalDate MONDAY = LocalDate.parse("1986-02-10");

    @Autowired
    Exchange exchange;

    private final String facility = unique("site");

    @Test
    @DisplayName("The report of every indicator, with and without figures, meets the profile of reports")
    void meetTheirProfile() {
        for (String indicator : IndicatorFolders.names()) {
            // Of a year in which nobody was ill.
            MeasureReport empty = report(indicator, "1786-02-06", "1786-02-12", "2015|ML", "commune");
            assertThat(strata(empty)).as(indicator).isZero();
            assertValid(empty);
        }
        deliver();
        for (String indicator : IndicatorFolders.names()) {
            for (String division : List.of("2015", "2023", "health")) {
                String level = division.equals("health") ? "facility" : "region";
                MeasureReport report =
                        report(indicator, MONDAY.toString(), MONDAY.plusDays(6).toString(), division + "|ML", level);
                assertThat(strata(report))
                        .as("figures of %s in %s", indicator, division)
                        .isPositive();
                assertValid(report);
            }
        }
    }

    /** Which shows that the profile is looked at. */
    @Test
    @DisplayName("A report that lacks what its profile asks for does not meet it")
    void noticesWhatIsMissing() {
        MeasureReport report = report("ml-social-people", "1786-02-06", "1786-02-12", "2015|ML", "commune");
        report.setPeriod(null);

        assertThat(Verdict.errorsOf(exchange, report, "ml-measure-report")).isNotEmpty();
    }

    private void assertValid(MeasureReport report) {
        assertThat(Verdict.errorsOf(exchange, report, "ml-measure-report"))
                .as(report.getMeasure())
                .isEmpty();
    }

    private MeasureReport report(String indicator, String start, String end, String subject, String level) {
        return exchange.get("Measure/" + indicator + "/$evaluate-measure?periodStart=" + start + "&periodEnd=" + end
                        + "&subject=" + subject.replace("|", "%7C") + "&level=" + level)
                .hasStatus(200)
                .as(MeasureReport.class);
    }

    private static long strata(MeasureReport report) {
        return report.getGroup().stream()
                .flatMap(group -> group.getStratifier().stream())
                .mapToLong(stratifier -> stratifier.getStratum().size())
                .sum();
    }

    /** Something of all that is counted. */
    private void deliver() {
        Organization site = anOrganization(facility, "cscom", "1980-01-01", "");
        site.addAddress().addExtension(Cases.COMMUNE, new Coding(Cases.DIVISION_2015, "ML010101", null));
        exchange.post(transaction(putting(site)), facility).hasStatus(200);
        // Old enough to be screened for malnutrition.
        Patient child = aPerson("ML010101", "female", "1985-06-01", "resident");
        Bundle bundle = transaction(
                putting(child),
                putting(aReport(site, MONDAY)),
                putting(anArm(child, 112, MONDAY.toString())),
                putting(aQuestion(child, "dermatology", MONDAY.toString())),
                putting(aContact(child, "AMB", MONDAY.toString())),
                putting(aContact(child, "VR", MONDAY.toString())));
        new SomeCases(MONDAY).delivery().getEntry().forEach(bundle::addEntry);
        SomePregnancies pregnancies = new SomePregnancies(MONDAY);
        for (int number = 0; number < 5; number++) {
            pregnancies.pregnancy().getEntry().forEach(bundle::addEntry);
        }
        SomeVaccinations vaccinations = new SomeVaccinations(MONDAY);
        vaccinations.doses().getEntry().forEach(bundle::addEntry);
        Patient newborn = aPerson("ML010101", "male", MONDAY.plusDays(1).toString(), "");
        bundle.addEntry(putting(newborn));
        bundle.addEntry(putting(vaccinations
                .aDose(newborn, "BCG", "1")
                .setOccurrence(new DateTimeType(MONDAY.plusDays(2).toString()))));
        exchange.post(bundle, facility).hasStatus(200);
    }
}
