package ml.keneya.export;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import ml.keneya.export.HandedOnRecords.Judged;
import ml.keneya.store.Moment;
import ml.keneya.store.RawVersion;
import ml.keneya.store.RecordId;
import ml.keneya.store.RecordsAtMoment.Address;
import ml.keneya.store.Visibility;
import org.springframework.stereotype.Component;

/** Leaves out of an export what its audience may not have. */
@Component
class RecordsOfAudience {

    /** What had begun before the moment was perhaps not in it; somebody may come twice. */
    private static final Duration LONGEST_TRANSACTION = Duration.ofMinutes(10);

    private final Visibility visibility;
    private final HandedOnRecords handedOn;

    RecordsOfAudience(Visibility visibility, HandedOnRecords handedOn) {
        this.visibility = visibility;
        this.handedOn = handedOn;
    }

    Sieve sieve(ExportJob job, String type) {
        return new Sieve(job, type);
    }

    /** Keys of deleted records that it may be told of: under pseudonyms of those alone that it may hold. */
    long[] deleted(ExportJob job, String type, List<Address> deleted) {
        if (job.request().audience().isPseudonymised()) {
            return held(job, type, deleted.stream().mapToLong(Address::key).toArray());
        }
        Set<RecordId> hidden = hidden(
                job.request().audience(),
                type,
                deleted.stream().map(Address::id).toList());
        return deleted.stream()
                .filter(each -> !hidden.contains(new RecordId(type, each.id())))
                .mapToLong(Address::key)
                .toArray();
    }

    /** Ids of people whose own record got a label that restricts, or lost it, between two moments. */
    Set<String> relabelled(Moment since, Moment at) {
        return handedOn.relabelled(since, at);
    }

    /** Ids of people whom a site has begun to treat since a moment; nobody wrote their records for that. */
    List<String> begun(Audience audience, Moment since) {
        String facility = audience.facility();
        return facility == null
                ? List.of()
                : visibility.peopleSince(facility, since.taken().minus(LONGEST_TRANSACTION));
    }

    /** Whether it may learn of a group; nobody under pseudonyms may, because its members are people. */
    boolean mayExport(Audience audience, String group) {
        return audience.isEverything()
                || (audience.facility() != null
                        && hidden(audience, "Group", List.of(group)).isEmpty());
    }

    private long[] held(ExportJob job, String type, long[] keys) {
        return job.since() == null
                ? new long[0]
                : handedOn.handedOn(type, job.since(), keys).stream()
                        .mapToLong(Long::longValue)
                        .sorted()
                        .toArray();
    }

    private Set<RecordId> hidden(Audience audience, String type, List<String> ids) {
        return visibility.hidden(ids.stream().map(id -> new RecordId(type, id)).toList(), audience.asSite());
    }

    /** Takes records of one type, in the order of their keys, and keeps the keys of those that pass. */
    final class Sieve {

        private final ExportJob job;
        private final Audience audience;
        private final String type;
        private final LongStream.Builder passed = LongStream.builder();
        private final LongStream.Builder withdrawn = LongStream.builder();
        private final List<Address> waiting = new ArrayList<>();
        private final List<Judged> judged = new ArrayList<>();

        private Sieve(ExportJob job, String type) {
            this.job = job;
            this.audience = job.request().audience();
            this.type = type;
        }

        boolean add(RawVersion version) {
            return audience.isPseudonymised()
                    ? judged.add(handedOn.judge(version))
                    : waiting.add(new Address(version.key(), version.id(), version.version(), true));
        }

        /** After each statement: what only other records tell is asked for many at once. */
        void settle() {
            if (!waiting.isEmpty()) {
                settleOwn();
            }
            if (!judged.isEmpty()) {
                settleJudged();
            }
        }

        private void settleOwn() {
            Set<RecordId> hidden = new HashSet<>(
                    hidden(audience, type, waiting.stream().map(Address::id).toList()));
            waiting.stream()
                    .filter(each -> !hidden.contains(new RecordId(type, each.id())))
                    .forEach(each -> passed.add(each.key()));
            waiting.clear();
        }

        private void settleJudged() {
            Set<Long> withheld = handedOn.withheld(judged);
            judged.stream()
                    .map(Judged::key)
                    .filter(key -> !withheld.contains(key))
                    .forEach(passed::add);
            for (long key :
                    held(job, type, withheld.stream().mapToLong(Long::longValue).toArray())) {
                withdrawn.add(key);
            }
            judged.clear();
        }

        long[] passed() {
            return passed.build().toArray();
        }

        /** Those that are withheld now and whose copies should go. */
        long[] withdrawn() {
            return withdrawn.build().toArray();
        }
    }
}
