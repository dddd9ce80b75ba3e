package ml.keneya.load.generate.output;

import java.util.ArrayList;
import java.util.List;
import ml.keneya.load.generate.care.Care;
import ml.keneya.load.generate.care.Visit;
import ml.keneya.load.generate.fhir.Written;
import ml.keneya.load.generate.imperfection.Faults;
import ml.keneya.load.generate.mali.Mali;
import ml.keneya.load.generate.people.Household;
import ml.keneya.load.generate.people.Households;
import ml.keneya.load.generate.people.Person;
import ml.keneya.load.generate.people.Scenario;

/** Tells the story of any household from its number; safe for several threads, because it keeps nothing. */
final class StoryTeller {
    private final Households households;
    private final Care care;
    private final Faults faults;

    StoryTeller(Mali mali, Scenario scenario, Households households) {
        this.households = households;
        this.care = new Care(mali, scenario);
        this.faults = new Faults(scenario);
    }

    Faults faults() {
        return faults;
    }

    /** @param most how many members may be kept */
    Story tell(long number, int most) {
        Household household = households.household(number, most);
        List<List<Written>> written = new ArrayList<>();
        List<Story.Told> visits = new ArrayList<>();
        for (Person person : household.members()) {
            List<Written> records = faults.written(household, person);
            written.add(records);
            int count = 0;
            for (Visit visit : care.visits(household, person)) {
                Written record = faults.recordFor(records, visit, count);
                visits.add(new Story.Told(record, visit, count, faults.of(record, visit, count)));
                count++;
            }
        }
        return new Story(household, written, visits);
    }
}
