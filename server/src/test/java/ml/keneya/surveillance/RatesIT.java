package ml.keneya.surveillance;

import static ml.keneya.surveillance.Cases.aCase;
import static ml.keneya.surveillance.Cases.aPerson;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.LongStream;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Location;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Rates worked out a second time, from the populations as their sources print them. No other test has cases in the
 * week.
 */
@KeneyaIntegrationTest
class RatesIT {

    private static final long KAYES_CERCLE = 808881;
    private static final long BAFOULABE = 368283;
    private static final long KAYES_REGION = LongStream.of(
                    KAYES_CERCLE, BAFOULABE, 333803, 310598, 681772, 360842, 278233)
            .sum();
    private static final long BAMAKO = 4227569;
    private static final long MALI = 22395490;

    @Autowired
    Exchange exchange;

    private final String facility = unique("site");
    private String week = "2002-W10";

    @Test
    void tellsRatesWherePopulationsAreKnownAndNoneElsewhere() {
        Bundle bundle = transaction();
        cases(bundle, "ML010101", 7, "confirmed");
        cases(bundle, "ML010201", 2, "suspected");
        cases(bundle, "ML090101", 3, "suspected");
        cases(bundle, "ML010101", 1, "discarded");
        cases(bundle, "", 1, "suspected");
        exchange.post(bundle, facility).hasStatus(200);

        assertThat(rates("2015|ML", ""))
                .containsOnlyKeys("ML")
                .containsEntry("ML", List.of("13", "7", "" + MALI, per(13, MALI), per(7, MALI), per(7, MALI)));
        assertThat(rates("2015|ML", "region"))
                .containsOnlyKeys("", "ML01", "ML09")
                .containsEntry("", List.of("1", "0", "", "", "", ""))
                .containsEntry(
                        "ML01",
                        List.of(
                                "9",
                                "7",
                                "" + KAYES_REGION,
                                per(9, KAYES_REGION),
                                per(7, KAYES_REGION),
                                per(7, KAYES_REGION)))
                .containsEntry("ML09", List.of("3", "0", "" + BAMAKO, per(3, BAMAKO), "0.00", "0.00"));
        assertThat(rates("2015|ML01", "cercle"))
                .containsOnlyKeys("ML0101", "ML0102")
                .containsEntry("ML0102", List.of("2", "0", "" + BAFOULABE, per(2, BAFOULABE), "0.00", "0.00"));
        // No source tells how many live in a commune.
        assertThat(rates("2015|ML0101", "commune")).containsEntry("ML010101", List.of("7", "7", "", "", "", ""));
        assertThat(body("2015|ML", "region").replace("\"", ""))
                .contains(
                        "2022,RGPH5 2022 (recensement ; presse ; la projection Cadre harmonisé 2024 donne 2853566),no")
                .contains("2024,Cadre harmonisé 2024 (projection ; prism-app, PAM),no");
    }

    @Test
    void takesThePopulationOfAFacilityFromTheRegistryAndOfTheYearNearestBefore() {
        week = "2002-W12";
        Bundle bundle = transaction();
        cases(bundle, "", 2, "suspected");
        Location place = new Location().setName("CSCom");
        place.setId(UUID.randomUUID().toString());
        place.addIdentifier().setSystem("https://keneya.ml/id/facility").setValue(facility);
        place.addExtension(population(8000, "2001"));
        place.addExtension(population(9000, "2021"));
        place.addExtension(population(12450, "2023"));
        exchange.post(bundle.addEntry(putting(place)), facility).hasStatus(200);

        assertThat(rates("health|" + facility, ""))
                .containsOnlyKeys(facility)
                .containsEntry(facility, List.of("2", "0", "8000", per(2, 8000), "0.00", "0.00"));
        assertThat(body("health|" + facility, "")).contains(",2001,recensement du CSCom,no,");
    }

    private Map<String, List<String>> rates(String subject, String level) {
        Map<String, List<String>> rates = new TreeMap<>();
        String[] lines = body(subject, level).split("\r\n");
        assertThat(lines[0])
                .isEqualTo("place,disease,suspected_cases,confirmed_cases,deaths,inhabitants,population_year,"
                        + "population_source,population_certain,suspected_per_100000,confirmed_per_100000,"
                        + "deaths_per_100000");
        for (int line = 1; line < lines.length; line++) {
            String[] cells = lines[line].replaceAll("\"[^\"]*\"", "quoted").split(",", -1);
            assertThat(cells[1]).isEqualTo("plague");
            assertThat(cells[4]).isEqualTo(cells[3]);
            rates.put(cells[0], List.of(cells[2], cells[3], cells[5], cells[9], cells[10], cells[11]));
        }
        return rates;
    }

    private String body(String subject, String level) {
        return exchange.get("Measure/$idsr-rates?week=" + week + "&subject=" + subject.replace("|", "%7C")
                        + (level.isEmpty() ? "" : "&level=" + level))
                .hasStatus(200)
                .body();
    }

    private static String per(long count, long inhabitants) {
        return BigDecimal.valueOf(count)
                .multiply(BigDecimal.valueOf(100000))
                .divide(BigDecimal.valueOf(inhabitants), 2, RoundingMode.HALF_UP)
                .toPlainString();
    }

    /** Everyone confirmed dies the day after. */
    private void cases(Bundle bundle, String commune, int number, String classification) {
        String monday = week.equals("2002-W10") ? "2002-03-04" : "2002-03-18";
        for (int each = 0; each < number; each++) {
            Patient person = aPerson(commune, "male", "1990-01-01", "");
            if (classification.equals("confirmed")) {
                person.setDeceased(new DateTimeType("2002-03-06"));
            }
            bundle.addEntry(putting(person));
            bundle.addEntry(putting(aCase(person, "plague", classification, monday)));
        }
    }

    private static Extension population(int count, String year) {
        Extension population = new Extension(Cases.BASE + "/StructureDefinition/ml-ext-catchment-population");
        population.addExtension("count", new PositiveIntType(count));
        population.addExtension("year", new DateType(year));
        population.addExtension("source", new StringType("recensement du CSCom"));
        return population;
    }
}
