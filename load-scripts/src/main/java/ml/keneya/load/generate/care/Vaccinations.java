package ml.keneya.load.generate.care;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ml.keneya.load.generate.care.Diary.Draft;
import ml.keneya.load.generate.care.Visit.Coding;
import ml.keneya.load.generate.care.Visit.Entry;
import ml.keneya.load.generate.care.Visit.Quantity;
import ml.keneya.load.generate.chance.Chance;
import ml.keneya.load.generate.mali.Facts;
import ml.keneya.load.generate.mali.ScheduledDose;
import ml.keneya.load.generate.people.Household;
import ml.keneya.load.generate.people.Person;
import ml.keneya.load.generate.people.Scenario;

/** Which doses a child got and when: some start late, some stop coming, some never come. */
final class Vaccinations {
    private static final int INTERVAL = 28;
    private static final int NINE_MONTHS = 276;
    private static final int FIFTEEN_MONTHS = 459;
    private static final int TEN_YEARS = 3653;
    // BCG can be given later; the birth doses against polio and hepatitis B cannot.
    private static final int LATEST_BIRTH_DOSE = 14;

    private final List<ScheduledDose> schedule;
    private final Scenario scenario;
    private final double atBirthWhenFollowed;
    private final double atBirthOtherwise;
    private final double start;
    private final double next;
    private final double measlesAfterThree;
    private final double measlesOtherwise;
    private final double second;
    private final double hpv;
    private final MalariaSessions malaria;
    private final double stockOut;
    private final double fixed;
    private final double outreach;
    private final double delay;

    Vaccinations(List<ScheduledDose> schedule, Facts facts, Scenario scenario) {
        this.schedule = schedule;
        this.scenario = scenario;
        stockOut = facts.share("epi.stock-out");
        double kept = 1 - facts.share("epi.penta-drop-out");
        double third = facts.share("epi.penta3") / (1 - stockOut);
        start = third / kept;
        next = StrictMath.sqrt(kept);
        atBirthWhenFollowed = 0.92;
        double birth = facts.share("epi.birth-doses") / (1 - stockOut);
        atBirthOtherwise = (birth - start * atBirthWhenFollowed) / (1 - start);
        double measles = facts.share("epi.first-measles-dose") / (1 - stockOut);
        measlesAfterThree = 0.84;
        measlesOtherwise = (measles - third * measlesAfterThree) / (1 - third);
        second = facts.share("epi.second-measles-dose") / (1 - stockOut) / measles;
        hpv = facts.share("epi.hpv");
        malaria = new MalariaSessions(facts);
        fixed = facts.share("epi.fixed-strategy");
        outreach = facts.share("epi.outreach-strategy");
        // The third visit is late by the sum of three such delays, whose median is 2.674 means.
        delay = facts.value("epi.third-visit-median-delay") / 2.674;
    }

    /** A visit of the schedule on a day. */
    record Session(String visit, int day) {}

    void writeInto(Diary diary, Chance chance) {
        Person child = diary.person();
        List<Session> sessions = new ArrayList<>();
        // Nobody older had a vaccination in the time told of.
        if (child.ageInDays(scenario.firstDay()) < 5 * 365) {
            infancy(child, chance.branch(1), sessions, missesMeaslesDoses(diary, chance.branch(2)));
            sessions.addAll(malaria.of(diary.household(), child, chance.branch(3)));
        }
        if (child.female() && child.ageInYears(scenario.lastDay()) >= 10 && chance.happens(hpv)) {
            sessions.add(new Session("ten-years", child.birth() + TEN_YEARS + chance.below(330)));
        }
        write(diary, sessions, chance.branch(4));
    }

    /** Those who fall ill with measles in an outbreak are mostly those who were not vaccinated. */
    private static boolean missesMeaslesDoses(Diary diary, Chance chance) {
        Household.Affected affected = diary.household().affected();
        return affected != null
                && affected.member() == diary.person().position()
                && affected.outbreak().order().disease().code().equals("measles")
                && chance.happens(0.75);
    }

    private void infancy(Person child, Chance chance, List<Session> sessions, boolean withoutMeasles) {
        boolean comes = chance.happens(start);
        if (chance.happens(comes ? atBirthWhenFollowed : atBirthOtherwise)) {
            sessions.add(new Session("birth", child.birth() + chance.waiting(delay)));
        }
        int day = child.birth() + 42 + chance.waiting(delay);
        boolean allThree = false;
        if (comes) {
            sessions.add(new Session("six-weeks", day));
            day += INTERVAL + chance.waiting(delay);
            boolean again = chance.happens(next);
            if (again) {
                sessions.add(new Session("ten-weeks", day));
                day += INTERVAL + chance.waiting(delay);
                allThree = chance.happens(next);
                if (allThree) {
                    sessions.add(new Session("fourteen-weeks", day));
                }
            }
        }
        boolean measles = chance.happens(allThree ? measlesAfterThree : measlesOtherwise);
        if (measles && !withoutMeasles) {
            int first = Math.max(child.birth() + NINE_MONTHS, day + INTERVAL) + chance.waiting(delay * 1.5);
            sessions.add(new Session("nine-months", first));
            if (chance.happens(second)) {
                int later = Math.max(child.birth() + FIFTEEN_MONTHS, first + INTERVAL) + chance.waiting(delay * 3);
                sessions.add(new Session("fifteen-months", later));
            }
        }
    }

    private void write(Diary diary, List<Session> sessions, Chance chance) {
        List<Entry> fromCard = new ArrayList<>();
        boolean cardKept = chance.happens(0.6);
        Map<String, Integer> latest = new HashMap<>();
        for (Session session : sessions) {
            int day = Diary.workday(session.day());
            List<Entry> doses = doses(new Sitting(diary.person(), session.visit(), day, latest), chance);
            if (day < scenario.firstDay()) {
                doses.stream()
                        .map(Entry.Dose.class::cast)
                        .filter(dose -> !dose.outOfStock())
                        .map(dose -> new Entry.Dose(dose.dose(), day, true, false, "", 0, ""))
                        .forEach(fromCard::add);
                continue;
            }
            if (doses.isEmpty() || !diary.tells(day)) {
                continue;
            }
            var draft =
                    new Draft("Séance de vaccination", new Coding("Z27.9", "Vaccination : " + label(session.visit())));
            draft.entries.addAll(doses);
            if (cardKept) {
                draft.entries.addAll(fromCard);
            }
            fromCard.clear();
            measure(diary.person(), day, chance, draft);
            if (!strategyOf(doses).equals("fixed")) {
                draft.kind = "FLD";
            }
            diary.write(day, chance, draft);
        }
    }

    private static String strategyOf(List<Entry> doses) {
        return ((Entry.Dose) doses.get(0)).strategy();
    }

    /**
     * A child at a session.
     *
     * @param latest when it was last due for a dose of each vaccine
     */
    private record Sitting(Person child, String visit, int day, Map<String, Integer> latest) {
        boolean isDue(ScheduledDose dose) {
            return dose.visit().equals(visit)
                    && dose.isInUseOn(day)
                    && !(isBirthDoseOnly(dose) && child.ageInDays(day) > LATEST_BIRTH_DOSE)
                    && (dose.interval() == 0
                            || day - latest.getOrDefault(dose.vaccine(), Integer.MAX_VALUE) >= dose.interval());
        }

        private static boolean isBirthDoseOnly(ScheduledDose dose) {
            return dose.visit().equals("birth") && !dose.vaccine().equals("BCG");
        }
    }

    private List<Entry> doses(Sitting sitting, Chance chance) {
        double way = chance.nextDouble();
        String strategy = way < fixed ? "fixed" : way < fixed + outreach ? "outreach" : "mobile";
        List<Entry> doses = new ArrayList<>();
        for (ScheduledDose dose : schedule) {
            if (sitting.isDue(dose)) {
                sitting.latest().put(dose.vaccine(), sitting.day());
                doses.add(given(dose, sitting.day(), strategy, chance));
            }
        }
        return doses;
    }

    Entry.Dose given(ScheduledDose dose, int day, String strategy, Chance chance) {
        if (chance.happens(stockOut)) {
            return new Entry.Dose(dose, day, false, true, "", 0, strategy);
        }
        LocalDate date = LocalDate.ofEpochDay(day);
        int quarter = (date.getMonthValue() + 2) / 3;
        String lot = dose.vaccine() + date.getYear() % 100 + quarter + "-" + (10 + chance.below(8));
        int expiry = (int) LocalDate.of(date.getYear() + 2, 3 * quarter, 28).toEpochDay();
        return new Entry.Dose(dose, day, false, false, lot, expiry, strategy);
    }

    private static void measure(Person child, int day, Chance chance, Draft draft) {
        int age = child.ageInDays(day);
        if (age > 5 * 365) {
            return;
        }
        draft.entries.add(Entry.Measure.of(Quantity.WEIGHT, Growth.weight(child, day, chance)));
        if (age >= 183 && chance.happens(0.5)) {
            draft.entries.add(Entry.Measure.of(Quantity.ARM_CIRCUMFERENCE, Math.round(chance.around(142, 9))));
        }
    }

    private static String label(String visit) {
        return switch (visit) {
            case "birth" -> "naissance";
            case "six-weeks" -> "6 semaines";
            case "ten-weeks" -> "10 semaines";
            case "fourteen-weeks" -> "14 semaines";
            case "five-months" -> "5 mois";
            case "six-months" -> "6 mois";
            case "seven-months" -> "7 mois";
            case "nine-months" -> "9 mois";
            case "fifteen-months" -> "15 mois";
            case "before-rains" -> "avant les pluies";
            case "before-next-rains" -> "avant les pluies, un an après";
            default -> "10 ans";
        };
    }
}
