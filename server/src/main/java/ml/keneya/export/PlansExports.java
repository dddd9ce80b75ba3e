package ml.keneya.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import ml.keneya.store.Moment;
import ml.keneya.store.RawVersion;
import ml.keneya.store.RecordsAtMoment;
import ml.keneya.store.RecordsAtMoment.ChangedKey;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds out which records an export has and cuts them into files. It reads keys, and content only to choose by it. */
@Component
class PlansExports {

    /** Records looked into with one statement. */
    private static final int STEP = 1_000;

    private final RecordsAtMoment records;
    private final PatientCompartment compartment;
    private final PeopleOfExport people;
    private final ExportSettings settings;

    PlansExports(
            RecordsAtMoment records, PatientCompartment compartment, PeopleOfExport people, ExportSettings settings) {
        this.records = records;
        this.compartment = compartment;
        this.people = people;
        this.settings = settings;
    }

    /**
     * The files of one type.
     *
     * @param filtered keys, in ascending order, of the only records wanted; null when there is no filter
     */
    List<ExportPart> plan(ExportJob job, String type, long @Nullable [] filtered) {
        ExportRequest request = job.request();
        boolean everybody = request.scope() == ExportRequest.Scope.SYSTEM;
        if (everybody && job.since() == null && filtered != null) {
            return cut(type, false, filtered);
        }
        if (everybody && job.since() == null) {
            return records.ranges(type, job.at(), settings.recordsPerFile()).stream()
                    .map(range -> ExportPart.range(type, range.after(), range.last(), range.records()))
                    .toList();
        }
        Predicate<RawVersion> belongs = everybody ? version -> true : belonging(job, type);
        if (job.since() == null) {
            return cut(type, false, choose(type, job.at(), both(candidates(job, type), filtered), false, belongs));
        }
        List<ChangedKey> changed = records.changed(type, job.since(), job.at());
        // Deletions are told of without the filter: what was deleted cannot be searched any more.
        long[] written = keysOf(changed, false);
        if (filtered != null) {
            written = common(written, filtered);
        }
        long[] deleted = keysOf(changed, true);
        List<ExportPart> parts = new ArrayList<>();
        parts.addAll(cut(type, false, everybody ? written : choose(type, job.at(), written, false, belongs)));
        parts.addAll(cut(type, true, everybody ? deleted : choose(type, job.at(), deleted, true, belongs)));
        return parts;
    }

    private Predicate<RawVersion> belonging(ExportJob job, String type) {
        Set<String> wanted = people.of(job);
        return version -> compartment.holds(type, version.id(), version.json(), wanted);
    }

    /** Keys among which are all records of the people; null when that is every record of the type. */
    private long @Nullable [] candidates(ExportJob job, String type) {
        Set<String> wanted = people.of(job);
        if (wanted == null) {
            return null;
        }
        if ("Patient".equals(type)) {
            return asArray(records.keys(type, wanted));
        }
        return compartment.isIndexed(type) ? asArray(records.mayPointTo(type, wanted, job.at())) : null;
    }

    /** @param deleted whether they are gone, and their last content tells whose they were */
    private long[] choose(
            String type, Moment at, long @Nullable [] among, boolean deleted, Predicate<RawVersion> belongs) {
        LongStream.Builder chosen = LongStream.builder();
        RecordsAtMoment.VersionReader reader = version -> {
            if (belongs.test(version)) {
                chosen.add(version.key());
            }
            return true;
        };
        if (among == null) {
            Long after = 0L;
            while (after != null) {
                after = records.readRange(type, at, after, Long.MAX_VALUE, reader);
            }
        } else {
            for (int from = 0; from < among.length; from += STEP) {
                long[] step = Arrays.copyOfRange(among, from, Math.min(among.length, from + STEP));
                if (deleted) {
                    records.readLastContent(type, at, step, reader);
                } else {
                    records.readKeys(type, at, step, reader);
                }
            }
        }
        return chosen.build().toArray();
    }

    private List<ExportPart> cut(String type, boolean deletions, long[] keys) {
        List<ExportPart> parts = new ArrayList<>();
        int size = settings.recordsPerFile();
        for (int from = 0; from < keys.length; from += size) {
            parts.add(ExportPart.chosen(
                    type, deletions, Arrays.copyOfRange(keys, from, Math.min(keys.length, from + size))));
        }
        return parts;
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
