package ml.keneya.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ml.keneya.store.ExpectedVersion;
import ml.keneya.validation.Verdict;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;

/**
 * What a delivery writes.
 *
 * @param bundle its entries that write, and no others
 * @param verdicts what validation said of each of them
 * @param expected versions that the entries expect
 * @param done answers of entries that were carried out before, by their place
 */
record Writes(
        Bundle bundle,
        List<Verdict> verdicts,
        List<ExpectedVersion> expected,
        Map<Integer, BundleEntryComponent> done) {

    /** Of any system that names itself; what is longer is not an address. */
    private static final int LONGEST_SOURCE = 500;

    Writes(Bundle bundle, List<Verdict> verdicts, List<ExpectedVersion> expected) {
        this(bundle, verdicts, expected, Map.of());
    }

    /** Places of the entries that are still to be carried out. */
    List<Integer> open() {
        return IntStream.range(0, bundle.getEntry().size())
                .boxed()
                .filter(place -> !done.containsKey(place))
                .toList();
    }

    /** The same, knowing that some entries were carried out before. */
    Writes knowing(Map<Integer, BundleEntryComponent> answered) {
        Set<String> settled = answered.keySet().stream()
                .map(place -> bundle.getEntry().get(place).getRequest().getUrl())
                .collect(Collectors.toSet());
        List<ExpectedVersion> left = expected.stream()
                .filter(version -> settled.stream()
                        .noneMatch(url -> url.endsWith(
                                version.record().type() + "/" + version.record().id())))
                .toList();
        return new Writes(bundle, verdicts, left, answered);
    }

    /** A copy of the open entries for one try of the transaction. */
    Bundle freshCopy() {
        Bundle left = new Bundle();
        left.setType(bundle.getType());
        open().forEach(place -> left.addEntry(bundle.getEntry().get(place)));
        Bundle copy = EntryValidation.freshCopy(left);
        Map<String, String> names = namesOfDone();
        if (!names.isEmpty()) {
            copy.getEntry().stream()
                    .filter(EntryValidation::writesItsResource)
                    .forEach(entry -> ReferencesInRecord.replace(entry.getResource(), names));
        }
        return copy;
    }

    /** What the open entries call the records that were written before, and what those are called now. */
    private Map<String, String> namesOfDone() {
        Map<String, String> names = new HashMap<>();
        done.forEach((place, answer) -> {
            String placeholder = bundle.getEntry().get(place).getFullUrl();
            String location = answer.getResponse().getLocation();
            if (placeholder != null && location != null) {
                names.put(placeholder, location.replaceFirst("/_history/.*", ""));
            }
        });
        return names;
    }

    /** Answers of the entries, from those just carried out and those of before, in the order of the bundle. */
    List<BundleEntryComponent> inOrder(List<BundleEntryComponent> fresh) {
        List<BundleEntryComponent> all = new ArrayList<>(fresh);
        done.keySet().stream().sorted().forEach(place -> all.add(place, done.get(place)));
        return all;
    }

    /** What the sender wrote as {@code meta.source}, which the server replaces. */
    List<String> sources() {
        return bundle.getEntry().stream()
                .filter(EntryValidation::writesItsResource)
                .map(entry -> entry.getResource().getMeta().getSource())
                .filter(source -> source != null && !source.isBlank() && source.length() <= LONGEST_SOURCE)
                .distinct()
                .limit(20)
                .toList();
    }
}
