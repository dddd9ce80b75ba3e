package ml.keneya.load.generate.care;

import java.time.LocalDate;
import java.util.List;
import ml.keneya.load.generate.care.Diary.Draft;
import ml.keneya.load.generate.care.Visit.Coding;
import ml.keneya.load.generate.care.Visit.Entry;
import ml.keneya.load.generate.care.Visit.Quantity;
import ml.keneya.load.generate.chance.Chance;
import ml.keneya.load.generate.chance.Weighted;
import ml.keneya.load.generate.mali.Cause;
import ml.keneya.load.generate.mali.Facts;
import ml.keneya.load.generate.mali.HealthMap;
import ml.keneya.load.generate.people.Person;
import ml.keneya.load.generate.people.Scenario;

/** Consultations, month by month, as age and season have it. */
final class Illnesses {
    private static final int AGE_GROUPS = 4;
    private static final int MONTHS = 12;
    private static final int YOUNGEST = 28;
    private static final int YOUNGEST_MALNOURISHED = 183;

    private final HealthMap health;
    private final Scenario scenario;
    private final Telehealths telehealths;
    private final double severe;
    private final double[][] expected = new double[AGE_GROUPS][MONTHS];
    private final Weighted<Cause>[][] causes;

    @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no arrays of generic types.
    Illnesses(List<Cause> all, HealthMap health, Facts facts, Scenario scenario) {
        this.health = health;
        this.scenario = scenario;
        this.telehealths = new Telehealths(health, facts);
        this.severe = facts.share("consultations.malaria-severe");
        this.causes = new Weighted[AGE_GROUPS][MONTHS];
        for (int group = 0; group < AGE_GROUPS; group++) {
            for (int month = 0; month < MONTHS; month++) {
                int ageGroup = group;
                int calendarMonth = month + 1;
                causes[group][month] = new Weighted<>(all, cause -> cause.monthly(ageGroup, calendarMonth));
                expected[group][month] = all.stream()
                        .mapToDouble(cause -> cause.monthly(ageGroup, calendarMonth))
                        .sum();
            }
        }
    }

    void writeInto(Diary diary, Chance chance) {
        Person person = diary.person();
        LocalDate month = scenario.from().withDayOfMonth(1);
        for (; !month.isAfter(scenario.to()); month = month.plusMonths(1)) {
            int first = (int) month.toEpochDay();
            int age = person.ageInDays(first + 15);
            if (age < 0) {
                continue;
            }
            int group = Cause.ageGroup(age / 365);
            int index = month.getMonthValue() - 1;
            // At most one consultation a month: two would be the same illness.
            if (chance.happens(expected[group][index])) {
                Cause cause = causes[group][index].pick(chance);
                int day = first + chance.below(month.lengthOfMonth());
                boolean fits = cause.name().equals("malnutrition")
                        ? person.ageInDays(day) >= YOUNGEST_MALNOURISHED
                        : person.ageInDays(day) >= YOUNGEST;
                if (fits && diary.tells(day)) {
                    consult(diary, cause, day, chance.branch(first));
                }
            }
        }
    }

    private void consult(Diary diary, Cause cause, int day, Chance chance) {
        Person person = diary.person();
        var draft = new Draft("Consultation curative", new Coding("", cause.reason()));
        int onset = Math.max(person.birth(), day - chance.below(4));
        boolean grave = cause.name().equals("malaria") && chance.happens(severe);
        if (grave) {
            draft.entries.add(
                    new Entry.Diagnosis(new Coding("B50.9", "Paludisme grave"), "malaria-severe", "confirmed", onset));
            if (chance.happens(0.5)) {
                draft.kind = "IMP";
                draft.type = "Hospitalisation";
                draft.minutes = 24 * 60 * chance.between(1, 4);
                draft.site = health.csref(diary.household().commune());
            }
        } else if (cause.name().equals("malnutrition")) {
            malnutrition(draft, day, chance);
        } else {
            draft.entries.add(new Entry.Diagnosis(
                    new Coding(cause.icd10(), cause.text()), cause.notifiable(), cause.classification(), onset));
        }
        measure(draft, person, cause, day, chance);
        if (draft.kind.equals("AMB")) {
            telehealths.perhapsAsk(diary, draft, cause, day, chance.branch(7));
        }
        diary.write(day, chance, draft);
    }

    private static void malnutrition(Draft draft, int day, Chance chance) {
        boolean severeCase = chance.happens(0.3);
        int arm = severeCase ? chance.between(98, 114) : chance.between(115, 124);
        draft.entries.add(Entry.Measure.of(Quantity.ARM_CIRCUMFERENCE, arm));
        draft.entries.add(new Entry.Diagnosis(
                severeCase
                        ? new Coding("E43", "Malnutrition aiguë sévère")
                        : new Coding("E44.0", "Malnutrition aiguë modérée"),
                "acute-malnutrition",
                "confirmed",
                day));
    }

    private static void measure(Draft draft, Person person, Cause cause, int day, Chance chance) {
        boolean malaria = cause.name().equals("malaria");
        boolean febrile = malaria
                || List.of("respiratory", "typhoid", "meningitis", "measles", "yellow-fever")
                        .contains(cause.name());
        if (febrile) {
            draft.entries.add(Entry.Measure.of(Quantity.TEMPERATURE, chance.around(malaria ? 38.7 : 38.1, 0.6)));
        }
        if (malaria || febrile && chance.happens(0.3)) {
            draft.entries.add(new Entry.Measure(Quantity.MALARIA_TEST, 0, 0, malaria));
        }
        int years = person.ageInYears(day);
        if (years < 5) {
            draft.entries.add(Entry.Measure.of(Quantity.WEIGHT, Growth.weight(person, day, chance)));
        } else if (cause.name().equals("hypertension")) {
            draft.entries.add(Pregnancies.pressure(chance.around(162, 13), chance.around(98, 8)));
        } else if (years >= 30 && chance.happens(0.3)) {
            draft.entries.add(Pregnancies.pressure(chance.around(124, 13), chance.around(78, 9)));
        }
    }
}
