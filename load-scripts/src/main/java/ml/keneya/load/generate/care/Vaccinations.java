package ml.keneya.load.generate.care;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
    private static final int NINE_MONTHS = 274;
    private static final int FIFTEEN_MONTHS = 457;
    private static final int TEN_YEARS = 3653;
    private static final int LATEST_BIRTH_DOSE_OF_POLIO = 14;
    // Regions of 2015 with districts in the first phase of the malaria vaccine.
    private static final Set<String> MALARIA_VACCINE_REGIONS = Set.of("ML01", "ML02", "ML03", "ML04", "ML05");

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
    private final double malaria;
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
        malaria = facts.share("epi.malaria-vaccine");
        fixed = facts.share("epi.fixed-strategy");
        outreach = facts.share("epi.outreach-strategy");
        // The third visit is late by the sum of three such delays, whose median is 2.674 means.
        delay = facts.value("epi.third-visit-median-delay") / 2.674;
    }

    /** A visit of the schedule on a day. */
    private record Session(String visit, int day) {}

    void writeInto(Diary diary, Chance chance) {
        Person child = diary.person();
        List<Session> sessions = new ArrayList<>();
        // Nobody older had a vaccination in the time told of.
        if (child.ageInDays(scenario.firstDay()) < 5 * 365) {
            infancy(child, chance.branch(1), sessions, missesMeaslesDoses(diary, chance.branch(2)));
            if (MALARIA_VACCINE_REGIONS.contains(
                            diary.household().commune().region2015().code())
                    && chance.happens(malaria)) {
                malariaVaccine(child, chance.branch(3), sessions);
            }
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

    private static void malariaVaccine(Person child, Chance chance, List<Session> sessions) {
        int launch = (int) LocalDate.of(2025, 4, 25).toEpochDay();
        int first = child.birth() + 152 + chance.waiting(15);
        if (first < launch) {
            return;
        }
        sessions.add(new Session("five-months", first));
        sessions.add(new Session("six-months", first + 30 + chance.waiting(8)));
        sessions.add(new Session("seven-months", first + 62 + chance.waiting(12)));
    }

    private void write(Diary diary, List<Session> sessions, Chance chance) {
        List<Entry> fromCard = new ArrayList<>();
        boolean cardKept = chance.happens(0.6);
        for (Session session : sessions) {
            int day = Diary.workday(session.day());
            List<Entry> doses = doses(diary.person(), session.visit(), day, chance);
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

    private List<Entry> doses(Person child, String visit, int day, Chance chance) {
        double way = chance.nextDouble();
        String strategy = way < fixed ? "fixed" : way < fixed + outreach ? "outreach" : "mobile";
        List<Entry> doses = new ArrayList<>();
        for (ScheduledDose dose : schedule) {
            boolean due = dose.visit().equals(visit)
                    && dose.isInUseOn(day)
                    && !(dose.vaccine().equals("VPO")
                            && dose.number() == 0
                            && child.ageInDays(day) > LATEST_BIRTH_DOSE_OF_POLIO);
            if (due) {
                doses.add(given(dose, day, strategy, chance));
            }
        }
        return doses;
    }

    Entry given(ScheduledDose dose, int day, String strategy, Chance chance) {
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
            default -> "10 ans";
        };
    }
}
