package ml.keneya.intake;

import ca.uhn.fhir.context.FhirContext;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import ml.keneya.intake.ReceiptLedger.AcceptedEntry;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;

/**
 * Tells under which name the receipt of each entry of a batch stands. A corrected batch must find again what was
 * accepted of it, so an entry is known by its content: without a name of the sender's by the content alone, with one
 * among what was accepted under that name, wherever it stood. The number of an entry is its place, as long as no entry
 * that stands elsewhere by now has it.
 */
final class EntryNames {

    private final Submission batch;
    private final List<BundleEntryComponent> entries;
    private final FhirContext context;
    private final Map<String, Integer> seen = new HashMap<>();

    /** What was accepted under the name of the batch and is not recognised in it, by number. */
    private final Map<Integer, AcceptedEntry> left = new TreeMap<>();

    /** Numbers of what was recognised, by its index. */
    private final Map<Integer, Integer> numbers = new HashMap<>();

    private final Set<Integer> taken = new HashSet<>();
    private int last;

    /** @param accepted before under the name of the batch; none when its sender gave it no name */
    EntryNames(
            Submission batch, List<BundleEntryComponent> entries, List<AcceptedEntry> accepted, FhirContext context) {
        this.batch = batch;
        this.entries = entries;
        this.context = context;
        last = entries.size();
        for (AcceptedEntry entry : accepted) {
            left.put(entry.number(), entry);
            last = Math.max(last, entry.number());
        }
    }

    /**
     * Finds what was accepted before; to be called before anything is written, because only then it is known which
     * numbers belong to entries that stand elsewhere now. What stands where it stood comes first: of two entries with
     * the same content each keeps its own record.
     */
    void recognise(List<Integer> order, BatchReferences pointers) {
        if (!left.isEmpty()) {
            recognise(order, pointers, true);
            recognise(order, pointers, false);
        }
    }

    private void recognise(List<Integer> order, BatchReferences pointers, boolean inItsPlace) {
        for (int index : order) {
            BundleEntryComponent entry = entries.get(index);
            if (!ReadEntries.isRead(entry) && !numbers.containsKey(index)) {
                pointers.resolve(entry);
                String digest = digestOf(entry);
                Optional<AcceptedEntry> known =
                        inItsPlace ? Optional.ofNullable(left.get(index + 1)) : anywhere(digest);
                known.filter(accepted -> accepted.digest().equals(digest)).ifPresent(accepted -> {
                    take(index, accepted);
                    pointers.note(entry, accepted.location());
                });
            }
        }
    }

    /** The delivery of one entry; to be called once for each, with its references resolved. */
    Submission of(int index) {
        String digest = digestOf(entries.get(index));
        if (!batch.isNamedBySender()) {
            return batch.ofEntry(digest, seen.merge(digest, 1, Integer::sum));
        }
        if (!numbers.containsKey(index)) {
            // Its references may have led to new records only now, and yet to the same.
            anywhere(digest).ifPresent(accepted -> take(index, accepted));
        }
        Integer known = numbers.get(index);
        if (known != null) {
            return batch.ofEntry(known, digest);
        }
        int place = index + 1;
        return batch.ofEntry(taken.contains(place) ? ++last : place, digest);
    }

    private Optional<AcceptedEntry> anywhere(String digest) {
        return left.values().stream()
                .filter(accepted -> accepted.digest().equals(digest))
                .findFirst();
    }

    private void take(int index, AcceptedEntry accepted) {
        left.remove(accepted.number());
        taken.add(accepted.number());
        numbers.put(index, accepted.number());
    }

    /** Of the entry without its placeholder, which a sender may make anew for every try. */
    private String digestOf(BundleEntryComponent entry) {
        BundleEntryComponent content = entry.copy();
        content.setFullUrlElement(null);
        return Submission.digestOf(context.newJsonParser().encodeResourceToString(new Bundle().addEntry(content)));
    }
}
