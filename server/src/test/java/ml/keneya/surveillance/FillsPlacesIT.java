package ml.keneya.surveillance;

import static ml.keneya.surveillance.Cases.aCase;
import static ml.keneya.surveillance.Cases.aPerson;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The divisions in the tables are those of the terminology and no others. */
@KeneyaIntegrationTest
class FillsPlacesIT {

    @Autowired
    Exchange exchange;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    FillsPlaces fills;

    @Test
    void takesOutWhatANewContentDoesNotHave() {
        jdbc.sql("insert into keneya.place_line values ('2015', 'ML0101', 'ML02', 'region')")
                .update();
        jdbc.sql("insert into keneya.place values ('2015', 'ML0199', 'Autrefois', 'cercle')")
                .update();
        jdbc.sql("insert into keneya.place_now values ('ML019901', '01')").update();
        jdbc.sql("update keneya.surveillance_content set digest = 'before' where name = 'places'")
                .update();

        fills.run(new DefaultApplicationArguments());

        assertThat(jdbc.sql(
                                "select above from keneya.place_line where division = '2015' and code = 'ML0101' order by 1")
                        .query(String.class)
                        .list())
                .isEqualTo(List.of("ML", "ML01", "ML0101"));
        assertThat(jdbc.sql("select count(*) from keneya.place where code = 'ML0199'")
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(jdbc.sql("select count(*) from keneya.place_now where code_2015 = 'ML019901'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    /** The week is one in which no other test has cases. */
    @Test
    void findsTheFormerRegionOfWhoHasAnAddressOfToday() {
        // All former communes of the region 01 of 2023 lie in ML01.
        Patient person = aPerson("", "female", "1980-01-01", "");
        person.addAddress()
                .addExtension(
                        Cases.BASE + "/StructureDefinition/ml-ext-region",
                        new Coding(Cases.BASE + "/CodeSystem/ml-administrative-division-2023", "01", null));
        String facility = unique("site");
        exchange.post(
                        transaction(putting(person), putting(aCase(person, "measles", "suspected", "2007-04-17"))),
                        facility)
                .hasStatus(200);

        assertThat(exchange.get("Measure/$idsr-weekly?week=2007-W16&level=region&_format=csv")
                        .hasStatus(200)
                        .body()
                        .lines()
                        .filter(line -> line.contains(",measles,counted,")))
                .singleElement()
                .asString()
                .contains(",ML01,");
        assertThat(exchange.get("Measure/$idsr-weekly?week=2007-W16&level=region&_format=csv&subject=2023%7CML")
                        .hasStatus(200)
                        .body())
                .containsPattern(",01,[^,]*,measles,counted,");
    }
}
