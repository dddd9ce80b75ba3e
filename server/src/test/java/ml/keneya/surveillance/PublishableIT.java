package ml.keneya.surveillance;

import static ml.keneya.surveillance.Cases.aCase;
import static ml.keneya.surveillance.Cases.aPerson;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The report that shows no small count. Its week is one in which no other test has cases. */
@KeneyaIntegrationTest
class PublishableIT {

    private static final String WEEK = "week=2007-W10";

    @Autowired
    Exchange exchange;

    private final String facility = unique("site");

    @Test
    void showsToASiteWhatTellsOfNobody() {
        Bundle bundle = transaction();
        add(bundle, "ML010101", "female", 6);
        add(bundle, "ML010102", "male", 3);
        add(bundle, "ML010201", "female", 7);
        exchange.post(bundle, facility).hasStatus(200);
        String[] site = TestSystem.ofSite(exchange, facility).withAll();

        List<String> country = measles(WEEK, site);
        List<String> cercles = measles(WEEK + "&level=cercle", site);
        List<String> communes = measles(WEEK + "&level=commune", site);

        // Three men among sixteen: neither is told, and so for none of the parts.
        assertThat(country)
                .containsExactly(
                        "ML,counted,,,,16,0,0",
                        "ML,counted,15y+,,,16,0,0",
                        "ML,counted,,female,,*,0,0",
                        "ML,counted,,male,,*,0,0",
                        "ML,counted,,other,,*,0,0",
                        "ML,counted,,unknown,,*,0,0",
                        "ML,counted,,,resident,16,0,0");
        assertThat(cercles)
                .containsExactly(
                        "ML0101,counted,,,,9,0,0",
                        "ML0101,counted,15y+,,,9,0,0",
                        "ML0101,counted,,,resident,9,0,0",
                        "ML0102,counted,,,,7,0,0",
                        "ML0102,counted,15y+,,,7,0,0",
                        "ML0102,counted,,,resident,7,0,0");
        // Six and three of nine: which communes of the cercle they live in is not said, nor that they are two.
        assertThat(communes)
                .contains(
                        "ML010101,hidden,,,,*,*,*",
                        "ML010102,hidden,,,,*,*,*",
                        "ML010103,hidden,,,,*,*,*",
                        "ML010201,counted,,,,7,0,0",
                        "ML010201,counted,15y+,,,7,0,0",
                        "ML010201,counted,,,resident,7,0,0")
                .noneMatch(line -> line.startsWith("ML0101") && !line.endsWith(",hidden,,,,*,*,*"));
        // The same figures, whichever part of them is asked for.
        assertThat(measles(WEEK + "&level=commune&subject=2015%7CML0101", site))
                .containsExactlyElementsOf(communes.stream()
                        .filter(line -> line.startsWith("ML0101"))
                        .toList());
        assertThat(measles(WEEK + "&subject=2015%7CML010102", site)).containsExactly("ML010102,hidden,,,,*,*,*");
    }

    @Test
    void refusesToASiteEveryOtherReport() {
        String[] site = TestSystem.ofSite(exchange, facility).withAll();

        for (String other : List.of(
                "$idsr-weekly?" + WEEK,
                "$report-versions?" + WEEK,
                "$line-list?" + WEEK,
                "$incomplete-cases?" + WEEK,
                "ml-idsr-weekly/$evaluate-measure?" + WEEK,
                // A share and its whole tell the part.
                "ml-maternal/$rates?" + WEEK,
                "ml-maternal/$figures?" + WEEK,
                "ml-idsr-weekly/$figures?" + WEEK,
                "ml-idsr-declared/$figures?_format=dhis2&" + WEEK,
                "ml-social-people/$evaluate-measure?" + WEEK)) {
            exchange.get("Measure/" + other, site).isRefused(403, "ML-FHIR-100");
        }
    }

    @Test
    void refusesWhatCouldBeSubtracted() {
        exchange.get("Measure/$idsr-publishable?" + WEEK + "&subject=2023%7CML").isRefused(400, "ML-FHIR-040");
        exchange.get("Measure/$idsr-publishable?" + WEEK + "&subject=health%7CML")
                .isRefused(400, "ML-FHIR-040");
        exchange.get("Measure/$idsr-publishable?" + WEEK + "&level=facility").isRefused(400, "ML-FHIR-040");
        // In a week that is not over each new case could be seen, and a week to come would have a version.
        exchange.get("Measure/$idsr-publishable?week=2999-W10").isRefused(400, "ML-FHIR-040");
        exchange.get("Measure/$idsr-publishable?periodStart=2007-03-05&periodEnd=2007-03-10")
                .isRefused(400, "ML-FHIR-041");
    }

    private static void add(Bundle bundle, String commune, String sex, int number) {
        for (int each = 0; each < number; each++) {
            Patient person = aPerson(commune, sex, "1980-01-01", "resident");
            bundle.addEntry(putting(person));
            bundle.addEntry(putting(aCase(person, "measles", "suspected", "2007-03-06")));
        }
    }

    /** The place, the state and the figures of the lines about measles. */
    private List<String> measles(String asked, String... headers) {
        return exchange.get("Measure/$idsr-publishable?" + asked, headers)
                .hasStatus(200)
                .body()
                .lines()
                .filter(line -> line.contains(",measles,"))
                // Facilities of other tests owe reports that nobody sends.
                .filter(line -> !line.contains(",silent,"))
                .map(line -> line.split(",", -1))
                .map(cells -> String.join(
                        ",", cells[2], cells[5], cells[6], cells[7], cells[8], cells[9], cells[10], cells[11]))
                .toList();
    }
}
