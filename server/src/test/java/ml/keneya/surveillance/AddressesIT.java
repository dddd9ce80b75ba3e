package ml.keneya.surveillance;

import static ml.keneya.surveillance.Cases.aCase;
import static ml.keneya.surveillance.Cases.aPerson;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.Address.AddressType;
import org.hl7.fhir.r4.model.Address.AddressUse;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.Immunization.ImmunizationStatus;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Who has several addresses counts where she lived on the day. Every case is of 2009, in which no other test has one.
 */
@KeneyaIntegrationTest
class AddressesIT {

    private static final String REGION = Cases.BASE + "/StructureDefinition/ml-ext-region";

    @Autowired
    Exchange exchange;

    private final String facility = unique("site");

    /** An address: use, commune, since, until, apart by spaces; a dash for what is not said. */
    @ParameterizedTest
    @CsvSource({
        // A displaced person lives where she is, not where she came from, whichever address comes first.
        "internally-displaced, home ML070101 - -, temp ML040101 - -, ML040101",
        "internally-displaced, temp ML040101 - -, home ML070101 - -, ML040101",
        "internally-displaced, home ML070101 1980 -, temp ML040101 - -, ML040101",
        "refugee, home ML070101 - -, temp ML040101 2009-01-01 -, ML040101",
        "'', home ML070101 - -, temp ML040101 - -, ML040101",
        // Before she fled, and after she went back.
        "internally-displaced, home ML070101 - -, temp ML040101 2012-06-01 -, ML070101",
        "internally-displaced, home ML070101 - 2012-05-31, temp ML040101 - -, ML070101",
        "returnee, home ML070101 - -, temp ML040101 2008-01-01 2008-12-31, ML070101",
        "returnee, temp ML040101 - -, home ML070101 - -, ML070101",
        "resident, home ML070101 - -, temp ML040101 - -, ML070101",
        // Who is at home and stays elsewhere for some weeks.
        "resident, home ML070101 - -, temp ML040101 2009-03 2009-03, ML040101",
        "resident, home ML070101 - -, temp ML040101 2009-04 2009-05, ML070101",
        // Who has moved.
        "resident, home ML070101 2009-03-01 -, old ML040101 - 2009-02-28, ML070101",
        "resident, home ML070101 2009-03-20 -, old ML040101 - 2009-03-19, ML040101",
        "resident, old ML040101 - -, home ML070101 - -, ML070101",
        "resident, old ML040101 1990 2008, home ML070101 2008 -, ML070101",
        // Nothing holds on the day: the nearest.
        "resident, home ML070101 2010 -, old ML040101 1990 1995, ML070101",
        // A former one of which nobody says until when, and a home that was not hers yet.
        "resident, home ML070101 2010 -, old ML040101 - -, ML040101",
        // Where nobody lives.
        "resident, billing ML040101 - -, home ML070101 - -, ML070101",
        "resident, work ML040101 - -, home ML070101 - -, ML070101",
        "resident, postal ML040101 - -, home ML070101 - -, ML070101"
    })
    void countsAPersonWhereSheLivedOnTheDay(String status, String one, String other, String commune) {
        Patient person = aPerson("", "female", "1980-01-01", status);
        person.addAddress(address(one));
        person.addAddress(address(other));
        Condition found = aCase(person, "cholera", "suspected", "2009-03-10");
        exchange.post(transaction(putting(person), putting(found)), facility).hasStatus(200);

        assertThat(places("2009-W11").get(found.getIdElement().getIdPart())).isEqualTo(commune);
    }

    /** The region of one address and the commune of another are no place. */
    @Test
    void mixesNoTwoAddresses() {
        Patient person = aPerson("", "female", "1980-01-01", "internally-displaced");
        person.addAddress(address("home ML070101 - -"));
        Address now = new Address().setUse(AddressUse.TEMP);
        now.addExtension(REGION, new Coding(Cases.DIVISION_2015, "ML04", null));
        person.addAddress(now);
        Condition found = aCase(person, "cholera", "suspected", "2009-03-17");
        exchange.post(transaction(putting(person), putting(found)), facility).hasStatus(200);

        assertThat(places("2009-W12").get(found.getIdElement().getIdPart())).isEqualTo("ML04");
        assertThat(stratum("ml-idsr-weekly", "2009-W12", "2015%7CML04")).isEqualTo(1);
        assertThat(stratum("ml-idsr-weekly", "2009-W12", "2015%7CML07")).isZero();
    }

    /**
     * What else is counted by where a person lives: doses and contacts with care, each on its own day, in a year that
     * no other test has.
     */
    @Test
    void countsDosesAndContactsWhereThePersonLivedOnTheirDays() {
        Patient person = aPerson("", "female", "1998-01-01", "internally-displaced");
        person.addAddress(address("home ML070101 - -"));
        person.addAddress(address("temp ML040101 1998-03-18 -"));
        Bundle bundle = transaction(putting(person));
        for (String day : List.of("1998-03-16", "1998-03-20")) {
            Immunization dose =
                    new Immunization().setStatus(ImmunizationStatus.COMPLETED).setPrimarySource(true);
            dose.setId(UUID.randomUUID().toString());
            dose.setPatient(reference(person)).setOccurrence(new DateTimeType(day));
            dose.getVaccineCode()
                    .addCoding()
                    .setSystem(SomeVaccinations.VACCINE)
                    .setCode("BCG");
            Encounter visit =
                    new Encounter().setStatus(EncounterStatus.FINISHED).setSubject(reference(person));
            visit.setId(UUID.randomUUID().toString());
            visit.getClass_()
                    .setSystem("http://terminology.hl7.org/CodeSystem/v3-ActCode")
                    .setCode("AMB");
            visit.getPeriod().setStartElement(new DateTimeType(day));
            bundle.addEntry(putting(dose)).addEntry(putting(visit));
        }
        exchange.post(bundle, facility).hasStatus(200);

        for (String measure : List.of("ml-epi-doses", "ml-social-consultations")) {
            assertThat(stratum(measure, "1998-W12", "2015%7CML04")).isEqualTo(1);
            assertThat(stratum(measure, "1998-W12", "2015%7CML07")).isEqualTo(1);
            assertThat(stratum(measure, "1998-W12", "2015%7CML")).isEqualTo(2);
        }
    }

    private static Reference reference(Patient person) {
        return new Reference("Patient/" + person.getIdElement().getIdPart());
    }

    private static Address address(String text) {
        String[] told = text.split(" ");
        Address address = new Address();
        if (told[0].equals("postal")) {
            address.setType(AddressType.POSTAL);
        } else {
            address.setUse(AddressUse.fromCode(told[0]));
        }
        address.addExtension(Cases.COMMUNE, new Coding(Cases.DIVISION_2015, told[1], null));
        if (!told[2].equals("-")) {
            address.getPeriod().setStartElement(new DateTimeType(told[2]));
        }
        if (!told[3].equals("-")) {
            address.getPeriod().setEndElement(new DateTimeType(told[3]));
        }
        return address;
    }

    /** The place of each case, by its id. */
    private Map<String, String> places(String week) {
        List<String> lines = exchange.get("Measure/$line-list?week=" + week)
                .hasStatus(200)
                .body()
                .lines()
                .toList();
        int place = List.of(lines.get(0).split(",")).indexOf("place_2015");
        return lines.stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .collect(Collectors.toMap(cells -> cells[0], cells -> cells[place]));
    }

    /** What is counted in a place in a week, in all strata. */
    private int stratum(String measure, String week, String subject) {
        MeasureReport report = exchange.get(
                        "Measure/" + measure + "/$evaluate-measure?week=" + week + "&subject=" + subject)
                .hasStatus(200)
                .as(MeasureReport.class);
        return report.getGroup().stream()
                .flatMap(group -> group.getStratifier().stream())
                .flatMap(stratifier -> stratifier.getStratum().stream())
                .mapToInt(stratum -> stratum.getPopulationFirstRep().getCount())
                .sum();
    }
}
