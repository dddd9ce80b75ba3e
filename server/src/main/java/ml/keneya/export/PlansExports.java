package ml.keneya.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import ml.keneya.export.CandidateRecords.Candidates;
import ml.keneya.store.RawVersion;
import ml.keneya.store.RecordsAtMoment;
import ml.keneya.store.RecordsAtMoment.VersionReader;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds out which records an export has and cuts them into files. It reads keys, and content only to choose by it. */
@Component
class PlansExports {

    private final RecordsAtMoment records;
    private final CandidateRecords candidates;
    private final PatientCompartment compartment;
    private final PeopleOfExport people;
    private final ExportSettings settings;

    // Five collaborators: what there is, who may be meant, whose it is, who is meant, and how much a file holds.
    PlansExports(
            RecordsAtMoment records,
            CandidateRecords candidates,
            PatientCompartment compartment,
            PeopleOfExport people,
            ExportSettings settings) {
        this.records = records;
        this.candidates = candidates;
        this.compartment = compartment;
        this.people = people;
        this.settings = settings;
    }

    /**
     * The files of one type.
     *
     * @param filtered keys, in ascending order, of the only records wanted; null when there is no filter
     * @param afterEach is run whenever a statement has ended
     */
    List<ExportPart> plan(ExportJob job, String type, long @Nullable [] filtered, Runnable afterEach) {
        Candidates found = candidates.find(job, type, filtered, afterEach);
        long[] living = found.living();
        if (isEverybodys(job)) {
            if (living == null) {
                return records.ranges(type, job.at(), settings.recordsPerFile()).stream()
                        .map(range -> ExportPart.range(type, range.after(), range.last(), range.records()))
                        .toList();
            }
        } else {
            Belonging belonging = new Belonging(type, people.of(job));
            candidates.read(job, type, living, belonging, afterEach);
            living = belonging.keys();
        }
        List<ExportPart> parts = new ArrayList<>(cut(type, false, living));
        parts.addAll(deletions(job, type, found.deleted()));
        return parts;
    }

    /** Among which records those of one type are, when they are not cut into files by their keys. */
    Candidates candidates(ExportJob job, String type, long @Nullable [] filtered, Runnable afterEach) {
        return candidates.find(job, type, filtered, afterEach);
    }

    /** The files that tell of deleted records. */
    List<ExportPart> deletions(ExportJob job, String type, long[] deleted) {
        if (isEverybodys(job)) {
            return cut(type, true, deleted);
        }
        Belonging belonging = new Belonging(type, people.of(job));
        candidates.readDeleted(job, type, deleted, belonging);
        return cut(type, true, belonging.keys());
    }

    private static boolean isEverybodys(ExportJob job) {
        return job.request().scope() == ExportRequest.Scope.SYSTEM;
    }

    /** Keeps the keys of the records that belong to the people. */
    private final class Belonging implements VersionReader {

        private final String type;
        private final @Nullable Set<String> wanted;
        private final LongStream.Builder chosen = LongStream.builder();

        Belonging(String type, @Nullable Set<String> wanted) {
            this.type = type;
            this.wanted = wanted;
        }

        @Override
        public boolean read(RawVersion version) {
            if (compartment.holds(type, version.id(), version.json(), wanted)) {
                chosen.add(version.key());
            }
            return true;
        }

        long[] keys() {
            return chosen.build().toArray();
        }
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
}
