package ml.keneya.validation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many records of a type were judged since the start of this process, and by which validator: one clinic's software
 * whose records all need the official one costs as much as fifty others.
 */
public final class JudgedRecords {

    private final Map<String, LongAdder> byCompiled = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> byOfficial = new ConcurrentHashMap<>();

    JudgedRecords() {}

    void byCompiled(String type) {
        add(byCompiled, type);
    }

    void byOfficial(String type) {
        add(byOfficial, type);
    }

    private static void add(Map<String, LongAdder> counts, String type) {
        counts.computeIfAbsent(type, first -> new LongAdder()).increment();
    }

    /** Accepted by the compiled validator alone. */
    public long byCompiledAlone(String type) {
        return of(byCompiled, type);
    }

    /** Judged by the official validator: refused, or the compiled one was not sure. */
    public long byOfficialToo(String type) {
        return of(byOfficial, type);
    }

    private static long of(Map<String, LongAdder> counts, String type) {
        LongAdder count = counts.get(type);
        return count == null ? 0 : count.sum();
    }
}
