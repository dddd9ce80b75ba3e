package ml.keneya.load.demo;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import ml.keneya.load.agency.EpidemiologicalWeek;
import ml.keneya.load.agency.Person;
import ml.keneya.load.agency.ResourceKey;
import ml.keneya.load.agency.WeekEncounter;
import ml.keneya.load.agency.WeekTable;

/** What came back from the exchange. */
final class Pulled {
    private final Map<ResourceKey, Person> people = new LinkedHashMap<>();
    private final Map<ResourceKey, WeekEncounter> encounters = new HashMap<>();
    private final SortedMap<EpidemiologicalWeek, WeekTable> weeks = new TreeMap<>();

    void add(Person person) {
        people.put(person.key(), person);
    }

    void add(EpidemiologicalWeek week, WeekEncounter encounter) {
        encounters.put(encounter.key(), encounter);
        table(week).add(encounter);
    }

    WeekTable table(EpidemiologicalWeek week) {
        return weeks.computeIfAbsent(week, number -> new WeekTable());
    }

    List<Person> people() {
        return List.copyOf(people.values());
    }

    SortedMap<EpidemiologicalWeek, WeekTable> weeks() {
        return weeks;
    }

    Optional<Person> person(ResourceKey key) {
        return Optional.ofNullable(people.get(key));
    }

    Optional<WeekEncounter> encounter(ResourceKey key) {
        return Optional.ofNullable(encounters.get(key));
    }

    boolean hasDose(ResourceKey key) {
        return people.values().stream()
                .flatMap(person -> person.doses().stream())
                .anyMatch(dose -> dose.key().equals(key));
    }
}
