package ml.keneya.load.generate.care;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import ml.keneya.load.generate.care.Visit.Coding;
import ml.keneya.load.generate.care.Visit.Entry;
import ml.keneya.load.generate.care.Visit.Telehealth;
import ml.keneya.load.generate.chance.Chance;
import ml.keneya.load.generate.mali.Facility;
import ml.keneya.load.generate.people.Household;
import ml.keneya.load.generate.people.Person;
import ml.keneya.load.generate.people.Scenario;
import org.jspecify.annotations.Nullable;

/** Collects the visits of one person; drops what would lie outside the time told of or outside the life. */
final class Diary {
    private static final int OPENS = 7 * 60 + 30;
    private static final int OPEN_FOR = 8 * 60;

    private final Scenario scenario;
    private final Household household;
    private final Person person;
    private final List<Visit> visits = new ArrayList<>();

    Diary(Scenario scenario, Household household, Person person) {
        this.scenario = scenario;
        this.household = household;
        this.person = person;
    }

    Household household() {
        return household;
    }

    Person person() {
        return person;
    }

    boolean tells(int day) {
        return day >= scenario.firstDay() && day <= scenario.lastDay() && person.isAliveOn(day);
    }

    /** The next day on which a CSCom holds its sessions. */
    static int workday(int day) {
        // Epoch day 0 was a Thursday.
        return Math.floorMod(day + 4, 7) == 0 ? day + 1 : day;
    }

    /** A visit to be written down. */
    static final class Draft {
        String kind = "AMB";
        String type = "Consultation";
        Coding reason = new Coding("", "Consultation");
        int minutes = 25;

        @Nullable
        Facility site;

        @Nullable
        Telehealth telehealth;

        boolean diedThere;
        Household.@Nullable Affected affliction;
        final List<Entry> entries = new ArrayList<>();

        Draft(String type, Coding reason) {
            this.type = type;
            this.reason = reason;
        }
    }

    void write(int day, Chance chance, Draft draft) {
        if (!tells(day)) {
            return;
        }
        Facility site = draft.site == null ? household.home() : draft.site;
        visits.add(new Visit(
                household,
                person,
                draft.kind,
                day,
                OPENS + chance.below(OPEN_FOR),
                draft.minutes,
                site,
                draft.type,
                draft.reason,
                draft.entries,
                draft.telehealth,
                draft.diedThere,
                draft.affliction));
    }

    List<Visit> inOrder() {
        visits.sort(Comparator.comparingLong(Visit::moment));
        return visits;
    }
}
