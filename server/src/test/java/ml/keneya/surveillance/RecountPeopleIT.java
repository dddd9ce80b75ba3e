package ml.keneya.surveillance;

import static ml.keneya.surveillance.Cases.aPerson;
import static ml.keneya.surveillance.Strata.one;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskIntent;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Women, children, displaced and disabled people counted a second time, from the records as they were sent, by plain
 * Java. No other test has contacts in that month.
 */
@KeneyaIntegrationTest
class RecountPeopleIT {

    private static final LocalDate FIRST = LocalDate.parse("1990-09-01");
    private static final LocalDate LAST = LocalDate.parse("1990-09-30");
    private static final List<String> DOMAINS =
            List.of("seeing", "hearing", "walking", "remembering", "self-care", "communicating");
    private static final String DISABILITY = "http://hl7.org/fhir/StructureDefinition/patient-disability";
    private static final String CERTIFICATE = "https://keneya.ml/id/birth-certificate";

    @Autowired
    Exchange exchange;

    private final Random random = new Random(19900901);
    private final Map<Patient, List<Resource>> people = new LinkedHashMap<>();
    private final String facility = unique("site");

    @Test
    void agreesWhateverHappensToTheRecords() {
        for (int number = 0; number < 80; number++) {
            addPerson();
        }
        sendAll();
        agrees();

        // A certificate is issued and its task closed; somebody is asked anew; a contact never was.
        Patient child = people.keySet().stream()
                .filter(each -> !isCertified(each) && people.get(each).stream().anyMatch(Task.class::isInstance))
                .findFirst()
                .orElseThrow();
        child.addIdentifier().setSystem(CERTIFICATE).setValue(unique("acte"));
        Patient asked = List.copyOf(people.keySet()).get(3);
        people.get(asked).add(answers(asked, LAST.toString(), 6, "cannot-do"));
        people.values().stream()
                .flatMap(List::stream)
                .filter(Encounter.class::isInstance)
                .findFirst()
                .ifPresent(contact -> ((Encounter) contact).setStatus(EncounterStatus.ENTEREDINERROR));
        sendAll();
        agrees();
    }

    private void agrees() {
        Map<String, List<Long>> recount = recount("");
        for (int column = 0; column < 7; column++) {
            int each = column;
            assertThat(recount.values()).anyMatch(counts -> counts.get(each) > 0);
        }
        assertThat(recount.keySet())
                .anyMatch(key -> key.endsWith("/yes"))
                .anyMatch(key -> key.endsWith("/no"))
                .anyMatch(key -> key.endsWith("/unknown"));
        assertThat(figures("2015|ML", "")).isEqualTo(recount);
        assertThat(figures("health|" + facility, "")).isEqualTo(recount);
        for (String level : List.of("region", "cercle", "commune", "facility")) {
            assertThat(figures("2015|ML", level)).as("sum over level %s", level).isEqualTo(recount);
        }
        assertThat(figures("2023|ML", "region")).isEqualTo(recount);
        for (String place : List.of("ML01", "ML0102", "ML02")) {
            assertThat(figures("2015|" + place, "")).as("people of %s", place).isEqualTo(recount(place));
        }
        Map<String, List<Long>> totals = new TreeMap<>();
        recount.forEach((key, counts) -> Strata.add(totals, key.endsWith("/unknown") ? "unknown" : "known", counts));
        long children = totals.get("known").get(2) + totals.get("unknown").get(2);
        long without = totals.get("known").get(5) + totals.get("unknown").get(5);
        String csv = exchange.get("Measure/ml-social-people/$rates?" + asked("2015|ML", ""))
                .hasStatus(200)
                .body();
        assertThat(Strata.rows(csv).get(0))
                .containsEntry("children_without_certificate_percent", percent(without, children))
                .containsEntry(
                        "disability_percent",
                        percent(totals.get("known").get(4), totals.get("known").get(0)));
    }

    private static String percent(long part, long whole) {
        return BigDecimal.valueOf(100 * part)
                .divide(BigDecimal.valueOf(whole), 1, RoundingMode.HALF_UP)
                .toString();
    }

    private Map<String, List<Long>> recount(String place) {
        Map<String, List<Long>> figures = new TreeMap<>();
        people.forEach((person, records) -> {
            LocalDate last = null;
            Observation lastAnswers = null;
            boolean toRegister = false;
            for (Resource each : records) {
                if (each instanceof Encounter contact && contact.getStatus() == EncounterStatus.FINISHED) {
                    LocalDate day = LocalDate.parse(
                            contact.getPeriod().getStartElement().getValueAsString());
                    boolean within = !day.isBefore(FIRST) && !day.isAfter(LAST);
                    last = within && (last == null || day.isAfter(last)) ? day : last;
                }
                if (each instanceof Observation answers
                        && !dayOf(answers).isAfter(LAST)
                        && (lastAnswers == null || dayOf(answers).isAfter(dayOf(lastAnswers)))) {
                    lastAnswers = answers;
                }
                toRegister |= each instanceof Task task && task.getStatus() == TaskStatus.REQUESTED;
            }
            String commune = person.hasAddress()
                    ? ((Coding) person.getAddressFirstRep()
                                    .getExtensionFirstRep()
                                    .getValue())
                            .getCode()
                    : "";
            if (last == null || !commune.startsWith(place)) {
                return;
            }
            String age = ageGroup(person, last);
            boolean child = List.of("0-11m", "1-4y", "5-17y").contains(age);
            String residence = person.hasExtension(Cases.RESIDENCE)
                    ? ((CodeableConcept)
                                    person.getExtensionByUrl(Cases.RESIDENCE).getValue())
                            .getCodingFirstRep()
                            .getCode()
                    : "unknown";
            String disability = disability(person, lastAnswers);
            boolean without = child && !isCertified(person);
            Strata.add(
                    figures,
                    String.join("/", person.getGender().toCode(), age, residence, disability),
                    List.of(
                            1L,
                            one(age.equals("18y+")
                                    && person.getGender().toCode().equals("female")),
                            one(child),
                            one(List.of("internally-displaced", "refugee", "returnee")
                                    .contains(residence)),
                            one(disability.equals("yes")),
                            one(without),
                            one(without && toRegister)));
        });
        return figures;
    }

    private static String disability(Patient person, Observation answers) {
        boolean much = answers != null
                && answers.getComponent().stream()
                        .anyMatch(each -> List.of("a-lot", "cannot-do")
                                .contains(each.getValueCodeableConcept()
                                        .getCodingFirstRep()
                                        .getCode()));
        if (much || person.hasExtension(DISABILITY)) {
            return "yes";
        }
        return answers != null && answers.getComponent().size() == 6 ? "no" : "unknown";
    }

    private static boolean isCertified(Patient person) {
        return person.getIdentifier().stream().anyMatch(each -> CERTIFICATE.equals(each.getSystem()));
    }

    private static LocalDate dayOf(Observation answers) {
        return LocalDate.parse(answers.getEffectiveDateTimeType().getValueAsString());
    }

    private static String ageGroup(Patient person, LocalDate day) {
        if (!person.hasBirthDate()) {
            return "unknown";
        }
        LocalDate born = LocalDate.parse(person.getBirthDateElement().getValueAsString());
        if (born.isAfter(day)) {
            return "unknown";
        }
        int years = Period.between(born, day).getYears();
        return years < 1 ? "0-11m" : years < 5 ? "1-4y" : years < 18 ? "5-17y" : "18y+";
    }

    private void addPerson() {
        Patient person = aPerson(
                oneOf(List.of("ML010101", "ML010201", "ML020101", "")),
                oneOf(List.of("male", "female")),
                oneOf(List.of("", "1990-08-01", "1988-01-01", "1980-04-08", "1972-09-15", "1950-01-01", "1990-09-20")),
                oneOf(List.of("", "resident", "internally-displaced", "returnee", "nomadic")));
        if (random.nextInt(6) == 0) {
            person.addExtension(
                    DISABILITY,
                    new CodeableConcept(new Coding(Cases.BASE + "/CodeSystem/ml-functioning-domain", "walking", null)));
        }
        if (random.nextInt(3) == 0) {
            person.addIdentifier().setSystem(CERTIFICATE).setValue(unique("acte"));
        }
        List<Resource> records = new ArrayList<>();
        for (int number = random.nextInt(4); number > 0; number--) {
            Encounter contact = new Encounter().setSubject(reference(person));
            contact.setId(UUID.randomUUID().toString());
            contact.setStatus(
                    oneOf(List.of(EncounterStatus.FINISHED, EncounterStatus.FINISHED, EncounterStatus.CANCELLED)));
            contact.getClass_()
                    .setSystem("http://terminology.hl7.org/CodeSystem/v3-ActCode")
                    .setCode("AMB");
            contact.getPeriod()
                    .setStartElement(new DateTimeType(
                            FIRST.plusDays(random.nextInt(34) - 2L).toString()));
            records.add(contact);
        }
        if (random.nextInt(3) > 0) {
            records.add(answers(
                    person, "1990-09-01", random.nextInt(3) == 0 ? 4 : 6, oneOf(List.of("some", "a-lot", "none"))));
        }
        if (random.nextInt(4) == 0) {
            // After the period: nobody knew it then.
            records.add(answers(person, "1990-10-02", 6, "cannot-do"));
        }
        if (random.nextInt(3) == 0) {
            Task task = new Task();
            task.setId(UUID.randomUUID().toString());
            task.setStatus(random.nextInt(3) == 0 ? TaskStatus.COMPLETED : TaskStatus.REQUESTED);
            task.setIntent(TaskIntent.ORDER).setFor(reference(person));
            task.getCode()
                    .addCoding()
                    .setSystem(Cases.BASE + "/CodeSystem/ml-task-type")
                    .setCode("birth-registration");
            records.add(task);
        }
        people.put(person, records);
    }

    private Observation answers(Patient person, String day, int domains, String worst) {
        Observation found = new Observation().setSubject(reference(person)).setEffective(new DateTimeType(day));
        found.setId(UUID.randomUUID().toString());
        found.setStatus(ObservationStatus.FINAL);
        found.getCode()
                .addCoding()
                .setSystem(Cases.BASE + "/CodeSystem/ml-observation")
                .setCode("functioning");
        for (int number = 0; number < domains; number++) {
            found.addComponent()
                    .setCode(new CodeableConcept(
                            new Coding(Cases.BASE + "/CodeSystem/ml-functioning-domain", DOMAINS.get(number), null)))
                    .setValue(new CodeableConcept(new Coding(
                            Cases.BASE + "/CodeSystem/ml-functioning-difficulty", number == 1 ? worst : "none", null)));
        }
        return found;
    }

    private static Reference reference(Patient person) {
        return new Reference("Patient/" + person.getIdElement().getIdPart());
    }

    private void sendAll() {
        Bundle bundle = transaction();
        people.forEach((person, records) -> {
            bundle.addEntry(putting(person));
            records.forEach(each -> bundle.addEntry(putting(each)));
        });
        exchange.post(bundle, facility).hasStatus(200);
    }

    private Map<String, List<Long>> figures(String subject, String level) {
        MeasureReport report = exchange.get("Measure/ml-social-people/$evaluate-measure?" + asked(subject, level))
                .hasStatus(200)
                .as(MeasureReport.class);
        Map<String, List<Long>> figures = new TreeMap<>();
        Strata.of(report, "sex", "age_group", "residence_status", "disability")
                .forEach((key, counts) -> figures.put(key.substring("people/".length()), counts));
        return figures;
    }

    private static String asked(String subject, String level) {
        return "periodStart=" + FIRST + "&periodEnd=" + LAST + "&subject=" + subject.replace("|", "%7C")
                + (level.isEmpty() ? "" : "&level=" + level);
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
