package ml.keneya.load.generate.care;

import java.time.LocalDate;
import java.time.Month;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import ml.keneya.load.generate.care.Vaccinations.Session;
import ml.keneya.load.generate.chance.Chance;
import ml.keneya.load.generate.mali.Facts;
import ml.keneya.load.generate.people.Household;
import ml.keneya.load.generate.people.Person;

/**
 * When a child comes for the malaria vaccine: three doses by age, then one before the rains of each of two years. Some
 * stop coming on the way, and some are too old by then.
 */
final class MalariaSessions {
    // Regions of 2015 with districts in the first phase.
    private static final Set<String> REGIONS = Set.of("ML01", "ML02", "ML03", "ML04", "ML05");
    private static final int LAUNCH = (int) LocalDate.of(2025, 4, 25).toEpochDay();
    private static final int FIVE_MONTHS = 153;
    private static final int THIRTY_SIX_MONTHS = 1095;
    private static final int FOUR_WEEKS = 28;
    private static final int A_YEAR = 366;

    private final double first;
    private final double next;
    private final double fourth;
    private final double fifth;

    MalariaSessions(Facts facts) {
        first = facts.share("epi.malaria-vaccine");
        next = StrictMath.sqrt(1 - facts.share("epi.malaria-vaccine-drop-out"));
        fourth = facts.share("epi.malaria-vaccine-fourth");
        fifth = facts.share("epi.malaria-vaccine-fifth");
    }

    List<Session> of(Household household, Person child, Chance chance) {
        List<Session> sessions = new ArrayList<>();
        int day = child.birth() + FIVE_MONTHS + chance.waiting(15);
        if (!REGIONS.contains(household.commune().region2015().code()) || day < LAUNCH || !chance.happens(first)) {
            return sessions;
        }
        sessions.add(new Session("five-months", day));
        if (!chance.happens(next)) {
            return sessions;
        }
        day += 30 + chance.waiting(8);
        sessions.add(new Session("six-months", day));
        if (!chance.happens(next)) {
            return sessions;
        }
        day += 32 + chance.waiting(4);
        sessions.add(new Session("seven-months", day));
        day = beforeRains(day + FOUR_WEEKS, chance);
        if (!chance.happens(fourth) || child.ageInDays(day) > THIRTY_SIX_MONTHS) {
            return sessions;
        }
        sessions.add(new Session("before-rains", day));
        day = beforeRains(day + A_YEAR, chance);
        if (chance.happens(fifth) && child.ageInDays(day) <= THIRTY_SIX_MONTHS) {
            sessions.add(new Session("before-next-rains", day));
        }
        return sessions;
    }

    /** In May or June; not on the last of June, which may be a Sunday. */
    private static int beforeRains(int earliest, Chance chance) {
        int year = LocalDate.ofEpochDay(earliest).getYear();
        if (earliest > day(year, Month.JUNE, 29)) {
            year++;
        }
        int from = Math.max(earliest, day(year, Month.MAY, 1));
        return from + chance.below(day(year, Month.JUNE, 29) - from + 1);
    }

    private static int day(int year, Month month, int day) {
        return (int) LocalDate.of(year, month, day).toEpochDay();
    }
}
