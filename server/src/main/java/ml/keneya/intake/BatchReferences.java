package ml.keneya.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.store.EntryAddress;
import ml.keneya.store.RecordId;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.IdType;
import org.jspecify.annotations.Nullable;

/**
 * Lets entries of a batch point to one another although each is stored alone: what is pointed to goes first, and its
 * placeholder becomes the address that it was given. FHIR does not ask for this (R4, 3.1.0.11.2); without it a day's
 * work could not be sent as a batch at all.
 */
final class BatchReferences {

    private final List<BundleEntryComponent> entries;
    private final Map<String, String> given = new HashMap<>();
    private final Map<String, BundleEntryComponent> failed = new HashMap<>();

    BatchReferences(List<BundleEntryComponent> entries) {
        this.entries = entries;
    }

    /** The places of the entries, each behind those that it points to; in a circle, as they were sent. */
    List<Integer> order() {
        Map<String, Integer> places = new HashMap<>();
        for (int index = 0; index < entries.size(); index++) {
            if (entries.get(index).hasFullUrl()) {
                places.put(entries.get(index).getFullUrl(), index);
            }
        }
        List<Integer> order = new ArrayList<>();
        Set<Integer> begun = new HashSet<>();
        for (int index = 0; index < entries.size(); index++) {
            place(index, places, begun, order);
        }
        return order;
    }

    private void place(int index, Map<String, Integer> places, Set<Integer> begun, List<Integer> order) {
        if (!begun.add(index)) {
            return;
        }
        BundleEntryComponent entry = entries.get(index);
        if (EntryValidation.writesItsResource(entry)) {
            for (ReferencesInRecord.Place reference : ReferencesInRecord.of(entry.getResource(), "")) {
                Integer before = places.get(reference.target());
                if (before != null) {
                    place(before, places, begun, order);
                }
            }
        }
        order.add(index);
    }

    /** Keeps the address of a record that was accepted, now or by an earlier try, or that it failed for the moment. */
    void note(BundleEntryComponent entry, BundleEntryComponent answer) {
        note(entry, answer.getResponse().getLocation());
        if (RefusedEntries.mayBeTriedAgain(answer)) {
            namesOf(entry).forEach(name -> failed.put(name, answer));
        }
    }

    /** @param location of the record, null when it has none */
    void note(BundleEntryComponent entry, @Nullable String location) {
        if (entry.hasFullUrl() && location != null) {
            IdType address = new IdType(location);
            given.put(entry.getFullUrl(), address.getResourceType() + "/" + address.getIdPart());
        }
    }

    /** The answer to the entry that a reference points to in vain, if it says that the entry may be sent again. */
    Optional<BundleEntryComponent> failureBehind(Refusal refusal) {
        if (refusal.code() != RefusalCode.UNRESOLVED_REFERENCE) {
            return Optional.empty();
        }
        String target = String.valueOf(refusal.arguments().get(0));
        return Optional.ofNullable(failed.get(target))
                .or(() -> EntryAddress.record(target).map(record -> failed.get(nameOf(record))));
    }

    private static List<String> namesOf(BundleEntryComponent entry) {
        List<String> names = new ArrayList<>();
        if (entry.hasFullUrl()) {
            names.add(entry.getFullUrl());
        }
        if (EntryValidation.writesItsResource(entry)) {
            EntryAddress.record(entry.getRequest().getUrl()).ifPresent(record -> names.add(nameOf(record)));
        }
        return names;
    }

    private static String nameOf(RecordId record) {
        return record.type() + "/" + record.id();
    }

    /**
     * Writes the known addresses in; a placeholder of what was refused stays, and is refused as pointing to nothing.
     */
    void resolve(BundleEntryComponent entry) {
        if (EntryValidation.writesItsResource(entry)) {
            ReferencesInRecord.replace(entry.getResource(), given);
        }
    }
}
