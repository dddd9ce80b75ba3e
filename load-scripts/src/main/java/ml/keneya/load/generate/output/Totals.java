package ml.keneya.load.generate.output;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What has been made so far. */
public final class Totals {
    private long people;
    private long households;
    private long bundles;
    private long bytes;
    private final SortedMap<String, Long> records = new TreeMap<>();
    private final SortedMap<String, Long> faults = new TreeMap<>();

    void household(int members) {
        households++;
        people += members;
    }

    void bundle() {
        bundles++;
    }

    void records(Map<String, Long> counts) {
        counts.forEach((type, count) -> records.merge(type, count, Long::sum));
    }

    void faults(Map<String, Long> counts) {
        counts.forEach((fault, count) -> faults.merge(fault, count, Long::sum));
    }

    void bytes(long count) {
        bytes += count;
    }

    void add(Totals other) {
        people += other.people;
        households += other.households;
        bundles += other.bundles;
        bytes += other.bytes;
        records(other.records);
        faults(other.faults);
    }

    public long people() {
        return people;
    }

    public long households() {
        return households;
    }

    public long bundles() {
        return bundles;
    }

    public long bytes() {
        return bytes;
    }

    public SortedMap<String, Long> records() {
        return records;
    }

    public SortedMap<String, Long> faults() {
        return faults;
    }

    /** All records; in bundles a person counts each time it is sent. */
    public long allRecords() {
        return records.values().stream().mapToLong(Long::longValue).sum();
    }
}
