package ml.keneya.security.access;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Spellings, parameters and scopes by which more would be had than is given. */
@KeneyaIntegrationTest
class OddAddressesIT {

    @Autowired
    Exchange exchange;

    private final String facility = unique("cscom");

    @Test
    @DisplayName("S1: a page has five hundred records, however many are asked for")
    void s1_givesFiveHundredAtMost() {
        String family = "Page" + UUID.randomUUID().toString().substring(0, 8);
        for (int part = 0; part < 2; part++) {
            Bundle people = transaction();
            for (int number = 0; number < 251; number++) {
                Patient child = aChild(unique("record"));
                child.setId(UUID.randomUUID().toString());
                child.getNameFirstRep().setFamily(family);
                people.addEntry(putting(child));
            }
            exchange.post(people, facility).hasStatus(200);
        }

        for (String count : new String[] {"501", "100000", "1000000000"}) {
            Answer page = exchange.get("Patient?family=" + family + "&_count=" + count)
                    .hasStatus(200);
            assertThat(page.entries()).as(count).hasSize(500);
            assertThat(page.bundle().getLink("next")).as(count).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"_history?_count=1000000000", "Patient/_history?_count=1000000000"})
    @DisplayName("S7: the history of everything is refused, and so is a page of a billion of it")
    void s7_refusesTheHistoryOfEverything(String address) {
        exchange.get(address, TestSystem.ofSite(exchange, facility).withAll()).isRefused(403, "ML-FHIR-104");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?_cascade=delete", "?_expunge=true", ""})
    @DisplayName("Z16: whatever is asked with it, a deletion takes one record and leaves its history")
    void z16_deletesOneRecordAndKeepsWhatItWas(String asked) {
        String[] site = TestSystem.ofSite(exchange, facility).withAll();
        Patient child = aChild(unique("record"));
        child.setId(UUID.randomUUID().toString());
        exchange.put("Patient/" + child.getIdElement().getIdPart(), child, site).hasStatus(201);
        Observation weight = weightOf("Patient/" + child.getIdElement().getIdPart(), "9.3");
        weight.setId(UUID.randomUUID().toString());
        String record = "Observation/" + weight.getIdElement().getIdPart();
        exchange.put(record, weight, site).hasStatus(201);
        String[] withHeader = {site[0], site[1], "X-Cascade", "delete"};

        // A person is a national record, which no site deletes, and nothing goes with her.
        exchange.delete("Patient/" + child.getIdElement().getIdPart() + asked, withHeader)
                .isRefused(403, "ML-FHIR-100");
        exchange.get(record, site).hasStatus(200);

        int status = exchange.delete(record + asked, withHeader).status();
        assertThat(status).isLessThan(500);
        assertThat(exchange.get("Patient/" + child.getIdElement().getIdPart(), site)
                        .status())
                .isEqualTo(200);
        assertThat(exchange.get(record + "/_history/1", site).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"DEFAULT/Patient", "/Patient", "./Patient/", "%2e%2e/fhir/Patient", "Patient;x=1", "patient"})
    @DisplayName("Z13: another spelling of an address is no way around the rules")
    void z13_opensNothingByAnotherSpelling(String address) {
        String family = "Ailleurs" + UUID.randomUUID().toString().substring(0, 8);
        Patient child = aChild(unique("record"));
        child.getNameFirstRep().setFamily(family);
        exchange.create(child, TestSystem.ofSite(exchange, unique("cscom")).withAll())
                .hasStatus(201);

        Answer answer = exchange.get(
                address + "?family=" + family,
                TestSystem.ofSite(exchange, facility).withAll());

        assertThat(answer.status()).isLessThan(500);
        assertThat(answer.body()).doesNotContain(child.getIdentifierFirstRep().getValue());
        if (answer.status() == 200) {
            assertThat(answer.entries()).isEmpty();
        }
    }

    @Test
    @DisplayName("T1: a token of a hundred kilobytes opens nothing")
    void t1_refusesAnEnormousToken() {
        Answer answer = exchange.get("Patient", "Authorization", "Bearer " + "e".repeat(100_000));

        assertThat(answer.status()).isBetween(400, 499);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Observation?patient.family=Traor%C3%A9",
                "Observation?subject:Patient.birthdate=2025-06-01",
                "Observation?_has:Provenance:target:agent=Practitioner/x"
            })
    @DisplayName("Z3: what the scopes of a token do not name is no filter and comes along with nothing")
    void z3_keepsToTheScopesInFilters(String search) {
        String[] narrow = TestSystem.ofSite(exchange, facility).with("system/Observation.rs");

        exchange.get("Observation?_count=1", narrow).hasStatus(200);
        assertThat(exchange.get(search, narrow).status()).as(search).isBetween(400, 403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"_include=Observation:patient", "_include=Observation:subject"})
    @DisplayName("Z3: what the scopes of a token do not name does not come along")
    void z3_includesNothingBeyondTheScopes(String included) {
        TestSystem site = TestSystem.ofSite(exchange, facility);
        Patient child = aChild(unique("record"));
        child.setId(UUID.randomUUID().toString());
        String person = "Patient/" + child.getIdElement().getIdPart();
        exchange.put(person, child, site.withAll()).hasStatus(201);
        exchange.create(weightOf(person, "9.3"), site.withAll()).hasStatus(201);
        String search = "Observation?patient=" + person + "&" + included;

        // With all scopes the person comes along with her weight.
        assertThat(exchange.get(search, site.withAll()).hasStatus(200).entries())
                .hasSize(2);
        Answer narrow = exchange.get(search, site.with("system/Observation.rs"));
        if (narrow.status() == 200) {
            assertThat(narrow.entries())
                    .extracting(entry -> entry.getResource().fhirType())
                    .doesNotContain("Patient");
        } else {
            assertThat(narrow.status()).isBetween(400, 403);
        }
    }
}
