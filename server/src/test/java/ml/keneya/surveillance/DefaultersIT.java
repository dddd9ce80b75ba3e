package ml.keneya.surveillance;

import static ml.keneya.surveillance.Cases.aPerson;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.ImmunizationRecommendation;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Children born in 2009, whom no other test has; the list is asked for as of days in 2010. */
@KeneyaIntegrationTest
class DefaultersIT {

    private static final LocalDate ON = LocalDate.parse("2010-06-01");

    /** Recommended ages in days and months, as the schedule prints them: what is due, counted again in plain Java. */
    private static final List<Due> SCHEDULE = List.of(
            new Due("BCG", 1, 0, 0),
            new Due("VPO", 1, 42, 0),
            new Due("VPO", 2, 70, 0),
            new Due("VPO", 3, 98, 0),
            new Due("PENTA", 1, 42, 0),
            new Due("PENTA", 2, 70, 0),
            new Due("PENTA", 3, 98, 0),
            new Due("RR", 1, 0, 9),
            new Due("RR", 2, 0, 15),
            new Due("VAA", 1, 0, 9),
            new Due("MENA", 1, 0, 9));

    @Autowired
    Exchange exchange;

    @Autowired
    JdbcClient jdbc;

    private final SomeVaccinations some = new SomeVaccinations(ON);
    private final Organization centre = new Organization().setName("CSCom");
    private final String code = unique("cscom");

    private record Due(String vaccine, int dose, int days, int months) {

        LocalDate on(LocalDate born) {
            return born.plusDays(days).plusMonths(months);
        }
    }

    @Test
    @DisplayName("The list has of each vaccine the first dose that is missing, as a recount in plain Java has it")
    void agreesWithARecount() {
        register();
        Random random = new Random(20100601);
        List<String> expected = new ArrayList<>();
        Bundle bundle = transaction();
        for (int number = 0; number < 30; number++) {
            LocalDate born = LocalDate.parse("2009-01-05").plusDays(random.nextInt(500));
            Patient child = aChildBorn(born);
            bundle.addEntry(putting(child));
            TreeMap<String, Integer> received = new TreeMap<>();
            for (Due due : SCHEDULE) {
                if (!due.on(born).isAfter(ON)
                        && random.nextInt(4) > 0
                        && received.getOrDefault(due.vaccine, 0) == due.dose - 1) {
                    received.put(due.vaccine, due.dose);
                    bundle.addEntry(putting(aDose(child, due, due.on(born))));
                }
            }
            TreeMap<String, String> missing = new TreeMap<>();
            for (Due due : SCHEDULE) {
                if (received.getOrDefault(due.vaccine, 0) < due.dose
                        && !due.on(born).plusDays(28).isAfter(ON)) {
                    missing.putIfAbsent(
                            due.vaccine, child.getIdPart() + "," + due.vaccine + "," + due.dose + "," + due.on(born));
                }
            }
            expected.addAll(missing.values());
        }
        exchange.post(bundle, code).hasStatus(200);

        assertThat(expected).hasSizeGreaterThan(20);
        assertThat(listed("health|" + code, ON)).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    @DisplayName("Who has died, is set aside, has turned two or was given the dose meanwhile is not called")
    void callsNobodyInVain() {
        register();
        LocalDate born = LocalDate.parse("2009-09-01");
        Patient dead = aChildBorn(born);
        dead.setDeceased(new DateTimeType("2010-01-01"));
        Patient aside = aChildBorn(born);
        aside.setActive(false);
        Patient waits = aChildBorn(born);
        exchange.post(transaction(putting(dead), putting(aside), putting(waits)), code)
                .hasStatus(200);
        assertThat(listed("health|" + code, LocalDate.parse("2009-10-20")))
                .containsExactly(waits.getIdPart() + ",BCG,1,2009-09-01");
        assertThat(listed("health|" + code, LocalDate.parse("2011-09-02"))).isEmpty();

        Immunization late = aDose(waits, SCHEDULE.get(0), LocalDate.parse("2009-10-18"));
        exchange.post(transaction(putting(late)), code).hasStatus(200);
        assertThat(listed("health|" + code, LocalDate.parse("2009-10-20"))).isEmpty();
        // On the day before, it was missing still.
        assertThat(listed("health|" + code, LocalDate.parse("2009-10-17"))).hasSize(1);
    }

    @Test
    @DisplayName("A site gets its own children and no others, and the trace tells of every child that was shown")
    void isForTheSiteThatFollows() {
        register();
        Patient child = aChildBorn(LocalDate.parse("2009-09-01"));
        exchange.post(transaction(putting(child)), code).hasStatus(200);
        TestSystem own = TestSystem.ofSite(exchange, code);
        TestSystem other = TestSystem.ofSite(exchange, unique("other"));
        String asked = "Measure/$defaulters?on=2009-10-20";

        Bundle list = exchange.get(asked + "&_format=json", own.withAll())
                .hasStatus(200)
                .as(Bundle.class);
        assertThat(list.getEntry()).hasSize(1);
        ImmunizationRecommendation called =
                (ImmunizationRecommendation) list.getEntryFirstRep().getResource();
        assertThat(called.getPatient().getReference()).isEqualTo("Patient/" + child.getIdPart());
        assertThat(called.getRecommendationFirstRep()
                        .getVaccineCodeFirstRep()
                        .getCodingFirstRep()
                        .getCode())
                .isEqualTo("BCG");
        assertThat(exchange.get(asked, other.withAll()).hasStatus(200).body().split("\r\n"))
                .hasSize(1);
        exchange.get(asked + "&subject=health%7C" + code, other.withAll()).isRefused(403, "ML-FHIR-013");
        exchange.get(asked, TestSystem.withRole(exchange, "agency").withAll()).isRefused(403, "ML-FHIR-100");
        assertThat(jdbc.sql("select count(*) from keneya.trace where client = ? and patients @> array[?]::text[]")
                        .param(own.id())
                        .param(child.getIdPart())
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    private List<String> listed(String subject, LocalDate on) {
        String[] lines = exchange.get("Measure/$defaulters?on=" + on + "&subject=" + subject.replace("|", "%7C"))
                .hasStatus(200)
                .body()
                .split("\r\n");
        assertThat(lines[0])
                .isEqualTo("patient_id,family_name,given_names,sex,birth_date,telephone,facility,place_2015,vaccine,"
                        + "dose_number,due_on,days_late,last_dose_on");
        List<String> listed = new ArrayList<>();
        for (int line = 1; line < lines.length; line++) {
            String[] cells = lines[line].split(",", -1);
            assertThat(cells[6]).isEqualTo(code);
            listed.add(cells[0] + "," + cells[8] + "," + cells[9] + "," + cells[10]);
        }
        return listed;
    }

    private void register() {
        centre.setId(UUID.randomUUID().toString());
        centre.addIdentifier().setSystem("https://keneya.ml/id/facility").setValue(code);
        exchange.post(transaction(putting(centre)), code).hasStatus(200);
    }

    private Patient aChildBorn(LocalDate born) {
        Patient child = aPerson("", "female", born.toString(), "");
        child.setManagingOrganization(
                new Reference("Organization/" + centre.getIdElement().getIdPart()));
        return child;
    }

    private Immunization aDose(Patient child, Due due, LocalDate on) {
        Immunization dose = some.aDose(child, due.vaccine, String.valueOf(due.dose));
        dose.setOccurrence(new DateTimeType(on.toString()));
        return dose;
    }
}
