package ml.keneya.export;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import ml.keneya.export.pseudonymised.Pseudonymisation;
import ml.keneya.store.Moment;
import ml.keneya.store.RawVersion;
import ml.keneya.store.RecordsAtMoment;
import ml.keneya.store.RecordsAtMoment.ChangedKey;
import ml.keneya.store.RestrictedRecords;
import org.springframework.stereotype.Component;

/**
 * Which records may be handed on under pseudonyms: none that bears a label that restricts, nor any about a person whose
 * own record bears one.
 */
@Component
class HandedOnRecords {

    private final RecordsAtMoment records;
    private final RestrictedRecords restricted;
    private final PatientCompartment compartment;
    private final Pseudonymisation pseudonymisation;

    HandedOnRecords(
            RecordsAtMoment records,
            RestrictedRecords restricted,
            PatientCompartment compartment,
            Pseudonymisation pseudonymisation) {
        this.records = records;
        this.restricted = restricted;
        this.compartment = compartment;
        this.pseudonymisation = pseudonymisation;
    }

    /**
     * A version that was looked at.
     *
     * @param people whose record it is
     */
    record Judged(long key, long version, boolean labelled, Set<String> people) {}

    Judged judge(RawVersion version) {
        boolean labelled = pseudonymisation.isWithheld(version.resourceType(), version.json());
        Set<String> people =
                labelled ? Set.of() : compartment.owners(version.resourceType(), version.id(), version.json());
        return new Judged(version.key(), version.version(), labelled, people);
    }

    /** Keys of those that may not be handed on, as they were judged or because of a label that was put since. */
    Set<Long> withheld(List<Judged> judged) {
        Set<Long> withheld = labelled(judged);
        List<Judged> left =
                judged.stream().filter(each -> !withheld.contains(each.key())).toList();
        records.readNewer(
                left.stream().mapToLong(Judged::key).toArray(),
                left.stream().mapToLong(Judged::version).toArray(),
                newest -> {
                    if (pseudonymisation.isWithheld(newest.resourceType(), newest.json())) {
                        withheld.add(newest.key());
                    }
                    return true;
                });
        addThoseAbout(restricted.people(people(left)), left, withheld);
        return withheld;
    }

    /** Keys of those that could be handed on at a moment: of these somebody may hold a copy. */
    Set<Long> handedOn(String type, Moment since, long[] keys) {
        List<Judged> judged = new ArrayList<>();
        if (keys.length > 0) {
            records.readKeys(type, since, keys, version -> judged.add(judge(version)));
        }
        Set<Long> withheld = labelled(judged);
        addThoseAbout(labelledAt(since, people(judged)), judged, withheld);
        return judged.stream()
                .map(Judged::key)
                .filter(key -> !withheld.contains(key))
                .collect(Collectors.toSet());
    }

    /** Ids of people whose own record got its label, or lost it, between two moments. */
    Set<String> relabelled(Moment since, Moment at) {
        long[] changed = records.changed(PatientCompartment.NAME, since, at).stream()
                .filter(each -> !each.deleted())
                .mapToLong(ChangedKey::key)
                .toArray();
        Set<String> before = new HashSet<>();
        Set<String> labelledBefore = new HashSet<>();
        records.readKeys(PatientCompartment.NAME, since, changed, version -> {
            before.add(version.id());
            if (judge(version).labelled()) {
                labelledBefore.add(version.id());
            }
            return true;
        });
        Set<String> now = restricted.people(before);
        before.removeIf(id -> labelledBefore.contains(id) == now.contains(id));
        return before;
    }

    private Set<String> labelledAt(Moment moment, Collection<String> people) {
        Set<String> labelled = new HashSet<>();
        if (!people.isEmpty()) {
            long[] keys = records.keys(PatientCompartment.NAME, people).stream()
                    .mapToLong(Long::longValue)
                    .toArray();
            records.readKeys(PatientCompartment.NAME, moment, keys, version -> {
                if (judge(version).labelled()) {
                    labelled.add(version.id());
                }
                return true;
            });
        }
        return labelled;
    }

    private static Set<Long> labelled(List<Judged> judged) {
        return judged.stream().filter(Judged::labelled).map(Judged::key).collect(Collectors.toCollection(HashSet::new));
    }

    private static Set<String> people(List<Judged> judged) {
        return judged.stream().flatMap(each -> each.people().stream()).collect(Collectors.toSet());
    }

    private static void addThoseAbout(Set<String> people, List<Judged> judged, Set<Long> keys) {
        judged.stream()
                .filter(each -> each.people().stream().anyMatch(people::contains))
                .forEach(each -> keys.add(each.key()));
    }
}
