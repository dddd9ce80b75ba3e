package ml.keneya.export;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import ml.keneya.export.Audience.Kind;
import ml.keneya.export.pseudonymised.Pseudonymisation;
import ml.keneya.store.RawVersion;
import ml.keneya.store.RecordId;
import ml.keneya.store.RecordsAtMoment.Address;
import ml.keneya.store.Visibility;
import org.springframework.stereotype.Component;

/** Leaves out of an export what its audience may not have. */
@Component
class RecordsOfAudience {

    private final Visibility visibility;

    RecordsOfAudience(Visibility visibility) {
        this.visibility = visibility;
    }

    Sieve sieve(Audience audience, String type) {
        return new Sieve(audience, type);
    }

    /** Deleted records that it may be told of; a pseudonym alone tells nobody anything. */
    long[] deleted(Audience audience, String type, List<Address> deleted) {
        Set<RecordId> hidden = audience.kind() == Kind.OWN
                ? hidden(audience, type, deleted.stream().map(Address::id).toList())
                : Set.of();
        return deleted.stream()
                .filter(each -> !hidden.contains(new RecordId(type, each.id())))
                .mapToLong(Address::key)
                .toArray();
    }

    private Set<RecordId> hidden(Audience audience, String type, List<String> ids) {
        return visibility.hidden(ids.stream().map(id -> new RecordId(type, id)).toList(), audience.asSite());
    }

    /** Takes records of one type, in the order of their keys, and keeps the keys of those that pass. */
    final class Sieve {

        private final Audience audience;
        private final String type;
        private final LongStream.Builder passed = LongStream.builder();
        private final LongStream.Builder withdrawn = LongStream.builder();
        private final List<Address> waiting = new ArrayList<>();

        private Sieve(Audience audience, String type) {
            this.audience = audience;
            this.type = type;
        }

        boolean add(RawVersion version) {
            if (audience.kind() == Kind.OWN) {
                waiting.add(new Address(version.key(), version.id(), version.version(), true));
            } else if (!Pseudonymisation.isWithheld(version.json())) {
                passed.add(version.key());
            } else if (version.version() > 1) {
                // Before it was labelled it may have been handed on.
                withdrawn.add(version.key());
            }
            return true;
        }

        /** After each statement: whose the records are is asked for many at once. */
        void settle() {
            Set<RecordId> hidden = waiting.isEmpty()
                    ? Set.of()
                    : new HashSet<>(hidden(
                            audience, type, waiting.stream().map(Address::id).toList()));
            waiting.stream()
                    .filter(each -> !hidden.contains(new RecordId(type, each.id())))
                    .forEach(each -> passed.add(each.key()));
            waiting.clear();
        }

        long[] passed() {
            return passed.build().toArray();
        }

        /** Those that bear a label now and whose copies should go. */
        long[] withdrawn() {
            return withdrawn.build().toArray();
        }
    }
}
