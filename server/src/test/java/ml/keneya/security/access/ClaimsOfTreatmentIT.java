package ml.keneya.security.access;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whoever says that it treats somebody whom others know is written down, and cannot say so of everybody. */
@KeneyaIntegrationTest
class ClaimsOfTreatmentIT extends TwoSites {

    /** As the tests set it. */
    private static final int CLAIMS_PER_DAY = 20;

    @Autowired
    JdbcClient jdbc;

    @Test
    @DisplayName("Z6: a site names so many people of others in a day and no more; its own people do not count")
    void z6_namesSoManyPeopleOfOthersInADay() {
        String[] them = TestSystem.ofSite(exchange, there).withAll();
        List<String> numbers = new ArrayList<>();
        Bundle all = transaction();
        for (int person = 0; person <= CLAIMS_PER_DAY; person++) {
            numbers.add(unique("nina"));
            all.addEntry(creating(withNina(numbers.get(person))));
        }
        exchange.post("", exchange.json(all), them).hasStatus(200);
        String[] us = TestSystem.ofSite(exchange, here).withAll();
        Bundle own = transaction();
        for (int person = 0; person <= CLAIMS_PER_DAY; person++) {
            own.addEntry(creating(withNina(unique("nina"))));
        }
        exchange.post("", exchange.json(own), us).hasStatus(200);

        Bundle most = transaction();
        numbers.subList(0, CLAIMS_PER_DAY).forEach(number -> most.addEntry(creating(withNina(number))));
        exchange.post("", exchange.json(most), us).hasStatus(200);
        Answer refused = exchange.create(withNina(numbers.get(CLAIMS_PER_DAY)), us);

        refused.isRefused(429, "ML-LIMITS-013");
        assertThat(refused.header("Retry-After")).contains("3600");
        assertThat(exchange.get("Patient?identifier=" + NINA + "%7C" + numbers.get(CLAIMS_PER_DAY), us)
                        .entries())
                .isEmpty();
        // Whom it treats already it goes on sending.
        assertThat(exchange.create(withNina(numbers.get(0)), us).status()).isEqualTo(200);
        // Elsewhere, the same is possible.
        assertThat(exchange.create(
                                withNina(numbers.get(CLAIMS_PER_DAY)),
                                TestSystem.ofSite(exchange, unique("cscom")).withAll())
                        .status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("Z6: the trace says that a person is treated somewhere else from now on")
    void z6_theTraceTellsOfTheClaim() {
        String nina = unique("nina");
        created(withNina(nina), TestSystem.ofSite(exchange, there).withAll());
        TestSystem site = TestSystem.ofSite(exchange, here);

        created(withNina(nina), site.withAll());
        created(withNina(nina), site.withAll());

        assertThat(jdbc.sql("""
                        select decision from keneya.trace where client = :client and interaction <> 'token'
                        order by chain, position
                        """).param("client", site.id()).query(String.class).list())
                .containsExactly("treatment-claimed", "role-and-scope");
    }

    @Test
    @DisplayName("Z6: which other site has sent a person's record stands in no version that a site is shown")
    void z6_showsNotWhoElseSentThePerson() {
        String nina = unique("nina");
        String[] them = TestSystem.ofSite(exchange, there).withAll();
        String shared = created(withNina(nina), them);
        assertThat(created(withNina(nina), us)).isEqualTo(shared);

        for (String path : List.of(
                shared,
                shared + "/_history/1",
                shared + "/_history",
                "Patient?identifier=" + NINA + "%7C" + nina,
                shared + "/$everything")) {
            assertThat(exchange.get(path, us).hasStatus(200).body())
                    .as(path)
                    .contains(nina)
                    .doesNotContain(there);
        }
        assertThat(exchange.get(shared, them).as(Patient.class).getMeta().getSource())
                .endsWith("/" + there);
    }
}
