package ml.keneya.export;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import ml.keneya.store.Moment;
import ml.keneya.store.RecordsAtMoment;
import ml.keneya.store.RecordsAtMoment.Address;
import ml.keneya.store.RecordsAtMoment.ChangedKey;
import ml.keneya.store.RecordsAtMoment.VersionReader;
import ml.keneya.store.Visibility;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds among which records an export's are; whose they are, only their text tells. */
@Component
class CandidateRecords {

    /** Records looked into with one statement. */
    private static final int STEP = 1_000;

    private final RecordsAtMoment records;
    private final PatientCompartment compartment;
    private final PeopleOfExport people;
    private final RecordsOfAudience audiences;

    CandidateRecords(
            RecordsAtMoment records,
            PatientCompartment compartment,
            PeopleOfExport people,
            RecordsOfAudience audiences) {
        this.records = records;
        this.compartment = compartment;
        this.people = people;
        this.audiences = audiences;
    }

    /**
     * Keys in ascending order.
     *
     * @param living of records to hand on; null when all of the type may be
     * @param deleted of records to tell of as deleted
     */
    @SuppressWarnings("ArrayRecordComponent") // A hundred thousand boxed numbers would be no better.
    record Candidates(long @Nullable [] living, long[] deleted) {}

    /**
     * @param filtered keys, in ascending order, of the only records wanted; null when there is no filter
     * @param afterEach is run whenever a statement has ended
     */
    Candidates find(ExportJob job, String type, long @Nullable [] filtered, Runnable afterEach) {
        Candidates found = findAll(job, type, filtered);
        return job.request().audience().isEverything() ? found : ofAudience(job, type, found, afterEach);
    }

    /** The text of each is looked into now, so that a file says how many lines it has. */
    private Candidates ofAudience(ExportJob job, String type, Candidates found, Runnable afterEach) {
        RecordsOfAudience.Sieve sieve = audiences.sieve(job, type);
        read(job, type, found.living(), sieve::add, () -> {
            sieve.settle();
            afterEach.run();
        });
        LongStream.Builder gone = LongStream.builder();
        for (long key : sieve.withdrawn()) {
            gone.add(key);
        }
        for (int from = 0; from < found.deleted().length; from += STEP) {
            List<Address> deleted = records.addresses(type, job.at(), step(found.deleted(), from));
            for (long key : audiences.deleted(job, type, deleted)) {
                gone.add(key);
            }
            afterEach.run();
        }
        return new Candidates(sieve.passed(), gone.build().sorted().toArray());
    }

    private Candidates findAll(ExportJob job, String type, long @Nullable [] filtered) {
        if (job.since() == null) {
            return new Candidates(both(both(ofPeople(job, type), ofFacility(job, type)), filtered), new long[0]);
        }
        List<ChangedKey> changed = records.changed(type, job.since(), job.at());
        // Deletions are told of without the filter: what was deleted cannot be searched any more.
        long[] written = withRelabelled(job, type, withBegun(job, type, keysOf(changed, false)));
        return new Candidates(filtered == null ? written : common(written, filtered), keysOf(changed, true));
    }

    /** Records about people who got a label or lost it come or go, though nobody wrote them. */
    private long[] withRelabelled(ExportJob job, String type, long[] written) {
        Moment since = job.since();
        if (since == null
                || !job.request().audience().isPseudonymised()
                || !compartment.types().contains(type)) {
            return written;
        }
        Set<String> relabelled = audiences.relabelled(since, job.at());
        return relabelled.isEmpty() ? written : with(written, records.mayPointTo(type, relabelled, job.at()));
    }

    /** A person whom a site begins to treat comes to it, though nobody wrote her record. */
    private long[] withBegun(ExportJob job, String type, long[] written) {
        Moment since = job.since();
        if (since == null || !PatientCompartment.NAME.equals(type)) {
            return written;
        }
        List<String> begun = audiences.begun(job.request().audience(), since);
        return begun.isEmpty() ? written : with(written, records.keys(type, begun));
    }

    private static long[] with(long[] some, List<Long> others) {
        return LongStream.concat(Arrays.stream(some), others.stream().mapToLong(Long::longValue))
                .sorted()
                .distinct()
                .toArray();
    }

    /**
     * Reads the living ones as they were at the moment.
     *
     * @param afterEach is run whenever a statement has ended
     */
    void read(ExportJob job, String type, long @Nullable [] living, VersionReader reader, Runnable afterEach) {
        if (living != null) {
            for (int from = 0; from < living.length; from += STEP) {
                records.readKeys(type, job.at(), step(living, from), reader);
                afterEach.run();
            }
            return;
        }
        Long after = 0L;
        while (after != null) {
            after = records.readRange(type, job.at(), after, Long.MAX_VALUE, reader);
            afterEach.run();
        }
    }

    /** Reads what the deleted ones were before: their last content tells whose they were. */
    void readDeleted(ExportJob job, String type, long[] deleted, VersionReader reader) {
        for (int from = 0; from < deleted.length; from += STEP) {
            records.readLastContent(type, job.at(), step(deleted, from), reader);
        }
    }

    /** Keys among which are all that a site sees; null when that is every record of the type, or for others. */
    private long @Nullable [] ofFacility(ExportJob job, String type) {
        String facility = job.request().audience().facility();
        return facility == null || Visibility.isShared(type)
                ? null
                : asArray(records.mayBelongTo(type, facility, job.at()));
    }

    /** Keys among which are all records of the people; null when that is every record of the type. */
    private long @Nullable [] ofPeople(ExportJob job, String type) {
        Set<String> wanted = job.request().scope() == ExportRequest.Scope.SYSTEM ? null : people.of(job);
        if (wanted == null) {
            return null;
        }
        if (PatientCompartment.NAME.equals(type)) {
            return asArray(records.keys(type, wanted));
        }
        return compartment.isIndexed(type) ? asArray(records.mayPointTo(type, wanted, job.at())) : null;
    }

    /** Null stands for all records. */
    private static long @Nullable [] both(long @Nullable [] some, long @Nullable [] others) {
        if (some == null || others == null) {
            return some == null ? others : some;
        }
        return common(some, others);
    }

    private static long[] common(long[] some, long[] sorted) {
        return Arrays.stream(some)
                .filter(key -> Arrays.binarySearch(sorted, key) >= 0)
                .toArray();
    }

    private static long[] step(long[] keys, int from) {
        return Arrays.copyOfRange(keys, from, Math.min(keys.length, from + STEP));
    }

    private static long[] keysOf(List<ChangedKey> changed, boolean deleted) {
        return changed.stream()
                .filter(each -> each.deleted() == deleted)
                .mapToLong(ChangedKey::key)
                .toArray();
    }

    private static long[] asArray(List<Long> keys) {
        return keys.stream().mapToLong(Long::longValue).sorted().toArray();
    }
}
