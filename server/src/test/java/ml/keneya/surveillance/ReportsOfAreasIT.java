package ml.keneya.surveillance;

import static ml.keneya.surveillance.Cases.COMMUNE;
import static ml.keneya.surveillance.Cases.DIVISION_2015;
import static ml.keneya.surveillance.Cases.aCase;
import static ml.keneya.surveillance.Cases.aPerson;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import ml.keneya.security.TestApp;
import ml.keneya.security.TestPerson;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A district or region counts what lies in its places, and calls the people of its lists (decision 0115). The week is
 * one in which no other test has cases.
 */
@KeneyaIntegrationTest
class ReportsOfAreasIT {

    private static final String SCOPES = "openid user/*.rs";
    private static final String WEEK = "week=2007-W20";
    private static final String MONDAY = "2007-05-14";

    /** Two communes of the cercle of Kayes, and one of another cercle of its region. */
    private static final String HERE = "ML010101";

    private static final String ALSO_HERE = "ML010102";
    private static final String ELSEWHERE = "ML010201";

    @Autowired
    Exchange exchange;

    @Autowired
    JdbcClient jdbc;

    private final String facility = unique("site");
    private final Patient here = aPerson(HERE, "female", "1980-01-01", "resident");
    private final Patient alsoHere = aPerson(ALSO_HERE, "male", "1980-01-01", "resident");
    private final Patient elsewhere = aPerson(ELSEWHERE, "male", "1980-01-01", "resident");

    @BeforeEach
    void startAnew() {
        // Cases of before would be counted too.
        jdbc.sql("select id from identified.condition where onset_on = cast(:monday as date)")
                .param("monday", MONDAY)
                .query(String.class)
                .list()
                .forEach(id -> exchange.delete("Condition/" + id).hasStatus(200));
        sick(here, alsoHere, elsewhere);
    }

    @Test
    void countsWhatLiesInTheArea() {
        TestPerson officer = officer("ML0101");

        assertThat(measles("$idsr-weekly?" + WEEK, officer)).isEqualTo("ML0101 2");
        assertThat(measles("$idsr-weekly?" + WEEK + "&subject=2015%7CML0101&level=commune", officer))
                .isEqualTo("ML010101 1, ML010102 1");
        assertThat(measles("$idsr-weekly?" + WEEK + "&subject=2015%7C" + ALSO_HERE, officer))
                .isEqualTo("ML010102 1");
        assertThat(measles("$idsr-weekly?" + WEEK + "&level=cercle", officer("ML01")))
                .isEqualTo("ML0101 2, ML0102 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$idsr-weekly?week=2007-W20",
                "$idsr-rates?week=2007-W20",
                "$idsr-series?periodStart=2007-05-14&periodEnd=2007-05-20",
                "$report-versions?week=2007-W20",
                "$line-list?week=2007-W20",
                "$incomplete-cases?week=2007-W20",
                "$defaulters?on=2007-05-14",
                "ml-idsr-weekly/$evaluate-measure?week=2007-W20",
                "ml-maternal/$rates?week=2007-W20",
                "ml-idsr-declared/$figures?week=2007-W20"
            })
    void refusesEveryOtherPlace(String asked) {
        String[] officer = tokenOf(officer("ML0101"));

        exchange.get("Measure/" + asked, officer).hasStatus(200);
        exchange.get("Measure/" + asked + "&subject=2015%7C" + HERE, officer).hasStatus(200);
        for (String other :
                List.of("2015|ML", "2015|ML01", "2015|ML0102", "2015|" + ELSEWHERE, "2023|01", "health|ML")) {
            exchange.get("Measure/" + asked + "&subject=" + other.replace("|", "%7C"), officer)
                    .isRefused(403, "ML-FHIR-013");
        }
    }

    @Test
    void countsAtTheFacilitiesOfTheArea() {
        Organization centre = new Organization().setName("CSCom");
        centre.setId(UUID.randomUUID().toString());
        centre.addIdentifier().setSystem("https://keneya.ml/id/facility").setValue(facility);
        centre.addAddress().addExtension(COMMUNE, new Coding(DIVISION_2015, HERE, null));
        exchange.post(transaction(putting(centre)), facility).hasStatus(200);
        String asked = "Measure/$line-list?" + WEEK + "&subject=health%7C" + facility;

        // Whoever came to it, also from elsewhere.
        assertThat(exchange.get(asked, tokenOf(officer("ML0101")))
                        .hasStatus(200)
                        .body())
                .contains(idOf(here), idOf(elsewhere));
        exchange.get(asked, tokenOf(officer("ML0102"))).isRefused(403, "ML-FHIR-013");

        // Whoever counts it counts what lies below it, wherever that is.
        Organization lower = new Organization().setName("CSCom");
        lower.setId(UUID.randomUUID().toString());
        lower.addIdentifier().setSystem("https://keneya.ml/id/facility").setValue(unique("site"));
        lower.addAddress().addExtension(COMMUNE, new Coding(DIVISION_2015, ELSEWHERE, null));
        lower.setPartOf(new Reference("Organization/" + idOf(centre)));
        exchange.post(transaction(putting(lower)), facility).hasStatus(200);
        exchange.get(asked, tokenOf(officer("ML0101"))).isRefused(403, "ML-FHIR-013");
        exchange.get(asked, tokenOf(officer("ML01"))).hasStatus(200);
    }

    @Test
    void namesTheCasesOfTheAreaAndNotesWhomItNamed() {
        TestPerson officer = officer("ML0101");
        String list = exchange.get("Measure/$line-list?" + WEEK, tokenOf(officer))
                .hasStatus(200)
                .body();

        assertThat(list)
                .contains(idOf(here), idOf(alsoHere), here.getNameFirstRep().getFamily())
                .doesNotContain(idOf(elsewhere));
        assertThat(jdbc.sql("select patients from keneya.trace where client = ? and patients is not null")
                        .param(officer.id())
                        .query((row, number) -> (Object[]) row.getArray(1).getArray())
                        .list())
                .anySatisfy(shown -> assertThat(shown).containsExactlyInAnyOrder(idOf(here), idOf(alsoHere)));
    }

    @Test
    void leavesOutOfListsWhatALabelKeepsBack() {
        Patient kept = aPerson(HERE, "female", "2007-01-05", "resident");
        restrict(kept);
        Condition secret = aCase(alsoHere, "measles", "suspected", MONDAY);
        restrict(secret);
        exchange.post(
                        transaction(
                                putting(kept), putting(aCase(kept, "measles", "suspected", MONDAY)), putting(secret)),
                        facility)
                .hasStatus(200);
        String[] officer = tokenOf(officer("ML0101"));

        for (String list : List.of("$line-list?" + WEEK, "$incomplete-cases?" + WEEK)) {
            assertThat(exchange.get("Measure/" + list, officer).hasStatus(200).body())
                    .doesNotContain(idOf(kept), secret.getIdElement().getIdPart());
        }
        String children = "Measure/$defaulters?on=2007-06-14&subject=2015%7C" + HERE;
        assertThat(exchange.get(children).hasStatus(200).body()).contains(idOf(kept));
        assertThat(exchange.get(children, officer).hasStatus(200).body()).doesNotContain(idOf(kept));
        // They are counted all the same.
        assertThat(measles("$idsr-weekly?" + WEEK, officer("ML0101"))).isEqualTo("ML0101 4");
    }

    @Test
    void asksWhichPlaceIsMeantOfWhoHasSeveral() {
        exchange.get("Measure/$idsr-weekly?" + WEEK, tokenOf(officer("ML0101", "ML0102")))
                .isRefused(400, "ML-FHIR-041");
        assertThat(measles("$idsr-weekly?" + WEEK, officer("ML0101", "0101"))).isEqualTo("ML0101 2");
    }

    private void sick(Patient... people) {
        for (Patient person : people) {
            exchange.post(
                            transaction(putting(person), putting(aCase(person, "measles", "suspected", MONDAY))),
                            facility)
                    .hasStatus(200);
        }
    }

    private static void restrict(Resource record) {
        record.getMeta()
                .addSecurity()
                .setSystem("http://terminology.hl7.org/CodeSystem/v3-Confidentiality")
                .setCode("R");
    }

    private static String idOf(Resource record) {
        return record.getIdElement().getIdPart();
    }

    /** The places that have cases of measles, each with all its suspected cases. */
    private String measles(String asked, TestPerson officer) {
        TreeMap<String, Integer> counted = new TreeMap<>();
        exchange.get("Measure/" + asked + "&_format=csv", tokenOf(officer))
                .hasStatus(200)
                .body()
                .lines()
                .filter(line -> line.contains(",measles,counted,"))
                .map(line -> line.split(",", -1))
                .forEach(cells -> counted.merge(cells[2], Integer.parseInt(cells[9]), Integer::sum));
        return counted.entrySet().stream()
                .map(place -> place.getKey() + " " + place.getValue())
                .collect(Collectors.joining(", "));
    }

    private TestPerson officer(String... areas) {
        return TestPerson.ready(exchange, "area", Map.of("areas", List.of(areas)));
    }

    private String[] tokenOf(TestPerson person) {
        return TestApp.with(exchange, SCOPES).tokenOf(person, SCOPES);
    }
}
