package ml.keneya.load.generate.care;

import java.util.List;
import ml.keneya.load.generate.chance.Chance;
import ml.keneya.load.generate.mali.Mali;
import ml.keneya.load.generate.mali.ScheduledDose;
import ml.keneya.load.generate.people.Household;
import ml.keneya.load.generate.people.Person;
import ml.keneya.load.generate.people.Scenario;

/** Everything that happens to a person within the time told of. */
public final class Care {
    private static final long PURPOSE = 21;

    private final Scenario scenario;
    private final long key;
    private final Vaccinations vaccinations;
    private final Pregnancies pregnancies;
    private final Illnesses illnesses;
    private final Deaths deaths;
    private final OutbreakCases outbreakCases;

    public Care(Mali mali, Scenario scenario) {
        this.scenario = scenario;
        this.key = scenario.key();
        List<ScheduledDose> schedule = mali.schedule().stream()
                .filter(dose -> dose.introduced() || scenario.unconfirmedDoses())
                .toList();
        this.vaccinations = new Vaccinations(schedule, mali.facts(), scenario);
        this.pregnancies = new Pregnancies(schedule, mali.health(), mali.facts(), scenario, vaccinations);
        this.illnesses = new Illnesses(mali.causes(), mali.health(), mali.facts(), scenario);
        this.deaths = new Deaths(mali.health(), mali.facts(), scenario);
        this.outbreakCases = new OutbreakCases(mali.health(), scenario);
    }

    /** In the order in which they happened. */
    public List<Visit> visits(Household household, Person person) {
        var diary = new Diary(scenario, household, person);
        Chance chance = Chance.of(key, household.number(), PURPOSE, person.position());
        pregnancies.writeBirthInto(diary, chance.branch(1));
        vaccinations.writeInto(diary, chance.branch(2));
        pregnancies.writeInto(diary, chance.branch(3));
        illnesses.writeInto(diary, chance.branch(4));
        outbreakCases.writeInto(diary, chance.branch(5));
        deaths.writeInto(diary, chance.branch(6));
        return diary.inOrder();
    }
}
