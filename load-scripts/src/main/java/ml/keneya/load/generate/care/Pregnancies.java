package ml.keneya.load.generate.care;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import ml.keneya.load.generate.care.Diary.Draft;
import ml.keneya.load.generate.care.Visit.Coding;
import ml.keneya.load.generate.care.Visit.Entry;
import ml.keneya.load.generate.care.Visit.Quantity;
import ml.keneya.load.generate.chance.Chance;
import ml.keneya.load.generate.mali.Facts;
import ml.keneya.load.generate.mali.HealthMap;
import ml.keneya.load.generate.mali.ScheduledDose;
import ml.keneya.load.generate.people.Household;
import ml.keneya.load.generate.people.Person;
import ml.keneya.load.generate.people.Scenario;

/** Antenatal contacts and deliveries of the women of a household. */
final class Pregnancies {
    private static final int TERM = 280;
    private static final int WEEK = 7;
    private static final long DELIVERY = 71;
    // At about which days before term an earlier pregnancy was seen, for the doses of Td given then.
    private static final List<Integer> EARLIER_CONTACTS = List.of(140, 105);

    private final List<ScheduledDose> schedule;
    private final HealthMap health;
    private final Facts facts;
    private final Scenario scenario;
    private final long key;
    private final Vaccinations vaccinations;

    Pregnancies(
            List<ScheduledDose> schedule, HealthMap health, Facts facts, Scenario scenario, Vaccinations vaccinations) {
        this.schedule = schedule;
        this.health = health;
        this.facts = facts;
        this.scenario = scenario;
        this.key = scenario.key();
        this.vaccinations = vaccinations;
    }

    void writeInto(Diary diary, Chance chance) {
        Person woman = diary.person();
        if (!woman.female()) {
            return;
        }
        SortedMap<Integer, Person> births = births(diary.household(), woman);
        var tetanus = new TetanusSeries(schedule);
        births.forEach((birth, child) -> {
            Chance own = chance.branch(child.position());
            if (birth < scenario.firstDay()) {
                earlierContacts(birth, tetanus, own);
                return;
            }
            contacts(diary, birth, tetanus, own);
            if (isFacilityDelivery(diary.household(), child)) {
                delivery(diary, birth, own);
            }
        });
        int age = woman.ageInYears(scenario.lastDay());
        boolean canBePregnant =
                age >= 15 && age < 45 && (births.isEmpty() || births.lastKey() < scenario.lastDay() - 430);
        if (canBePregnant && chance.happens(facts.share("antenatal.pregnant-now"))) {
            contacts(diary, scenario.lastDay() + 1 + chance.below(240), tetanus, chance.branch(99));
        }
    }

    /** A woman's children by their day of birth; twins are one pregnancy and one delivery. */
    private static SortedMap<Integer, Person> births(Household household, Person woman) {
        SortedMap<Integer, Person> births = new TreeMap<>();
        for (Person child : household.members()) {
            if (child.mother() == woman.position()) {
                births.putIfAbsent(child.birth(), child);
            }
        }
        return births;
    }

    /** What a pregnancy before the time told of left: the doses that need not be given again. */
    private void earlierContacts(int birth, TetanusSeries tetanus, Chance chance) {
        if (!chance.happens(facts.share("antenatal.at-least-1"))) {
            return;
        }
        for (int before : EARLIER_CONTACTS) {
            if (tetanus.due(birth - before).isPresent() && chance.happens(facts.share("antenatal.tetanus"))) {
                tetanus.give(birth - before);
            }
        }
    }

    /** Decided by the child, so that its own record and its mother's agree. */
    boolean isFacilityDelivery(Household household, Person child) {
        return Chance.of(key, household.number(), DELIVERY, child.birth())
                .happens(facts.share("births.facility-delivery"));
    }

    private int numberOfContacts(Chance chance) {
        double draw = chance.nextDouble();
        double none = 1 - facts.share("antenatal.at-least-1");
        double four = facts.share("antenatal.at-least-4");
        if (draw < none) {
            return 0;
        }
        if (draw >= 1 - four) {
            double within = (draw - (1 - four)) / four;
            return within < 0.5 ? 4 : within < 0.78 ? 5 : within < 0.9 ? 6 : within < 0.97 ? 7 : 8;
        }
        double within = (draw - none) / (1 - four - none);
        return within < 0.27 ? 1 : within < 0.6 ? 2 : 3;
    }

    private void contacts(Diary diary, int term, TetanusSeries tetanus, Chance chance) {
        int number = numberOfContacts(chance);
        int firstWeek = number >= 4 ? chance.between(9, 18) : chance.between(14, 28);
        int gap = number <= 1 ? 0 : Math.max(3, (37 - firstWeek) / number);
        boolean anaemic = chance.happens(0.5);
        for (int contact = 1; contact <= number; contact++) {
            int day = Diary.workday(term - TERM + (firstWeek + (contact - 1) * gap) * WEEK + chance.below(6));
            if (day >= term) {
                return;
            }
            var draft = new Draft(
                    "Consultation prénatale (CPN " + contact + ")",
                    new Coding("Z34.9", "Surveillance de la grossesse"));
            int weeks = (day - (term - TERM)) / WEEK;
            draft.entries.add(Entry.Measure.of(Quantity.PREGNANCY, 0));
            draft.entries.add(Entry.Measure.of(Quantity.GESTATIONAL_AGE, weeks));
            draft.entries.add(
                    Entry.Measure.of(Quantity.WEIGHT, Growth.weight(diary.person(), day, chance) + weeks * 0.25));
            draft.entries.add(pressure(chance.around(112, 11), chance.around(70, 8)));
            if (contact == 1) {
                haemoglobin(draft, day, anaemic, chance);
            }
            perhapsVaccinate(draft, day, tetanus, chance.branch(contact));
            diary.write(day, chance, draft);
        }
    }

    static Entry pressure(double systolic, double diastolic) {
        return new Entry.Measure(
                Quantity.BLOOD_PRESSURE,
                (int) Math.round(systolic) * 10,
                (int) Math.round(Math.min(diastolic, systolic - 15)) * 10,
                false);
    }

    private static void haemoglobin(Draft draft, int day, boolean anaemic, Chance chance) {
        double value = anaemic ? 7.5 + chance.nextDouble() * 3.4 : 11 + chance.nextDouble() * 2.5;
        draft.entries.add(Entry.Measure.of(Quantity.HAEMOGLOBIN, value));
        if (anaemic) {
            draft.entries.add(new Entry.Diagnosis(new Coding("O99.0", "Anémie au cours de la grossesse"), "", "", day));
        }
    }

    private void perhapsVaccinate(Draft draft, int day, TetanusSeries tetanus, Chance chance) {
        Optional<ScheduledDose> due = tetanus.due(day);
        if (due.isEmpty() || !chance.happens(facts.share("antenatal.tetanus"))) {
            return;
        }
        Entry.Dose dose = vaccinations.given(due.get(), day, "fixed", chance);
        if (!dose.outOfStock()) {
            tetanus.give(day);
        }
        draft.entries.add(dose);
    }

    private void delivery(Diary diary, int day, Chance chance) {
        var draft = new Draft("Accouchement", new Coding("O80.9", "Travail"));
        draft.kind = "IMP";
        draft.minutes = 60 * chance.between(9, 30);
        boolean referred = chance.happens(0.15);
        boolean caesarean = referred && chance.happens(0.3);
        if (referred) {
            draft.site = health.csref(diary.household().commune());
        }
        draft.entries.add(new Entry.Diagnosis(
                caesarean
                        ? new Coding("O82.9", "Accouchement par césarienne")
                        : new Coding("O80.9", "Accouchement normal"),
                "",
                "",
                day));
        diary.write(day, chance, draft);
    }

    /** The newborn's own visit, on the day of a delivery in a facility. */
    void writeBirthInto(Diary diary, Chance chance) {
        Person child = diary.person();
        boolean told = child.birth() >= scenario.firstDay() && child.mother() >= 0;
        if (!told || !isFacilityDelivery(diary.household(), child)) {
            return;
        }
        var draft = new Draft("Examen du nouveau-né", new Coding("Z38.0", "Naissance"));
        draft.entries.add(Entry.Measure.of(Quantity.BIRTH_WEIGHT, Math.max(1.2, chance.around(3.0, 0.45))));
        diary.write(child.birth(), chance, draft);
    }
}
