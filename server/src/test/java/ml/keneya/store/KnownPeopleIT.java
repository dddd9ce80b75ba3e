package ml.keneya.store;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.aPlaceholder;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.SQLException;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.Records;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One person, one record, whoever sends her (decision 14); and nobody's record for somebody else. */
@KeneyaIntegrationTest
class KnownPeopleIT {

    private static final String NINA = "https://keneya.ml/id/nina";
    private static final String AMO = "https://keneya.ml/id/amo";

    @Autowired
    Exchange exchange;

    @Autowired
    JdbcClient jdbc;

    private final String facility = unique("cscom");
    private final String nina = unique("nina");

    @Test
    void givesTheRecordOfAKnownPersonToASecondSite() {
        String known = idOf(exchange.post(transaction(creating(aPerson())), facility));
        String child = aPlaceholder();

        Answer answer = exchange.post(
                        transaction(creating(child, aPerson()), creating(weightOf(child, "9.1"))), unique("cscom"))
                .hasStatus(200);

        assertThat(answer.entries().get(0).getResponse().getStatus()).startsWith("200");
        assertThat(idOf(answer)).isEqualTo(known);
        Observation weight = exchange.get(answer.entries().get(1).getResponse().getLocation())
                .as(Observation.class);
        assertThat(weight.getSubject().getReference()).isEqualTo("Patient/" + known);
    }

    @Test
    void givesTheRecordOfAKnownPersonToWhoSendsHerAlone() {
        Answer first = exchange.create(aPerson()).hasStatus(201);

        Answer second = exchange.create(aPerson()).hasStatus(200);

        assertThat(second.header("Content-Location").or(() -> second.header("Location")))
                .isPresent()
                .get()
                .asString()
                .startsWith(first.header("Location").orElseThrow().replaceAll("/_history/.*", ""));
    }

    @Test
    void acceptsAPutWithAKnownNumberLinksItAndNotesItForReview() {
        String known = idOf(exchange.post(transaction(creating(aPerson())), facility));
        Patient own = aPerson();
        own.setId(unique("tablet"));

        exchange.post(transaction(putting(own)), facility).hasStatus(200);

        assertThat(links(own)).containsExactly("Patient/" + known);
        assertThat(openCollisionsOf(own)).isEqualTo(1);
    }

    @Test
    void keepsTheLinkWhenTheTabletSendsItsRecordAgain() {
        String known = idOf(exchange.post(transaction(creating(aPerson())), facility));
        Patient own = aPerson();
        own.setId(unique("tablet"));
        exchange.put("Patient/" + own.getIdPart(), own).hasStatus(201);
        own.setActive(true);

        exchange.put("Patient/" + own.getIdPart(), own).hasStatus(200);

        assertThat(links(own)).containsExactly("Patient/" + known);
    }

    @Test
    void findsTheHolderByANumberThatALinkedRecordCarriesToo() {
        String known = idOf(exchange.post(transaction(creating(aPerson())), facility));
        Patient own = aPerson();
        own.setId(unique("tablet"));
        exchange.put("Patient/" + own.getIdPart(), own).hasStatus(201);
        BundleEntryComponent conditional = creating(aPerson());
        conditional.getRequest().setIfNoneExist("identifier=" + NINA + "|" + nina);

        Answer answer = exchange.post(transaction(conditional), facility).hasStatus(200);

        assertThat(idOf(answer)).isEqualTo(known);
    }

    @Test
    void doesNotTakeAMistypedNumberForTheSamePerson() {
        String known = idOf(exchange.post(transaction(creating(aPerson())), facility));
        Patient boy = aPerson().setGender(AdministrativeGender.MALE);

        Answer answer = exchange.post(transaction(creating(boy)), facility).hasStatus(200);

        assertThat(answer.entries().get(0).getResponse().getStatus()).startsWith("201");
        boy.setId(idOf(answer));
        assertThat(links(boy)).containsExactly("Patient/" + known);
        assertThat(openCollisionsOf(boy)).isEqualTo(1);
    }

    @Test
    void refusesOneNumberForTwoPeopleOfABundle() {
        exchange.post(transaction(creating(aPerson()), creating(aPerson())), facility)
                .isRefused(422, "ML-INTAKE-012")
                .namesElement("Bundle.entry[1].resource.identifier")
                .says(nina);

        assertThat(exchange.get("Patient?identifier=" + nina).entries()).isEmpty();
    }

    @Test
    void letsGoOfANumberThatIsCorrected() {
        Patient wrong = aPerson();
        wrong.setId(unique("tablet"));
        exchange.put("Patient/" + wrong.getIdPart(), wrong).hasStatus(201);
        wrong.getIdentifier().remove(1);
        exchange.put("Patient/" + wrong.getIdPart(), wrong).hasStatus(200);

        Answer right = exchange.post(transaction(creating(aPerson())), facility).hasStatus(200);

        assertThat(right.entries().get(0).getResponse().getStatus()).startsWith("201");
    }

    @Test
    void handsANumberOverToWhoCarriesItTooWhenItsHolderLetsGo() {
        Patient wrong = aPerson();
        wrong.setId(unique("tablet"));
        exchange.put("Patient/" + wrong.getIdPart(), wrong).hasStatus(201);
        Patient right = aPerson();
        right.setId(unique("tablet"));
        exchange.put("Patient/" + right.getIdPart(), right).hasStatus(201);
        wrong.getIdentifier().remove(1);
        exchange.put("Patient/" + wrong.getIdPart(), wrong).hasStatus(200);

        Answer next = exchange.post(transaction(creating(aPerson())), facility);

        assertThat(idOf(next)).isEqualTo(right.getIdPart());
        assertThat(openCollisionsOf(right)).isZero();
    }

    @Test
    void knowsAPersonByEachNumberThatSheCameWith() {
        String known = idOf(exchange.post(transaction(creating(aPerson())), facility));
        String secondNumber = unique("record");
        Patient atSecondSite = aChild(secondNumber);
        atSecondSite.addIdentifier().setSystem(NINA).setValue(nina);
        exchange.post(transaction(creating(atSecondSite)), unique("cscom")).hasStatus(200);
        BundleEntryComponent withoutCard = creating(aChild(secondNumber));
        withoutCard.getRequest().setIfNoneExist("identifier=" + Records.RECORD_NUMBER + "|" + secondNumber);

        Answer answer = exchange.post(transaction(withoutCard), unique("cscom"));

        assertThat(idOf(answer)).isEqualTo(known);
    }

    @Test
    void refusesTwoVisitsOfABundleThatEachBringHerUnlessSheIsKnown() {
        BundleEntryComponent first = creating(aPerson());
        first.getRequest().setIfNoneExist("identifier=" + NINA + "|" + nina);
        BundleEntryComponent second = creating(first.getResource().copy());
        second.getRequest().setIfNoneExist("identifier=" + NINA + "|" + nina);

        exchange.post(transaction(first, second), facility)
                .isRefused(422, "ML-INTAKE-018")
                .namesElement("Bundle.entry[1].request");

        assertThat(exchange.get("Patient?identifier=" + nina).entries()).isEmpty();
    }

    @Test
    void refusesOneNumberForANewPersonAndOneWhoMayBeKnown() {
        BundleEntryComponent conditional = creating(aPerson());
        conditional.getRequest().setIfNoneExist("identifier=" + NINA + "|" + nina);

        exchange.post(transaction(creating(aPerson()), conditional), facility).isRefused(422, "ML-INTAKE-012");
    }

    /** Order number 17 of next year's register. */
    @Test
    void refusesTheNextPersonWithARecordNumberOfTheSite() {
        String number = unique("17");
        String girl = idOf(exchange.post(transaction(ifNoneExists(aChild(number), number)), facility));
        Patient boy = aChild(number).setGender(AdministrativeGender.MALE);
        boy.addIdentifier().setSystem(NINA).setValue(nina);
        Patient other = aChild(number);
        other.getNameFirstRep().setFamily("Sangaré").getGiven().clear();
        other.getNameFirstRep().addGiven("Oumou");
        other.setBirthDateElement(new DateType("2026-09-30"));
        String placeholder = aPlaceholder();

        BundleEntryComponent withWeight = ifNoneExists(boy, number);
        withWeight.setFullUrl(placeholder);
        exchange.post(transaction(withWeight, creating(weightOf(placeholder, "9.1"))), facility)
                .isRefused(422, "ML-INTAKE-026")
                .says(number)
                .says("2027-17");
        exchange.post(transaction(ifNoneExists(other, number)), facility).isRefused(422, "ML-INTAKE-026");
        exchange.put("Patient?identifier=" + Records.RECORD_NUMBER + "%7C" + number, other)
                .isRefused(422, "ML-INTAKE-026");

        assertThat(exchange.get("Patient/" + girl).as(Patient.class).getMeta().getVersionId())
                .isEqualTo("1");
        assertThat(exchange.get("Observation?patient=" + girl).entries()).isEmpty();
        // The boy's national number is not hers.
        assertThat(exchange.get("Patient?identifier=" + nina).entries()).isEmpty();
        assertThat(idOf(exchange.post(transaction(creating(boy)), facility))).isNotEqualTo(girl);
    }

    @Test
    void lendsItsRecordToASiteThatSpellsTheNameAnotherWayAndLetsItCorrectIt() {
        String number = unique("18");
        String girl = idOf(exchange.post(transaction(ifNoneExists(aChild(number), number)), facility));
        Patient spelled = aChild(number);
        spelled.getNameFirstRep()
                .setFamily(spelled.getNameFirstRep().getFamily().toUpperCase(java.util.Locale.ROOT));
        spelled.setActive(true);

        assertThat(idOf(exchange.post(transaction(ifNoneExists(spelled, number)), facility)))
                .isEqualTo(girl);
        spelled.setGender(AdministrativeGender.MALE);
        exchange.put("Patient?identifier=" + Records.RECORD_NUMBER + "%7C" + number, spelled)
                .hasStatus(200);

        assertThat(exchange.get("Patient/" + girl).as(Patient.class).getGender())
                .isEqualTo(AdministrativeGender.MALE);
    }

    private static BundleEntryComponent ifNoneExists(Patient person, String number) {
        BundleEntryComponent entry = creating(person);
        entry.getRequest().setIfNoneExist("identifier=" + Records.RECORD_NUMBER + "|" + number);
        return entry;
    }

    @Test
    void letsGoOfTheNumbersOfADeletedRecord() {
        String first = idOf(exchange.post(transaction(creating(aPerson())), facility));
        exchange.delete("Patient/" + first).hasStatus(200);

        Answer second =
                exchange.post(transaction(creating(aPerson())), facility).hasStatus(200);

        assertThat(idOf(second)).isNotEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name=Traore",
                "birthdate=2025-06-01",
                "identifier=a&name=b",
                "identifier=a,b",
                "identifier:of-type=a",
                "organization.identifier=a"
            })
    void refusesAConditionThatMayNotFindWhatItCreated(String condition) {
        BundleEntryComponent conditional = creating(aPerson());
        conditional.getRequest().setIfNoneExist(condition);

        exchange.post(transaction(conditional), facility)
                .isRefused(422, "ML-INTAKE-011")
                .namesElement("Bundle.entry[0].request.ifNoneExist");
        exchange.create(aPerson(), "If-None-Exist", condition).isRefused(422, "ML-INTAKE-011");
        exchange.put("Patient?" + condition, aPerson()).isRefused(422, "ML-INTAKE-011");
        Bundle update = transaction(putting(aPerson()));
        update.getEntryFirstRep().getRequest().setUrl("Patient?" + condition);
        exchange.post(update, facility).isRefused(422, "ML-INTAKE-011").namesElement("Bundle.entry[0].request.url");
    }

    /** What stands behind the locks by which writers wait for one another. */
    @Test
    void cannotHoldANumberTwice() {
        String known = idOf(exchange.post(transaction(creating(aPerson())), facility));

        assertThatExceptionOfType(DuplicateKeyException.class)
                .isThrownBy(() -> claim(known))
                .withRootCauseInstanceOf(SQLException.class)
                .satisfies(refused -> assertThat(((SQLException) refused.getRootCause()).getSQLState())
                        .isEqualTo("23505"));
        assertThatExceptionOfType(DuplicateKeyException.class).isThrownBy(() -> claim(unique("another")));
    }

    @Test
    void keepsTwoPeopleApartWhoShareTheNumberOfTheirInsurance() {
        String number = unique("amo");
        Patient mother = aChild(unique("record"));
        mother.addIdentifier().setSystem(AMO).setValue(number);
        Patient child = aChild(unique("record"));
        child.addIdentifier().setSystem(AMO).setValue(number);

        String first = idOf(exchange.post(transaction(creating(mother)), facility));
        String second = idOf(exchange.post(transaction(creating(child)), unique("cscom")));

        assertThat(second).isNotEqualTo(first);
        assertThat(exchange.get("Patient?identifier=" + AMO + "%7C" + number).entries())
                .extracting(entry -> ((Patient) entry.getResource()).getLink())
                .hasSize(2)
                .allSatisfy(links -> assertThat(links).isEmpty());
    }

    private void claim(String id) {
        jdbc.sql("""
                        insert into keneya.identifier_claim (resource_type, system, value, resource_id)
                        values ('Patient', :system, :value, :id)
                        """).param("system", NINA).param("value", nina).param("id", id).update();
    }

    private Patient aPerson() {
        Patient person = aChild(unique("record"));
        person.addIdentifier().setSystem(NINA).setValue(nina);
        return person;
    }

    private java.util.List<String> links(Patient person) {
        return exchange.get("Patient/" + person.getIdPart()).hasStatus(200).as(Patient.class).getLink().stream()
                .map(link -> link.getOther().getReference())
                .toList();
    }

    private int openCollisionsOf(Patient person) {
        return jdbc.sql("""
                        select count(*) from keneya.identifier_collision
                        where resource_id = :id and system = :system and value = :value and settled_at is null
                        """)
                .param("id", person.getIdPart())
                .param("system", NINA)
                .param("value", nina)
                .query(Integer.class)
                .single();
    }

    private static String idOf(Answer answer) {
        return answer.hasStatus(200)
                .entries()
                .get(0)
                .getResponse()
                .getLocation()
                .replaceAll("Patient/|/_history/.*", "");
    }
}
